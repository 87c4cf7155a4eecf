import { describe, expect, it } from 'vitest';
import { marginTests } from './margin-tests.ts';
import { pairedDifference } from './paired-difference.ts';
import { below, seededRandom } from './random.ts';

const WORDS = 400;

function blocksOf(count: number) {
  return { unit: 'speaker', count, blockOf: Int32Array.from({ length: count }, (_, i) => i) } as const;
}

/** Tests on so many speakers, each of whom errs by about `points` more, give or take `spread`. */
function testsOn(count: number, points: number, margin: number, seed: number, spread = 4) {
  const random = seededRandom(seed);
  const differences = Array.from({ length: count }, () => points * 4 + below(random, 2 * spread + 1) - spread);
  const tokens = new Array<number>(count).fill(WORDS);
  const paired = pairedDifference(differences, tokens, blocksOf(count), seed, { replicates: 2_000 })!;
  return { ...marginTests(paired, blocksOf(count), count * WORDS, margin), difference: paired.difference };
}

describe('tests against the margin', () => {
  it.each([3, 8, 20])('say the same as the interval of %d speakers', (count) => {
    for (let seed = 1; seed <= 40; seed++) {
      const { notWorse, worse, difference } = testsOn(count, (seed % 5) * 0.25, 0.005, seed);
      const { low, high } = difference.interval90;
      // An end of the interval that falls on the margin may go either way.
      if (Math.abs(high - 0.005) > 0.0003) expect(notWorse < 0.05, `seed ${seed}`).toBe(high < 0.005);
      if (Math.abs(low - 0.005) > 0.0003) expect(worse < 0.05, `seed ${seed}`).toBe(low > 0.005);
    }
  });

  it('hold their level where the true difference is the margin', () => {
    let wrong = 0;
    for (let seed = 1; seed <= 300; seed++) if (testsOn(12, 0.5, 0.005, seed).notWorse < 0.05) wrong++;
    expect(wrong / 300).toBeLessThan(0.09);
    expect(wrong).toBeGreaterThan(0);
  });

  it('take alike transcripts for proof only where there are enough words', () => {
    const alike = (count: number) => testsOn(count, 0, 0.01, 1, 0).notWorse;
    expect(alike(2)).toBeCloseTo(0.99 ** (800 / 1.5), 6);
    expect(testsOn(8, 0, 0.0005, 1, 0).notWorse).toBeCloseTo(0.9995 ** (3200 / 1.5), 6);
    expect(alike(8)).toBeLessThan(0.001);
  });
});
