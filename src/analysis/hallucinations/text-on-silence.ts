import type { Hallucination } from './hallucination.ts';

/** Anything at all where nobody spoke. */
export const textOnSilence: Hallucination = {
  kind: 'text-on-silence',
  title: 'Text on silence',
  description: 'Any word in the answer to audio whose reference is empty.',
  find: ({ tokens, referenceTokens, unit }) =>
    referenceTokens.length === 0 && tokens.length > 0
      ? `${tokens.length} ${unit}${tokens.length === 1 ? '' : 's'} where nobody spoke`
      : null,
};
