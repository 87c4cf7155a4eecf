import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';
import { bcaInterval, percentileInterval, quantileBlockInterval, resampleSums } from './bootstrap.ts';
import { below, seededRandom, type Random } from './random.ts';

interface Record {
  readonly utterance: string;
  readonly speaker: string | null;
  readonly session: null;
  readonly sentence: null;
  readonly errors: number;
  readonly words: number;
}

const uniform = (random: Random): number => (random() + 0.5) / 4294967296;

/** Speakers whose error rates lie between 0 and 0.3, the mean 0.15; each says some utterances of 10 words. */
function corpus(random: Random, speakers: number, utterances: number): Record[] {
  return Array.from({ length: speakers }, (_, speaker) => {
    const rate = 0.3 * uniform(random);
    return Array.from({ length: utterances }, (_, utterance) => {
      let errors = 0;
      for (let word = 0; word < 10; word++) if (uniform(random) < rate) errors++;
      return {
        utterance: `${speaker}-${utterance}`,
        speaker: `s${speaker}`,
        session: null,
        sentence: null,
        errors,
        words: 10,
      };
    });
  }).flat();
}

const rate = ([errors = 0, words = 0]: readonly number[]): number | null => (words === 0 ? null : errors / words);

function interval(records: readonly Record[], seed: number, replicates: number): { low: number; high: number } {
  const quantities = [records.map((record) => record.errors), records.map((record) => record.words)];
  return percentileInterval(resampleSums(quantities, blocksOf(records), seed, replicates), rate)!;
}

function coverage(trials: number, transform: (records: Record[]) => Record[], speakers = 40): number {
  const random = seededRandom(5);
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = interval(transform(corpus(random, speakers, 20)), trial, 400);
    if (low <= 0.15 && 0.15 <= high) covered++;
  }
  return covered / trials;
}

describe('block bootstrap', () => {
  it('covers the true rate about 95 times in 100 when speakers differ', () => {
    const share = coverage(600, (records) => records);
    expect(share).toBeGreaterThan(0.91);
    expect(share).toBeLessThan(0.97);
  });

  it('covers it nearly as often with 6 speakers', () => {
    expect(coverage(600, (records) => records, 6)).toBeGreaterThan(0.9);
  });

  it('would cover it far less often if utterances were resampled instead', () => {
    expect(coverage(100, (records) => records.map((record) => ({ ...record, speaker: null })))).toBeLessThan(0.75);
  });

  it('widens the interval of a 40-speaker corpus against utterances', () => {
    const records = corpus(seededRandom(2), 40, 20);
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    const bySpeaker = width(interval(records, 1, 2_000));
    const byUtterance = width(
      interval(
        records.map((record) => ({ ...record, speaker: null })),
        1,
        2_000,
      ),
    );
    expect(bySpeaker / byUtterance).toBeGreaterThan(1.5);
  });

  it('gives equal intervals for equal seeds', () => {
    const records = corpus(seededRandom(1), 20, 5);
    expect(interval(records, 9, 500)).toEqual(interval(records, 9, 500));
    expect(interval(records, 9, 500)).not.toEqual(interval(records, 10, 500));
  });

  it('draws all quantities of a replicate together', () => {
    const records = corpus(seededRandom(1), 20, 5);
    const errors = records.map((record) => record.errors);
    const { sums } = resampleSums([errors, errors.map((count) => 2 * count)], blocksOf(records), 1, 50);
    expect(Array.from(sums[1]!)).toEqual(Array.from(sums[0]!, (sum) => 2 * sum));
  });

  it('has no interval where the value is undefined in many replicates', () => {
    const records = ['a', 'b'].map((utterance) => ({ utterance, speaker: null, session: null, sentence: null }));
    const words = [0, 3];
    expect(percentileInterval(resampleSums([words, words], blocksOf(records), 1, 500), rate)).toBeNull();
  });
});

describe('block bootstrap of a quantile', () => {
  it('covers the true median of dependent values about 95 times in 100', () => {
    const random = seededRandom(8);
    const trials = 300;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const centers = Array.from({ length: 40 }, () => uniform(random));
      const samples = centers.map((center) => Array.from({ length: 8 }, () => center + 0.1 * (uniform(random) - 0.5)));
      const records = centers.map((_, i) => ({ utterance: String(i), speaker: null, session: null, sentence: null }));
      const { low, high } = quantileBlockInterval(samples, 0.5, blocksOf(records), trial, { replicates: 300 })!;
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.91);
  });

  it('repeats values as often as their block is drawn', () => {
    // Two blocks, so that a replicate holds 1 twice, 3 twice or both; its median is 1, 3 or 2.
    const blocks = { unit: 'utterance', count: 2, blockOf: Int32Array.of(0, 1) } as const;
    expect(quantileBlockInterval([[1, 1], [3]], 0.5, blocks, 1, { replicates: 100, level: 0.5 })).toEqual({
      low: 1,
      high: 3,
      level: 0.5,
    });
  });

  it('needs two blocks', () => {
    const blocks = { unit: 'utterance', count: 1, blockOf: Int32Array.of(0) } as const;
    expect(quantileBlockInterval([[1, 3]], 0.5, blocks, 1)).toBeNull();
  });
});

describe('blocks', () => {
  const record = { utterance: 'u', speaker: 's', session: 'c', sentence: 't' };

  it('are speakers, else sessions, else sentences, else utterances', () => {
    expect(blocksOf([record]).unit).toBe('speaker');
    expect(blocksOf([{ ...record, speaker: null }]).unit).toBe('session');
    expect(blocksOf([{ ...record, speaker: null, session: null }]).unit).toBe('sentence');
    expect(blocksOf([{ ...record, speaker: null, session: null, sentence: null }]).unit).toBe('utterance');
  });

  it('are speakers only if every record has one', () => {
    expect(blocksOf([record, { ...record, speaker: null }]).unit).toBe('session');
  });

  it('number the records', () => {
    const random = seededRandom(1);
    const records = Array.from({ length: 50 }, () => ({ ...record, speaker: `s${below(random, 4)}` }));
    const { count, blockOf } = blocksOf(records);
    expect(count).toBe(4);
    expect(new Set(blockOf)).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe('the BCa interval', () => {
  const blocksOfOne = (count: number) =>
    blocksOf(
      Array.from({ length: count }, (_, i) => ({ utterance: `u${i}`, speaker: null, session: null, sentence: null })),
    );

  it('is that of SciPy', () => {
    // One block has most of the errors, so that the replicates are skewed.
    const errors = [0, 1, 0, 2, 1, 0, 3, 0, 1, 12, 2, 0, 1, 0, 5, 1, 0, 2, 0, 1];
    const words = [20, 18, 25, 22, 19, 30, 21, 17, 24, 28, 20, 23, 19, 26, 22, 18, 20, 25, 21, 24];
    const { low, high } = bcaInterval(resampleSums([errors, words], blocksOfOne(20), 1, 100_000), rate)!;
    // scipy.stats.bootstrap 1.17.1, method BCa, paired, means of five seeds with 100,000 resamples; they spread by 0.0009.
    expect(low).toBeCloseTo(0.0372, 3);
    expect(Math.abs(high - 0.1574)).toBeLessThan(0.003);
    const percentiles = percentileInterval(resampleSums([errors, words], blocksOfOne(20), 1, 100_000), rate)!;
    expect(high).toBeGreaterThan(percentiles.high);
  });

  it('covers the true rate about 95 times in 100 when speakers differ', () => {
    const random = seededRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const records = corpus(random, 40, 20);
      const quantities = [records.map((record) => record.errors), records.map((record) => record.words)];
      const { low, high } = bcaInterval(resampleSums(quantities, blocksOf(records), trial, 400), rate)!;
      if (low <= 0.15 && 0.15 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.91);
    expect(covered / 400).toBeLessThan(0.97);
  });

  it('has no width where no block differs, and is missing where one holds all words', () => {
    const same = resampleSums(
      [
        [1, 1, 1],
        [5, 5, 5],
      ],
      blocksOfOne(3),
      1,
      500,
    );
    expect(bcaInterval(same, rate)).toMatchObject({ low: 0.2, high: 0.2 });
    const one = resampleSums(
      [
        Array.from({ length: 30 }, (_, i) => (i === 0 ? 1 : 0)),
        Array.from({ length: 30 }, (_, i) => (i === 0 ? 5 : 0)),
      ],
      blocksOfOne(30),
      1,
      500,
    );
    expect(bcaInterval(one, rate)).toBeNull();
  });
});
