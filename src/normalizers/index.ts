import { casePunctuation } from './case-punctuation.ts';
import { earshot } from './earshot.ts';
import type { Normalizer } from './normalizer.ts';
import { openAsr } from './open-asr.ts';
import { raw } from './raw.ts';
import { whisperBasic } from './whisper-basic.ts';
import { whisperEnglish } from './whisper-english.ts';

export { normalize, normalizerId, rulesFor, trace } from './apply.ts';

/** By name, as configurations write it. */
export const normalizers = {
  earshot,
  'case-punctuation': casePunctuation,
  raw,
  'whisper-basic': whisperBasic,
  'whisper-english': whisperEnglish,
  'open-asr': openAsr,
} as const satisfies Readonly<Record<string, Normalizer>>;

export type NormalizerName = keyof typeof normalizers;
