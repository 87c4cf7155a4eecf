import type { Rule } from '../normalizer.ts';
import { SPACE, splitAtSpaces, WORD_END, WORD_START } from './python-regex.ts';

const HESITATIONS = new RegExp(`${WORD_START}(?:hmm|mm|mhm|mmm|uh|um|umm|eh|huh|em)${WORD_END}`, 'gu');

/** Letters with points between: "u.s.a." is one word; the Christian era is not. */
const INITIALS = new RegExp(String.raw`${WORD_START}(?!a\.d\.)(?:[a-z]\.){2,}(?:[a-z]${WORD_END})?`, 'gu');

/** Behind these "'s" is a verb, before the participles as well; elsewhere it is taken for a genitive. */
const SUBJECTS = [
  'he',
  'she',
  'it',
  'that',
  'this',
  'there',
  'here',
  'what',
  'who',
  'where',
  'how',
  'when',
  'why',
  'let',
];
const GENITIVE = new RegExp(
  `(?<!${WORD_START}(?:${SUBJECTS.join('|')}))'s${WORD_END}(?!${SPACE}(?:been|gone|got)${WORD_END})`,
  'gu',
);

const OTHER_WRITING: readonly (readonly [RegExp, string])[] = (
  [
    ['e mail', 'email'],
    ['e commerce', 'ecommerce'],
    ['x ray', 'xray'],
    ['all right', 'alright'],
    ['ok', 'okay'],
  ] as const
).map(([from, to]) => [new RegExp(WORD_START + from + WORD_END, 'gu'), to]);

const HALF_OF_DAY = new RegExp(`${WORD_START}([ap]) m${WORD_END}`, 'gu');

/** What is neither letter, digit nor space after punctuation has gone: format characters, for instance. */
const NO_WORD = /[^\p{L}\p{N}_\s]/gu;

/** Drops sounds of hesitation. */
export const openAsrHesitations: Rule = {
  name: 'hesitations',
  data: HESITATIONS.source,
  apply: (text) => text.replace(HESITATIONS, ''),
};

/** Letters with points between become one word. */
export const openAsrInitials: Rule = {
  name: 'initials',
  data: INITIALS.source,
  apply: (text) => text.replace(INITIALS, (letters) => `${letters.replaceAll('.', '')} `),
};

/** The "s" of a genitive becomes a word of its own. */
export const openAsrGenitive: Rule = {
  name: 'genitive',
  data: GENITIVE.source,
  apply: (text) => text.replace(GENITIVE, ' s'),
};

/** One writing for words that are also written otherwise. */
export const openAsrWriting: Rule = {
  name: 'other-writing',
  data: OTHER_WRITING.map(([from, to]) => `${from.source} ${to}`).join(' '),
  apply: (text) => OTHER_WRITING.reduce((partly, [from, to]) => partly.replace(from, to), text),
};

/** Single letters and digits in a row become one word, except two of which one is "a" or "i". */
export const openAsrSingles: Rule = {
  name: 'single-letters',
  data: HALF_OF_DAY.source,
  apply: (text) => {
    const output: string[] = [];
    let run: string[] = [];
    const close = (): void => {
      const apart = run.length === 2 && run.some((letter) => letter === 'a' || letter === 'i');
      if (run.length > 0) output.push(...(apart ? run : [run.join('')]));
      run = [];
    };
    for (const word of splitAtSpaces(text.replace(HALF_OF_DAY, '$1m'))) {
      if (/^[\p{L}\p{N}]$/u.test(word)) run.push(word);
      else {
        close();
        output.push(word);
      }
    }
    close();
    return output.join(' ');
  },
};

/** Drops what is left of signs, and spaces at the ends. */
export const openAsrWordsOnly: Rule = {
  name: 'words-only',
  data: NO_WORD.source,
  apply: (text) => splitAtSpaces(text.replace(NO_WORD, '')).join(' '),
};
