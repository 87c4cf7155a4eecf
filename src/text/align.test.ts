import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCounts } from '../types.ts';
import { goldenPairs } from './__fixtures__/golden.ts';
import { alignTokens, countErrors, countSteps } from './align.ts';

const errorsOf = (counts: ErrorCounts): number => counts.substitutions + counts.deletions + counts.insertions;

/** Jiwer splits at and strips U+0020 only. */
const jiwerWords = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const jiwerCharacters = (text: string): string[] => Array.from(text.replace(/^ +| +$/gu, ''));

/** The whole table of [errors, substitutions] to the end, read from the front in the stated order of preference. */
function naiveAlignment(reference: readonly string[], hypothesis: readonly string[]): string {
  const n = reference.length;
  const p = hypothesis.length;
  const big = n + p + 1;
  const table = Array.from({ length: n + 1 }, () => new Float64Array(p + 1));
  for (let i = n; i >= 0; i--) {
    for (let j = p; j >= 0; j--) {
      if (i === n && j === p) continue;
      const paired = i < n && j < p ? table[i + 1]![j + 1]! + (reference[i] === hypothesis[j] ? 0 : big + 1) : Infinity;
      const deleted = i < n ? table[i + 1]![j]! + big : Infinity;
      const inserted = j < p ? table[i]![j + 1]! + big : Infinity;
      table[i]![j] = Math.min(paired, deleted, inserted);
    }
  }
  let path = '';
  for (let i = 0, j = 0; i < n || j < p;) {
    const cost = table[i]![j]!;
    const paired = table[i + 1]?.[j + 1] ?? Infinity;
    if (reference[i] === hypothesis[j] && cost === paired) path += 'h';
    else if (cost === paired + big + 1) path += 's';
    else if (cost === (table[i + 1]?.[j] ?? Infinity) + big) path += 'd';
    else path += 'i';
    if (!path.endsWith('i')) i++;
    if (!path.endsWith('d')) j++;
  }
  return path;
}

const path = (reference: readonly string[], hypothesis: readonly string[]): string =>
  alignTokens(reference, hypothesis)
    .map((step) => step.operation[0])
    .join('');

const tokens = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });

describe('golden pairs', () => {
  it.each(goldenPairs)('$id $category $lang: counts as jiwer within the ties', (pair) => {
    const reference = jiwerWords(pair.ref);
    const hypothesis = jiwerWords(pair.hyp);
    const counts = countErrors(reference, hypothesis);
    expect(errorsOf(counts)).toBe(errorsOf(pair.jiwer));
    // Most hits at equal errors means fewest substitutions.
    expect(counts.substitutions).toBe(pair.minSubstitutions);
    expect(counts.hits).toBeGreaterThanOrEqual(pair.jiwer.hits);
    if (pair.unique) expect(counts).toEqual(pick(pair.jiwer));
    expect(countSteps(alignTokens(reference, hypothesis))).toEqual(counts);
  });

  it.each(goldenPairs)('$id $category $lang: characters', (pair) => {
    const reference = jiwerCharacters(pair.ref);
    const counts = countErrors(reference, jiwerCharacters(pair.hyp));
    expect(errorsOf(counts)).toBe(errorsOf(pair.jiwerChars));
    expect(counts.hits).toBeGreaterThanOrEqual(pair.jiwerChars.hits);
    expect(reference.length).toBe(counts.hits + counts.substitutions + counts.deletions);
  });
});

function pick({ hits, substitutions, deletions, insertions }: ErrorCounts): ErrorCounts {
  return { hits, substitutions, deletions, insertions };
}

describe('ties', () => {
  it('prefers fewest errors, then most hits', () => {
    // Jiwer reports 5 hits here, sclite 6; both make 5 errors.
    expect(countErrors(Array.from('baabbbaabb'), Array.from('aaaaabbb'))).toEqual({
      hits: 6,
      substitutions: 1,
      deletions: 3,
      insertions: 1,
    });
  });

  it('then takes, from the front, a hit before a substitution before a deletion before an insertion', () => {
    expect(path(['the'], ['the', 'the', 'the'])).toBe('hii');
    expect(path(['a', 'b'], ['x'])).toBe('sd');
    expect(path(['a'], ['x', 'y'])).toBe('si');
    expect(path(['x', 'y'], ['y', 'x'])).toBe('dhi');
  });

  it('reads steps with the tokens of both sides', () => {
    expect(alignTokens(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
      { operation: 'hit', reference: 'a', hypothesis: 'a' },
      { operation: 'substitution', reference: 'b', hypothesis: 'x' },
      { operation: 'hit', reference: 'c', hypothesis: 'c' },
      { operation: 'insertion', reference: null, hypothesis: 'd' },
    ]);
  });
});

describe('properties', () => {
  it('equals the naive table, step by step', () => {
    fc.assert(
      fc.property(tokens, tokens, (reference, hypothesis) => {
        expect(path(reference, hypothesis)).toBe(naiveAlignment(reference, hypothesis));
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts without building what it counts when building', () => {
    fc.assert(
      fc.property(tokens, tokens, (reference, hypothesis) => {
        const counts = countErrors(reference, hypothesis);
        expect(counts).toEqual(countSteps(alignTokens(reference, hypothesis)));
        expect(counts.hits + counts.substitutions + counts.deletions).toBe(reference.length);
        expect(counts.hits + counts.substitutions + counts.insertions).toBe(hypothesis.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a metric in its errors: symmetric, zero for equals, with the triangle inequality', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, (a, b, c) => {
        const distance = (x: string[], y: string[]): number => errorsOf(countErrors(x, y));
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      }),
    );
  });
});

describe('long input', () => {
  const longTokens = (seed: number, length: number): string[] =>
    fc.sample(fc.array(fc.integer({ min: 0, max: 40 }).map(String), { minLength: length, maxLength: length }), {
      seed,
      numRuns: 1,
    })[0]!;

  it('equals the naive table, step by step', () => {
    const reference = longTokens(1, 2_100);
    const hypothesis = longTokens(2, 2_200);
    expect(path(reference, hypothesis)).toBe(naiveAlignment(reference, hypothesis));
  });

  it('of 20,000 words fits into memory', () => {
    const reference = longTokens(3, 20_000);
    const hypothesis = reference.flatMap((token, i) => (i % 10 === 0 ? [] : i % 11 === 0 ? [token, 'x'] : [token]));
    const counts = countErrors(reference, hypothesis);
    expect(errorsOf(counts)).toBeLessThanOrEqual(2_000 + 1_819);
    expect(countSteps(alignTokens(reference, hypothesis))).toEqual(counts);
  });
});

describe('sides of very different length', () => {
  // A runaway answer of 100,000 characters used to take minutes against a few sentences.
  it('are counted in length × length, not in length squared', () => {
    const long = Array.from({ length: 100_000 }, (_, i) => 'long'[i % 4]!);
    const short = ['x', ...Array.from('gnol'.repeat(20)), 'y'];
    for (let times = 0; times < 3; times++) {
      const { hits, substitutions, deletions, insertions } = countErrors(long, short);
      expect([hits + substitutions + deletions, hits + substitutions + insertions]).toEqual([100_000, 82]);
      expect(hits).toBe(80);
    }
  });
});

describe('empty sides', () => {
  it('counts nothing for two empty sides', () => {
    expect(countErrors([], [])).toEqual({ hits: 0, substitutions: 0, deletions: 0, insertions: 0 });
    expect(alignTokens([], [])).toEqual([]);
  });

  it('counts insertions against an empty reference and deletions for an empty hypothesis', () => {
    expect(countErrors([], ['a', 'b']).insertions).toBe(2);
    expect(countErrors(['a', 'b'], []).deletions).toBe(2);
    expect(path([], ['a', 'b'])).toBe('ii');
    expect(path(['a', 'b'], [])).toBe('dd');
  });
});
