import type { Normalizer } from './normalizer.ts';
import { marksToSpaces, noBrackets, oneSpace, plainLowerCase } from './rules/whisper-text.ts';

/** As Whisper's `BasicTextNormalizer`, for comparison with figures published with it. */
export const whisperBasic: Normalizer = {
  name: 'whisper-basic',
  version: '1',
  summary:
    "As OpenAI Whisper's basic normalizer; removes vowel signs of Indic scripts and marks of Thai, as that does.",
  languages: [],
  rules: () => [plainLowerCase, noBrackets, marksToSpaces, oneSpace],
};
