import type { NumberLexicon } from './lexicon.ts';

/** What the Slavic and Baltic languages share: ordinals behind one another, no links, ones that agree with their noun. */
export const inflectedNumbers = {
  hundreds: [],
  oneEnds: true,
  links: [],
  mayLink: () => false,
  ordinalEnding: () => 'º',
  percentPhrases: [],
} as const satisfies Partial<NumberLexicon>;

/** A day of the month or a year is an ordinal in words, a plain number in digits. */
export const POINTED_ORDINAL = /^(\d+)º$/u;
