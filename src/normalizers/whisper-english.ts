import type { Normalizer } from './normalizer.ts';
import { joinedApostrophes, noHesitations, whisperContractions } from './rules/whisper-contractions.ts';
import { americanSpelling, noLoneSigns, numberSigns, whisperNumbers } from './rules/whisper-english.ts';
import { noBrackets, oneSpace, plainLetters, plainLowerCase } from './rules/whisper-text.ts';

/** As Whisper's `EnglishTextNormalizer`, for comparison with figures published with it. */
export const whisperEnglish: Normalizer = {
  name: 'whisper-english',
  version: '1',
  summary: "As OpenAI Whisper's English normalizer: contractions, numbers as digits, American spelling. English only.",
  languages: [],
  rules: () => [
    plainLowerCase,
    noBrackets,
    noHesitations,
    joinedApostrophes,
    whisperContractions,
    numberSigns,
    plainLetters,
    whisperNumbers,
    americanSpelling,
    noLoneSigns,
    oneSpace,
  ],
};
