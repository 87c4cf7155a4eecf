import type { Normalizer, Rule } from './normalizer.ts';
import { lowerCase } from './rules/case.ts';
import { digitForm } from './rules/digits.ts';
import { localePunctuation } from './rules/punctuation.ts';
import { localeSpaces } from './rules/spaces.ts';
import { unicodeForm } from './rules/unicode.ts';
import { noVowelPoints } from './rules/vowel-points.ts';

/** The default: folds differences of writing that nobody hears, by locale, and keeps every combining mark that is spoken. */
export const earshot: Normalizer = {
  name: 'earshot',
  version: '1',
  summary:
    'Folds case, punctuation, codings, digit grouping, vowel points and spacing by locale; keeps combining marks.',
  languages: ['de', 'fr', 'tr', 'ar', 'he', 'zh'],
  rules: (locale) => {
    const rules: (Rule | null)[] = [
      unicodeForm,
      noVowelPoints(locale),
      lowerCase(locale),
      digitForm(locale),
      localePunctuation(locale),
      localeSpaces(locale),
    ];
    return rules.filter((rule) => rule !== null);
  },
};
