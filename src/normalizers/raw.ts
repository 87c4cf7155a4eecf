import type { Normalizer } from './normalizer.ts';
import { singleSpaces } from './rules/spaces.ts';
import { canonicalForm } from './rules/unicode.ts';

/** The text as it stands: case and punctuation count. */
export const raw: Normalizer = {
  name: 'raw',
  version: '1',
  summary: 'Text as it stands; only Unicode composition (NFC) and runs of spaces are made equal.',
  languages: [],
  rules: () => [canonicalForm, singleSpaces],
};
