import type { Normalizer } from './normalizer.ts';
import { lowerCase } from './rules/case.ts';
import { noPunctuation } from './rules/punctuation.ts';
import { singleSpaces } from './rules/spaces.ts';
import { canonicalForm } from './rules/unicode.ts';

/** The least that most published figures do. */
export const casePunctuation: Normalizer = {
  name: 'case-punctuation',
  version: '1',
  summary: 'Lower case; punctuation and symbols become spaces; nothing else.',
  languages: ['tr', 'az'],
  rules: (locale) => [canonicalForm, lowerCase(locale), noPunctuation, singleSpaces],
};
