import { describe, expect, it } from 'vitest';
import { goldenPairs } from './__fixtures__/golden.ts';
import { countErrors } from './align.ts';
import { countErrorsAsSclite } from './sclite.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

describe('costs of sclite', () => {
  const pairs = goldenPairs.filter((pair) => pair.sclite !== null);

  it.each(pairs)('$id $category: as many errors as sclite finds', (pair) => {
    const { correct, substitutions, deletions, insertions } = pair.sclite!;
    const ours = countErrorsAsSclite(words(pair.ref), words(pair.hyp));
    const cost = (s: number, d: number, i: number): number => 4 * s + 3 * (d + i);
    // Its choice among alignments of equal cost is its own.
    expect(cost(ours.substitutions, ours.deletions, ours.insertions)).toBe(cost(substitutions, deletions, insertions));
    expect(ours.hits).toBeGreaterThanOrEqual(correct);
  });

  it('may count more errors than the fewest', () => {
    const differing = pairs.filter(({ ref, hyp }) => {
      const [fewest, ours] = [countErrors, countErrorsAsSclite].map((count) => {
        const { substitutions, deletions, insertions } = count(words(ref), words(hyp));
        return substitutions + deletions + insertions;
      });
      return ours !== fewest;
    });
    expect(differing.length).toBeGreaterThan(0);
  });

  it('counts empty sides', () => {
    expect(countErrorsAsSclite([], ['a'])).toEqual({ hits: 0, substitutions: 0, deletions: 0, insertions: 1 });
    expect(countErrorsAsSclite(['a'], [])).toEqual({ hits: 0, substitutions: 0, deletions: 1, insertions: 0 });
    expect(countErrorsAsSclite([], [])).toEqual({ hits: 0, substitutions: 0, deletions: 0, insertions: 0 });
  });
});
