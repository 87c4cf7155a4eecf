import { describe, expect, it } from 'vitest';
import { pairedDifference } from './paired-difference.ts';
import { seededRandom } from './random.ts';

const WORDS = 200;

/** Errors per speaker of two systems: each speaker has a difference of his own, around 2 points. */
function speakers(count: number, random: () => number): number[] {
  const uniform = (): number => (random() + 0.5) / 4294967296;
  return Array.from({ length: count }, () => {
    const own = 0.02 + 0.04 * (uniform() + uniform() - 1);
    const [better, worse] = [0.1, 0.1 + own].map((rate) =>
      Array.from({ length: WORDS }, () => (uniform() < rate ? 1 : 0)).reduce<number>((sum, error) => sum + error, 0),
    );
    return worse! - better!;
  });
}

function coverage(count: number, trials: number): number {
  const random = seededRandom(17);
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const differences = speakers(count, random);
    const blocks = { unit: 'speaker', count, blockOf: Int32Array.from(differences, (_, i) => i) } as const;
    const { difference } = pairedDifference(differences, new Array<number>(count).fill(WORDS), blocks, trial, {
      replicates: 500,
    })!;
    if (difference.interval95.low <= 0.02 && 0.02 <= difference.interval95.high) covered++;
  }
  return covered / trials;
}

describe('paired difference', () => {
  it.each([2, 3, 5, 6, 30])('covers the true one about 95 times in 100 with %d speakers', (count) => {
    const share = coverage(count, 200);
    expect(share).toBeGreaterThan(0.9);
  });

  it('has a wider interval for a higher level', () => {
    const blocks = { unit: 'speaker', count: 3, blockOf: Int32Array.of(0, 1, 2) } as const;
    const { difference } = pairedDifference([1, 2, 4], [100, 100, 100], blocks, 1)!;
    expect(difference.value).toBeCloseTo(7 / 300, 12);
    expect(difference.interval95.low).toBeLessThan(difference.interval90.low);
    expect(difference.interval95.high).toBeGreaterThan(difference.interval90.high);
  });

  it('needs two blocks and some words', () => {
    const one = { unit: 'speaker', count: 1, blockOf: Int32Array.of(0) } as const;
    expect(pairedDifference([1], [100], one, 1)).toBeNull();
    const two = { unit: 'speaker', count: 2, blockOf: Int32Array.of(0, 1) } as const;
    expect(pairedDifference([1, 0], [0, 0], two, 1)).toBeNull();
  });
});
