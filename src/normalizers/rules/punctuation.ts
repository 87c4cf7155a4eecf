import { primaryLanguage } from '../../text/language.ts';
import type { Rule } from '../normalizer.ts';

/** Punctuation and symbols. Combining marks are neither: without them Hindi, Thai and Arabic words fall apart. */
const PUNCTUATION = /[\p{P}\p{S}]+/gu;

/** Everything that people and keyboards write for an apostrophe. */
const APOSTROPHES = /[\u2019\u2018\u02BC\u02B9\u201B\u2032\u0060\u00B4\u05F3\uA78C]/gu;

/** Elided articles and pronouns stand before the apostrophe: "l'homme" is two words, with or without a space. */
const ELIDING = new Set(['fr', 'it', 'ca', 'oc', 'pms', 'scn', 'vec', 'co']);

/** Between letters the mark belongs to the word: "don't", "п'ять". */
const INNER_APOSTROPHE = /(?<=[\p{L}\p{M}])'(?=\p{L})/gu;

/** Hebrew abbreviations, "צה״ל", with the proper sign or with a quotation mark. */
const GERSHAYIM = /(?<=\p{Script=Hebrew})[\u05F4"](?=\p{Script=Hebrew})/gu;

/** Catalan's doubled l, "paral·lel". */
const RAISED_DOT = /(?<=l)\u00B7(?=l)/gu;

/** A decimal sign, after grouping signs are gone and commas are points. */
const DECIMAL_POINT = /(?<=\d)\.(?=\d)/gu;

/** Stand in for signs that stay while all other punctuation goes; private-use code points, in no text. */
const KEPT_APOSTROPHE = '\uE000';
const KEPT_POINT = '\uE001';

/** Punctuation and symbols become spaces. */
export const noPunctuation: Rule = {
  name: 'no-punctuation',
  data: PUNCTUATION.source,
  apply: (text) => text.replace(PUNCTUATION, ' '),
};

/**
 * Punctuation and symbols become spaces, hyphens and dashes included. What stays is part of a word or number: the
 * apostrophe between letters (a space after elision, as in French and Italian), the decimal point. Hebrew gershayim
 * and the Catalan raised dot join what they stand between.
 */
export function localePunctuation(locale: string): Rule {
  const elides = ELIDING.has(primaryLanguage(locale));
  return {
    name: 'punctuation',
    data: [APOSTROPHES, INNER_APOSTROPHE, GERSHAYIM, RAISED_DOT, DECIMAL_POINT, PUNCTUATION]
      .map((pattern) => pattern.source)
      .concat(elides ? 'elision' : 'apostrophe')
      .join(' '),
    apply: (text) =>
      text
        .replace(GERSHAYIM, '')
        .replace(RAISED_DOT, '')
        .replace(APOSTROPHES, "'")
        .replace(INNER_APOSTROPHE, elides ? ' ' : KEPT_APOSTROPHE)
        .replace(DECIMAL_POINT, KEPT_POINT)
        .replace(PUNCTUATION, ' ')
        .replaceAll(KEPT_APOSTROPHE, "'")
        .replaceAll(KEPT_POINT, '.'),
  };
}
