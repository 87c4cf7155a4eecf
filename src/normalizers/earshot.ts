import { primaryLanguage } from '../text/language.ts';
import type { Normalizer, Rule } from './normalizer.ts';
import { lowerCase } from './rules/case.ts';
import { digitForm } from './rules/digits.ts';
import { englishContractions, oneSpelling } from './rules/english-words.ts';
import { noFillers } from './rules/fillers.ts';
import { amounts, digitStrings } from './rules/numbers/amounts.ts';
import { cjkNumerals, cjkPercent } from './rules/numbers/cjk.ts';
import { NUMBER_LANGUAGES, numberLexicon } from './rules/numbers/index.ts';
import { numberWords } from './rules/numbers/rules.ts';
import { pointedLetters } from './rules/pointed-letters.ts';
import { localePunctuation } from './rules/punctuation.ts';
import { localeSpaces } from './rules/spaces.ts';
import { unicodeForm } from './rules/unicode.ts';
import { noVowelPoints } from './rules/vowel-points.ts';

/** Languages written with Chinese numerals. */
const CJK = ['zh', 'yue', 'ja'];

/**
 * The default: folds differences of writing that nobody hears, by locale, and keeps every combining mark that is
 * spoken. Numbers count by their value in the languages whose number words it knows.
 */
export const earshot: Normalizer = {
  name: 'earshot',
  version: '2',
  summary:
    'Folds case, punctuation, codings, spacing, hesitations, contractions, spelling and ways of writing numbers by ' +
    'locale; keeps combining marks.',
  languages: [...NUMBER_LANGUAGES, ...CJK, 'ru', 'tr', 'az', 'ar', 'he', 'ca'],
  rules: (locale) => {
    const language = primaryLanguage(locale);
    const lexicon = numberLexicon(locale);
    const rules: (Rule | null)[] = [
      unicodeForm,
      noVowelPoints(locale),
      lowerCase(locale),
      pointedLetters,
      lexicon && digitStrings,
      digitForm(locale),
      lexicon && amounts(lexicon),
      CJK.includes(language) ? cjkPercent(language) : null,
      localePunctuation(locale),
      language === 'en' ? englishContractions : null,
      noFillers(locale),
      lexicon && numberWords(lexicon),
      CJK.includes(language) ? cjkNumerals : null,
      language === 'en' ? oneSpelling : null,
      localeSpaces(locale),
    ];
    return rules.filter((rule) => rule !== null);
  },
};
