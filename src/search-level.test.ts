import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextLevel } from './search-level.ts';

/** The most that fit as the search finds it, and what it tried, where up to `capacity` fit. */
function search(capacity: number, from: number, most: number) {
  const tried = new Map<number, boolean>();
  for (let next = nextLevel(tried, { from, most }); next !== null; next = nextLevel(tried, { from, most })) {
    expect(tried.has(next)).toBe(false);
    tried.set(next, next <= capacity);
  }
  return { found: Math.max(0, ...[...tried].filter(([, fits]) => fits).map(([streams]) => streams)), tried };
}

describe('the search for the most streams that fit', () => {
  test('finds them to a sixteenth, from wherever it begins, in few tries', () => {
    const some = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (capacity, from, most) => {
        const { found, tried } = search(capacity, from, most);
        const sought = Math.min(capacity, most);
        expect(found).toBeLessThanOrEqual(sought);
        expect(sought - found).toBeLessThanOrEqual(found / 16);
        expect(tried.size).toBeLessThanOrEqual(16);
        expect(Math.max(...tried.keys())).toBeLessThanOrEqual(most);
      }),
    );
  });

  test('doubles, then halves what is left', () => {
    expect([...search(11, 2, 64).tried.keys()]).toEqual([2, 4, 8, 16, 12, 10, 11]);
  });
});
