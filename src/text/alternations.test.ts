import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCounts } from '../types.ts';
import { countErrors } from './align.ts';
import { parseNotation, readingOf, type Notated } from './alternations.ts';
import { chooseBranches, type Lattice } from './lattice.ts';
import { words } from './tokens.ts';

const toLattice = (parts: Notated): Lattice =>
  parts.map((part) => (typeof part === 'string' ? words(part) : { branches: part.branches.map(toLattice) }));

/** Every reading, in the order in which branches are written. */
function readings(parts: Notated): string[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [''];
  const heads = typeof first === 'string' ? [first] : first.branches.flatMap(readings);
  return heads.flatMap((head) => readings(rest).map((tail) => words(`${head} ${tail}`).join(' ')));
}

const best = (notated: string, hypothesis: string): string => {
  const parts = parseNotation(notated);
  return readingOf(parts, chooseBranches(toLattice(parts), words(hypothesis)));
};

const errorsOf = ({ substitutions, deletions, insertions }: ErrorCounts): number =>
  substitutions + deletions + insertions;

describe('the notation', () => {
  it.each([
    ["i {do not / don't} know", ['i do not know', "i don't know"]],
    ['{uh / @} yes', ['uh yes', 'yes']],
    ['(uh) yes (you know)', ['uh yes you know', 'uh yes', 'yes you know', 'yes']],
    ['{a / b {c / d}} e', ['a e', 'b c e', 'b d e']],
    ['and/or {km/h / kilometers}', ['and/or km/h', 'and/or kilometers']],
    ['<unk> well <noise>', ['well']],
    ['a / b @ c', ['a / b @ c']],
    ['', ['']],
  ])('reads %j', (text, expected) => {
    expect(readings(parseNotation(text))).toEqual(expected);
    expect(readingOf(parseNotation(text))).toBe(expected[0]);
  });

  it.each([
    ['{a / b', 'a { is never closed'],
    ['(uh', 'a ( is never closed'],
    ['{(uh / b}', 'a ( is never closed'],
    ['a } b', 'a } stands alone'],
    ['uh)', 'a ) stands alone'],
    ['{a / }', 'an alternative is empty'],
    ['{}', 'an alternative is empty'],
  ])('refuses %j', (text, message) => {
    expect(() => parseNotation(text)).toThrow(message);
  });
});

describe('the best reading', () => {
  it('is the one with fewest errors, then most hits, then the first', () => {
    expect(best("i {do not / don't} know", "i don't know")).toBe("i don't know");
    expect(best('(uh) yes', 'yes')).toBe('yes');
    expect(best('(uh) yes', 'uh yes')).toBe('uh yes');
    expect(best('{x / y} b', 'z b')).toBe('x b');
    expect(best('{x / x b} ', 'b')).toBe('x b');
  });

  const word = fc.constantFrom('a', 'b', 'c');
  const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' '));
  const { notated } = fc.letrec<{ notated: string; part: string }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 2 },
      text,
      text.map((inside) => `(${inside})`),
      fc
        .array(
          fc.oneof(
            tie('notated').filter((inside) => inside !== ''),
            fc.constant('@'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        )
        .map((branches) => `{${branches.join(' / ')}}`),
    ),
    notated: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join(' ')),
  }));

  it('equals the best of all readings, tried one by one', () => {
    fc.assert(
      fc.property(notated, fc.array(word, { maxLength: 10 }), (reference, hypothesis) => {
        const all = readings(parseNotation(reference)).map((reading) => countErrors(words(reading), hypothesis));
        const found = countErrors(words(best(reference, hypothesis.join(' '))), hypothesis);
        const fewest = Math.min(...all.map(errorsOf));
        expect(errorsOf(found)).toBe(fewest);
        expect(found.hits).toBe(Math.max(...all.filter((one) => errorsOf(one) === fewest).map(({ hits }) => hits)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('equals it too where only a band of the table is looked at', () => {
    const many = fc.array(word, { minLength: 5, maxLength: 20 });
    const few = fc.array(word, { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(many, few, few), { maxLength: 5 }), many, (parts, hypothesis) => {
        const branch = (tokens: string[]): string => tokens.join(' ') || '@';
        const reference = parts.map(([fixed, a, b]) => `${fixed.join(' ')} {${branch(a)} / ${branch(b)}}`).join(' ');
        const heard = hypothesis.flatMap((token) => [token, token, token]);
        const all = readings(parseNotation(reference)).map((reading) => countErrors(words(reading), heard));
        const found = countErrors(words(best(reference, heard.join(' '))), heard);
        expect(errorsOf(found)).toBe(Math.min(...all.map(errorsOf)));
      }),
      { numRuns: 300 },
    );
  });

  it('of 5,000 words with 500 alternatives is found', () => {
    const reference: string[] = [];
    const hypothesis: string[] = [];
    for (let i = 0; i < 500; i++) {
      const fixed = Array.from({ length: 9 }, (_, k) => `w${(i * 7 + k * 13) % 500}`);
      reference.push(...fixed, `{a${i} / b${i} c / @}`);
      hypothesis.push(...fixed.filter((_, k) => (i + k) % 10 !== 0), ...(i % 3 === 0 ? [] : [`b${i}`, 'c']));
    }
    const reading = words(best(reference.join(' '), hypothesis.join(' ')));
    expect(reading.filter((token) => /^a\d/.test(token))).toEqual([]);
    expect(reading.filter((token) => /^b\d/.test(token))).toHaveLength(333);
  });
});
