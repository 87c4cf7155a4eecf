import { NUMBER_LANGUAGES } from '../../normalizers/rules/numbers/index.ts';
import { primaryLanguage } from '../../text/language.ts';
import type { ErrorClass } from './error-class.ts';

const DIGIT = /\p{Nd}/u;

const hasDigit = (tokens: readonly string[]): boolean => tokens.some((token) => DIGIT.test(token));

/** "21" for "twenty one", "1,000" for "1000", "5 %" for "five percent". */
export const numberFormat: ErrorClass = {
  name: 'number-format',
  title: 'Number format',
  description: 'The same number written in another way, at least once in digits.',
  longest: 8,
  isKnown: ({ language }) => NUMBER_LANGUAGES.includes(primaryLanguage(language)),
  explains: (reference, hypothesis, { fold }) =>
    (hasDigit(reference) || hasDigit(hypothesis)) && fold(reference) === fold(hypothesis),
};
