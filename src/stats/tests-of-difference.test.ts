import { describe, expect, it } from 'vitest';
import { alignTokens } from '../text/align.ts';
import type { AlignmentStep } from '../types.ts';
import { matchedPairs } from './mapsswe.ts';
import { mcnemarP } from './mcnemar.ts';
import { benjaminiHochberg, holm } from './multiplicity.ts';
import { twoSidedNormalP } from './normal.ts';
import { below, seededRandom } from './random.ts';
import { randomizationP } from './randomization.ts';
import { wilcoxonP } from './wilcoxon.ts';

// Expected values by SciPy 1.17.1, unless said otherwise.

describe('normal', () => {
  it.each([
    [0, 1],
    [0.5, 0.6170750774519738],
    [1.959964, 0.049999998192884795],
    [-2.9, 0.003731626600768075],
    [3.1, 0.0019352064264367126],
    [6, 1.973175290075389e-9],
  ])('beyond %d on both sides lies %d', (z, p) => {
    expect(Math.abs(twoSidedNormalP(z) / p - 1)).toBeLessThan(1e-11);
  });
});

describe('McNemar', () => {
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [3, 9, 0.14599609375],
    [10, 10, 1],
    [80, 40, 0.00033040001839131815],
  ])('of %d against %d is %d', (first, second, p) => {
    expect(mcnemarP(first, second)).toBeCloseTo(p, 12);
  });

  it('does not underflow', () => {
    expect(mcnemarP(100_000, 100_200)).toBeCloseTo(0.655, 2);
  });
});

describe('Wilcoxon', () => {
  it('is exact for few differences', () => {
    expect(wilcoxonP([0.5, -0.2, 0.9, 1.1, -0.4, 0.7, 0.3, 2.0])).toBeCloseTo(0.0546875, 12);
  });

  it('is exact with ties and without zeros', () => {
    // By enumeration of all signs.
    expect(wilcoxonP([1, 1, -1, 2, 2, -3, 0, 4, 0, 5])).toBeCloseTo(0.171875, 12);
  });

  it('is normal for many', () => {
    const differences = Array.from({ length: 80 }, (_, i) => ((((i + 1) * 37) % 101) - 40) / 10);
    expect(wilcoxonP(differences)).toBeCloseTo(0.004025721660402369, 9);
  });

  it('finds nothing in nothing', () => {
    expect(wilcoxonP([])).toBe(1);
    expect(wilcoxonP([0, 0])).toBe(1);
  });
});

describe('randomization', () => {
  it('comes near the exact share of sign choices', () => {
    // 2 of the 2¹⁰ choices reach the sum of ten equal differences.
    expect(randomizationP(new Array<number>(10).fill(1), 1, 100_000)).toBeCloseTo(2 / 1024, 3);
  });

  it('is never zero and one without a difference', () => {
    expect(randomizationP(new Array<number>(100).fill(1), 1, 999)).toBe(1 / 1000);
    expect(randomizationP([1, -1], 1, 999)).toBe(1);
  });

  it('rejects about 5 times in 100 when there is no difference', () => {
    const random = seededRandom(3);
    let rejected = 0;
    for (let trial = 0; trial < 1_000; trial++) {
      const differences = Array.from({ length: 30 }, () => below(random, 21) - 10);
      if (randomizationP(differences, trial, 499) <= 0.05) rejected++;
    }
    expect(rejected).toBeGreaterThan(30);
    expect(rejected).toBeLessThan(70);
  });
});

describe('matched pairs (MAPSSWE)', () => {
  const reference = 'a b c d e f g h i j'.split(' ');
  const aligned = (...hypotheses: readonly string[]): AlignmentStep[][] =>
    hypotheses.map((hypothesis) => alignTokens(reference, hypothesis.split(' ')));
  const pair = (first: string, second: string): [AlignmentStep[], AlignmentStep[]] =>
    aligned(first, second) as [AlignmentStep[], AlignmentStep[]];

  it('cuts segments at two words that both got right', () => {
    const segmentsOf = (first: string, second: string): number => matchedPairs([pair(first, second)]).segments;
    // One word between the errors does not separate them, two do.
    expect(segmentsOf('x b x d e f g h i j', 'a b c d e f g h i j')).toBe(1);
    expect(segmentsOf('x b c x e f g h i j', 'a b c d e f g h i j')).toBe(2);
    // The second system's error between them joins them again.
    expect(segmentsOf('x b c x e f g h i j', 'a x c d e f g h i j')).toBe(1);
    // Insertions and the end of the sentence.
    expect(segmentsOf('a b c d y y e f g h i j', 'a b c d e f g h i j')).toBe(1);
    expect(segmentsOf('a b c d e f g h i j y', 'x b c d e f g h i j')).toBe(2);
    expect(segmentsOf('a b c d e f g h i j', 'a b c d e f g h i j')).toBe(0);
  });

  it('tests the differences of errors per segment', () => {
    // Segments with differences 1, 0, 2, −1, 1, 1, 0, 3.
    const right = reference.join(' ');
    const wrong = ['x b c d e f g h i j', 'x x c d e f g h i j', 'x x x d e f g h i j'] as const;
    const pairs = [
      pair(wrong[0], right),
      pair(wrong[0], wrong[0]),
      pair(wrong[1], right),
      pair(right, wrong[0]),
      pair(wrong[0], right),
      pair(wrong[0], right),
      pair(wrong[1], wrong[1]),
      pair(wrong[2], right),
    ];
    const { segments, p } = matchedPairs(pairs);
    expect(segments).toBe(8);
    expect(p).toBeCloseTo(0.047079956654185566, 9);
  });

  it('finds nothing where there is nothing', () => {
    expect(matchedPairs([])).toEqual({ segments: 0, p: 1 });
  });
});

describe('several tests', () => {
  const pValues = [0.01, 0.04, 0.03, 0.005, 0.5];

  it('are adjusted after Holm', () => {
    expect(holm(pValues).map((p) => Number(p.toFixed(10)))).toEqual([0.04, 0.09, 0.09, 0.025, 0.5]);
  });

  it('are adjusted after Benjamini and Hochberg', () => {
    expect(benjaminiHochberg(pValues).map((p) => Number(p.toFixed(10)))).toEqual([0.025, 0.05, 0.05, 0.025, 0.5]);
  });

  it('stay as they are if there is one', () => {
    expect(holm([0.3])).toEqual([0.3]);
    expect(benjaminiHochberg([0.3])).toEqual([0.3]);
    expect(holm([])).toEqual([]);
  });
});
