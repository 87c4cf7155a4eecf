import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alignInBand } from './banded-alignment.ts';
import { intern } from './interned.ts';
import { alignSparsely } from './sparse-alignment.ts';
import { below, seededRandom } from '../stats/random.ts';

const random = seededRandom(7);
const tokens = (length: number, vocabulary: number): string[] =>
  Array.from({ length }, () => String(below(random, vocabulary)));

it('diagonals and the table prefer the same alignment of a few words', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
  fc.assert(
    fc.property(list, list, (reference, hypothesis) => {
      const interned = intern(reference, hypothesis);
      const sparse = alignSparsely(interned);
      fc.pre(sparse !== null);
      expect(sparse).toEqual(alignInBand(interned));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['some errors', 3_000, (word: string) => (below(random, 8) === 0 ? tokens(below(random, 3), 500) : [word])],
  // So many waves that not all are kept, and a table whose rows are computed again from checkpoints.
  ['nothing but errors', 5_000, () => tokens(1, 500)],
])('diagonals and the table prefer the same alignment of long lists with %s', (_, length, heard) => {
  const reference = tokens(length, 500);
  const interned = intern(reference, reference.flatMap(heard));
  const sparse = alignSparsely(interned);
  expect(sparse).not.toBeNull();
  expect(sparse).toEqual(alignInBand(interned));
});

it('diagonals give up where the table has less to do, and the table then answers', () => {
  const long = Array.from({ length: 20_000 }, () => 'a');
  const interned = intern(long, ['b', 'b', 'b']);
  expect(alignSparsely(interned)).toBeNull();
  expect(alignInBand(interned)).toMatchObject({ substitutions: 3 });
});
