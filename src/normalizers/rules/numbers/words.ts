import { lookUp } from '../../../text/look-up.ts';
import type { NumberLexicon } from './lexicon.ts';

/** Digits, with or without decimals. */
export const NUMERAL = /^\d+(?:\.\d+)?$/u;

/** Value of a cardinal, or `null`. */
export function valueOf(word: string, lexicon: NumberLexicon): number | null {
  return lookUp(lexicon.cardinals, word) ?? lexicon.compound?.(word) ?? null;
}

/** Value of an ordinal, or `null`. */
export function ordinalOf(word: string, lexicon: NumberLexicon): number | null {
  return lookUp(lexicon.ordinals, word) ?? lexicon.compoundOrdinal?.(word) ?? null;
}

/** Whether the word multiplies what stands before it. */
export function multiplies(word: string | undefined, lexicon: NumberLexicon): boolean {
  return (
    word !== undefined &&
    (lexicon.hundreds.includes(word) ||
      lookUp(lexicon.scales, word) !== undefined ||
      lexicon.tens?.includes(word) === true)
  );
}

/** Whether the phrase stands at this place. */
export function startsWith(words: readonly string[], at: number, phrase: string): boolean {
  return phrase.split(' ').every((word, i) => words[at + i] === word);
}
