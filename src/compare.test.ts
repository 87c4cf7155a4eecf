import { describe, expect, it } from 'vitest';
import { cell, scored, scoredWith } from './__fixtures__/records.ts';
import { comparable, compare } from './compare.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { below, seededRandom } from './stats/random.ts';
import type { Cell, ResultRecord } from './types.ts';

const full: Cell = { ...cell, acceleration: 'full' };
const REFERENCE = 'a b c d e f g h i j';

/** `speakers` × 10 utterances of 10 words; each word is wrong with the given chance in percent. */
function system(inCell: Cell, percent: number, seed: number, speakers = 40): Partial<ResultRecord>[] {
  const random = seededRandom(seed);
  return Array.from({ length: speakers * 10 }, (_, i) => ({
    cell: inCell,
    utterance: `u${i}`,
    speaker: `s${i % speakers}`,
    reference: REFERENCE,
    text: REFERENCE.split(' ')
      .map((word) => (below(random, 100) < percent ? 'x' : word))
      .join(' '),
    costUsd: 0.001,
  }));
}

function compareAll(baseline: readonly MeasurableRecord[], candidate: readonly MeasurableRecord[], margin: number) {
  return compare({ baseline: baseline.map(comparable), candidate: candidate.map(comparable), margin, seed: 1 });
}

function compareTwo(baseline: readonly MeasurableRecord[], candidate: readonly MeasurableRecord[], margin = 0.005) {
  return compareAll(baseline, candidate, margin).comparisons[0]!;
}

describe('verdicts', () => {
  it('a clearly worse setting is worse', () => {
    const comparison = compareTwo(scored(...system(cell, 5, 1)), scored(...system(full, 12, 2)));
    expect(comparison).toMatchObject({ verdict: 'worse', pairs: 400, unpaired: 0, resampled: 'speaker', blocks: 40 });
    expect(comparison.difference!.value).toBeCloseTo(comparison.candidateRate! - comparison.baselineRate!, 12);
    expect(comparison.difference!.interval90.low).toBeGreaterThan(comparison.difference!.interval95.low);
    expect(comparison.improvementProbability).toBe(0);
    expect(comparison.p).toBeLessThan(0.001);
    expect(comparison.matchedPairs!.p).toBeLessThan(0.001);
    expect(comparison.mcnemar).toBeLessThan(0.001);
    expect(comparison.wilcoxonOverBlocks).toBeLessThan(0.001);
    expect(comparison.needs).toBeNull();
  });

  it('turned around it is better', () => {
    expect(compareTwo(scored(...system(cell, 12, 2)), scored(...system(full, 5, 1))).verdict).toBe('better');
  });

  it('bounds the same output by its words where characters are counted, since those of a word are wrong together', () => {
    const thai = (inCell: Cell) =>
      scored(
        ...Array.from({ length: 50 }, () => {
          const text = 'วันนี้อากาศดีมากเราไปเดินเล่นที่สวนสาธารณะกันเถอะ';
          return { cell: { ...inCell, language: 'th' }, reference: text, text };
        }),
      );
    const { difference, referenceTokens } = compareTwo(thai(cell), thai(full));
    expect(referenceTokens).toBe(50 * 49);
    expect(difference!.interval90.high).toBeCloseTo((-Math.log(0.05) * 1.5) / (50 * 14), 9);
  });

  it('does not take differences that cancel within each speaker for none', () => {
    const texts = (...wrong: readonly number[]) =>
      [0, 1, 2, 3].map((i) => ({
        speaker: `s${i % 2}`,
        reference: REFERENCE,
        text: wrong.includes(i) ? REFERENCE.replace('a', 'x') : REFERENCE,
      }));
    const inCell = (which: Cell, ...wrong: readonly number[]) =>
      scored(...texts(...wrong).map((one) => ({ ...one, cell: which })));
    const comparison = compareTwo(inCell(cell, 0, 1), inCell(full, 2, 3));
    expect(comparison).toMatchObject({ resampled: 'utterance', blocks: 4, verdict: 'cannot-tell' });
    expect(comparison.standardError).toBeGreaterThan(0);
  });

  it('the same output is equivalent when there is enough of it', () => {
    const { referenceTokens } = compareTwo(scored(...system(cell, 5, 1)), scored(...system(full, 5, 1)));
    // None of so many words differs with a chance of 5 % when this share of all does, at a design effect of 1.5.
    const bound = (-Math.log(0.05) * 1.5) / referenceTokens;
    const alike = (margin: number) => compareTwo(scored(...system(cell, 5, 1)), scored(...system(full, 5, 1)), margin);
    expect(alike(bound * 1.001)).toMatchObject({
      verdict: 'equivalent',
      p: 1,
      improvementProbability: 0.5,
      needs: null,
    });
    const open = alike(bound / 2);
    expect(open).toMatchObject({ verdict: 'cannot-tell', standardError: 0 });
    expect(open.difference!.interval90.high).toBeCloseTo(bound, 12);
    expect(open.difference!.interval90.low).toBeCloseTo(-bound, 12);
    expect(open.needs!.tokens).toBeCloseTo(referenceTokens, -1);
  });

  it('too little speech cannot tell, and says how much more would', () => {
    const comparison = compareTwo(scored(...system(cell, 10, 1, 4)), scored(...system(full, 10, 2, 4)), 0.01);
    expect(comparison.verdict).toBe('cannot-tell');
    const { tokens, audioHours, costUsd } = comparison.needs!;
    expect(tokens).toBeGreaterThan(500);
    // 40 clips of 10 s hold 400 words, and each side cost 0.001 $ a clip.
    expect(audioHours).toBeCloseTo(((tokens / 400) * 400) / 3600, 2);
    expect(costUsd).toBeCloseTo((tokens / 400) * 0.08, 2);
  });

  it('more speech needed has no price where a cost is unknown', () => {
    const unknown = system(full, 10, 2, 4).map((record) => ({ ...record, costUsd: null }));
    expect(compareTwo(scored(...system(cell, 10, 1, 4)), scored(...unknown), 0.01).needs!.costUsd).toBeNull();
  });
});

describe('pairs', () => {
  it('leave out what one side did not answer', () => {
    const baseline = scored({ utterance: 'u1' }, { utterance: 'u2', text: null }, { utterance: 'u3' });
    const candidate = scored(
      { cell: full, utterance: 'u1' },
      { cell: full, utterance: 'u2' },
      { cell: full, utterance: 'u4' },
    );
    expect(compareTwo(baseline, candidate)).toMatchObject({ pairs: 1, unpaired: 4, referenceTokens: 4 });
  });

  it('leave out utterances whose reference changed', () => {
    const changed = scored({ cell: full, utterance: 'u', reference: 'a b c e' });
    expect(compareTwo(scored({ utterance: 'u' }), changed)).toMatchObject({ pairs: 0, unpaired: 2 });
  });

  it('count an empty answer', () => {
    const empty = scored({ cell: full, utterance: 'u', text: '' });
    expect(compareTwo(scored({ utterance: 'u' }), empty)).toMatchObject({ pairs: 1, candidateRate: 1 });
  });

  it('of characters where these are the primary unit', () => {
    const japanese = { ...cell, language: 'ja' };
    const baseline = scored({ cell: japanese, utterance: 'u', reference: '今日は', text: '今日は' });
    const candidate = scored({
      cell: { ...japanese, acceleration: 'full' },
      utterance: 'u',
      reference: '今日は',
      text: '今日も',
    });
    expect(compareTwo(baseline, candidate)).toMatchObject({ metric: 'cer', referenceTokens: 3, candidateRate: 1 / 3 });
  });

  it('without any give no number', () => {
    expect(compareTwo(scored({ utterance: 'u1' }), scored({ cell: full, utterance: 'u2' }))).toMatchObject({
      pairs: 0,
      baselineRate: null,
      difference: null,
      p: null,
      pHolm: null,
      verdict: 'cannot-tell',
      latencyDifferenceMs: null,
    });
  });

  it('compare latency clip by clip', () => {
    const latencies = (inCell: Cell, extra: number) =>
      scored(
        ...Array.from({ length: 20 }, (_, i) => ({ cell: inCell, utterance: `u${i}`, latencyMs: 100 * i + extra })),
      );
    expect(compareTwo(latencies(cell, 0), latencies(full, 30)).latencyDifferenceMs).toEqual({
      value: 30,
      interval: { low: 30, high: 30, level: 0.95 },
      n: 20,
    });
  });
});

describe('counterparts', () => {
  const one = (inCell: Cell): MeasurableRecord[] => scored({ cell: inCell });

  it('share corpus and language, and most other settings', () => {
    const hosted: Cell = { ...cell, backend: 'hosted' };
    const { comparisons, unmatched } = compareAll(
      [...one(cell), ...one(hosted)],
      [...one(full), ...one({ ...hosted, acceleration: 'full' })],
      0,
    );
    expect(comparisons.map((comparison) => comparison.baseline.backend)).toEqual(['local', 'hosted']);
    expect(unmatched).toEqual([]);
  });

  it('are missing where two are as near, or none is there', () => {
    const french: Cell = { ...cell, language: 'fr' };
    const third: Cell = { ...full, backend: 'third' };
    const { comparisons, unmatched } = compareAll(
      [...one(cell), ...one({ ...cell, backend: 'hosted' })],
      [...one(third), ...one(french)],
      0,
    );
    expect(comparisons).toEqual([]);
    expect(unmatched).toEqual([third, french]);
  });

  it('are adjusted for together', () => {
    const spanish = (inCell: Cell): Cell => ({ ...inCell, language: 'es' });
    const { comparisons } = compareAll(
      scored(...system(cell, 5, 1), ...system(spanish(cell), 5, 1)),
      scored(...system(full, 8, 2), ...system(spanish(full), 5, 3)),
      0,
    );
    const [first, second] = comparisons;
    expect(first!.pHolm).toBeCloseTo(Math.min(1, 2 * first!.p!), 12);
    expect(second!.pHolm).toBe(second!.p);
    expect(second!.qBenjaminiHochberg).toBe(second!.p);
  });

  it('have to be scored alike', () => {
    expect(() => compareAll(scored({}), scoredWith('raw', [{ cell: full }]), 0)).toThrow('different normalizers');
  });
});
