import { primaryLanguage } from '../../text/language.ts';
import type { ErrorClass } from './error-class.ts';

/** Accents of Latin and Greek letters. In other scripts a mark is a letter of its own. */
const ACCENT = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;

/** Languages in which the mark on a vowel is its tone: another mark is another word. */
const TONAL = new Set(['vi', 'yo', 'ig']);

/** Letters that are also written as the other ones. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ß/gu, 'ss'],
  [/æ/gu, 'ae'],
  [/œ/gu, 'oe'],
  [/ø/gu, 'o'],
  [/ё/gu, 'е'],
  [/[أإآٱ]/gu, 'ا'],
  [/[ىی]/gu, 'ي'],
  [/ک/gu, 'ك'],
  [/ة/gu, 'ه'],
];

/** German writes umlauts as two letters where a keyboard has none. */
const UMLAUT = /(?<=[aou])e/gu;

const KATAKANA = /[\u30a1-\u30f6]/gu;

function letters(text: string, language: string): string {
  const plain = TONAL.has(language) ? text : text.normalize('NFD').replace(ACCENT, '').normalize('NFC');
  const same = LETTERS.reduce((partly, [from, to]) => partly.replace(from, to), plain);
  const german = language === 'de' ? same.replace(UMLAUT, '') : same;
  return german.replace(KATAKANA, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
}

/** "colour" for "color", "cafe" for "café", "do not" for "don't", "カ" for "か". */
export const spelling: ErrorClass = {
  name: 'spelling',
  title: 'Spelling variant',
  description:
    'Another spelling of the same word: equal under the normalizer “earshot” (British and American spelling, ' +
    'contractions), or but for accents and letters that are written in two ways.',
  longest: 3,
  isKnown: () => true,
  explains: (reference, hypothesis, { fold, language }) => {
    if (reference.length === 0 || hypothesis.length === 0) return false;
    const [expected, found] = [fold(reference), fold(hypothesis)];
    const tag = primaryLanguage(language);
    return expected !== '' && (expected === found || letters(expected, tag) === letters(found, tag));
  },
};
