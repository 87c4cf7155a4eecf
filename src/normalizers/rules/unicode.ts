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
