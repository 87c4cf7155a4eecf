import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countErrors } from './align.ts';
import { countTextErrors, countTokens } from './count-tokens.ts';
import { tokenize } from './tokens.ts';

/** Pairs that share one half, lone halves, marks that compose, and spaces. */
const texts = fc
  .array(fc.constantFrom('a', 'b', 'ab', ' ', 'e', '\u0301', '\u{1f600}', '\u{1f601}', '\u{1f900}', '\ud83d', '\ude00'))
  .map((parts) => parts.join(''));
const units = fc.constantFrom('word' as const, 'character' as const);
const characterUnits = fc.constantFrom('code-point' as const, 'grapheme' as const);

describe('the errors of texts', () => {
  it('are those of their tokens', () => {
    fc.assert(
      fc.property(texts, texts, units, characterUnits, (reference, hypothesis, unit, characterUnit) => {
        const [left, right] = [reference, hypothesis].map((text) => tokenize(text, unit, characterUnit));
        expect(countTextErrors(reference, hypothesis, unit, characterUnit)).toEqual(countErrors(left!, right!));
        expect(countTokens(reference, unit, characterUnit)).toBe(left!.length);
      }),
      { numRuns: 3000 },
    );
  });
});
