import { primaryLanguage } from '../text/language.ts';
import type { Normalizer, Rule } from './normalizer.ts';
import { lowerCase } from './rules/case.ts';
import { decimalSign, digitForm } from './rules/digits.ts';
import { englishContractions, oneSpelling } from './rules/english-words.ts';
import { noFillers } from './rules/fillers.ts';
import { amounts, digitStrings } from './rules/numbers/amounts.ts';
import { percentInWords } from './rules/numbers/cjk.ts';
import { NUMBER_LANGUAGES, numberLexicon, numerals } from './rules/numbers/index.ts';
import { dottedOrdinals } from './rules/numbers/dotted.ts';
import { numberWords } from './rules/numbers/rules.ts';
import { pointedLetters } from './rules/pointed-letters.ts';
import { localePunctuation } from './rules/punctuation.ts';
import { localeSpaces } from './rules/spaces.ts';
import { untilStable } from './rules/stable.ts';
import { localeLetters, unicodeForm } from './rules/unicode.ts';
import { noVowelPoints } from './rules/vowel-points.ts';

const present = (rules: readonly (Rule | null)[]): readonly Rule[] => rules.filter((rule) => rule !== null);

/**
 * The default: folds differences of writing that nobody hears, by locale, and keeps every combining mark that is
 * spoken. Numbers count by their value in the languages whose number words it knows.
 */
export const earshot: Normalizer = {
  name: 'earshot',
  version: '9',
  summary:
    'Folds case, punctuation, codings, spacing, hesitations, contractions, spelling and ways of writing numbers by ' +
    'locale; keeps combining marks.',
  languages: [...NUMBER_LANGUAGES, 'az', 'ca'],
  rules: (locale) => {
    const language = primaryLanguage(locale);
    const lexicon = numberLexicon(locale);
    const digits = present([lexicon && digitStrings, digitForm(locale), lexicon && amounts(lexicon)]);
    const punctuation = present([percentInWords(language), localePunctuation(locale)]);
    const numbers = present([lexicon && numberWords(lexicon), numerals(language)]);
    const ends = present([localeSpaces(locale), decimalSign(locale)]);
    return [
      ...present([unicodeForm, localeLetters(locale), noVowelPoints(locale), lexicon && dottedOrdinals(lexicon)]),
      ...[lowerCase(locale), pointedLetters],
      ...digits,
      ...punctuation,
      ...present([language === 'en' ? englishContractions : null, noFillers(locale)]),
      ...numbers,
      ...(language === 'en' ? [oneSpelling] : []),
      ...ends,
      untilStable([...digits, ...punctuation, ...numbers, ...ends]),
    ];
  },
};
