import type { Rule } from '../normalizer.ts';

/** Abbreviations with points: one word, as it is when they are left out ("U.S." and "US"). */
const POINTED_LETTERS = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?!\p{L}))?/gu;

/** Letters with points between become one word. */
export const pointedLetters: Rule = {
  name: 'pointed-letters',
  data: POINTED_LETTERS.source,
  apply: (text) => text.replace(POINTED_LETTERS, (letters) => `${letters.replaceAll('.', '')} `),
};
