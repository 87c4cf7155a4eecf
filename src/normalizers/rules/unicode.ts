import { primaryLanguage } from '../../text/language.ts';
import type { Rule } from '../normalizer.ts';

/**
 * Ligatures, Arabic presentation forms, full- and half-width forms: other codings of the same letters.
 * Only these are folded by compatibility. All of NFKC would turn "½" into "1⁄2", "m²" into "m2" and "Disney™" into
 * "disneytm".
 */
const PRESENTATION_FORMS = /[\uFB00-\uFB06\uFB13-\uFB4F\uFB50-\uFDFF\uFE70-\uFEFC\uFF00-\uFFEF]+/gu;

/**
 * Format characters (zero-width space and joiners, byte order mark, marks of direction, soft hyphen), variation
 * selectors and the keycap: nobody hears them.
 */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F\u180B-\u180F\u20E3\u{E0100}-\u{E01EF}]+/gu;

/** Canonical composition only. */
export const canonicalForm: Rule = {
  name: 'canonical-form',
  data: 'NFC',
  apply: (text) => text.normalize('NFC'),
};

/** One coding for each letter: no presentation forms, no invisible characters, composed (NFC). */
export const unicodeForm: Rule = {
  name: 'unicode-form',
  data: `${PRESENTATION_FORMS.source} ${INVISIBLE.source} NFC`,
  apply: (text) =>
    text
      .replace(INVISIBLE, '')
      .replace(PRESENTATION_FORMS, (form) => form.normalize('NFKC'))
      .normalize('NFC'),
};

/** By language, letters that some write for another: Romanian cedillas for commas, Russian е for ё. */
const LETTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ro: { ş: 'ș', ţ: 'ț', Ş: 'Ș', Ţ: 'Ț' },
  ru: { ё: 'е', Ё: 'Е' },
};

/** One letter where the language's writers choose between two; `null` for other languages. */
export function localeLetters(locale: string): Rule | null {
  const letters = LETTERS[primaryLanguage(locale)];
  if (letters === undefined) return null;
  const pattern = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
  return {
    name: 'letters',
    data: JSON.stringify(letters),
    apply: (text) => text.replace(pattern, (letter) => letters[letter]!),
  };
}
