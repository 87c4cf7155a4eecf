import type { Hallucination } from './hallucination.ts';

/** Twice the reference is out of reach of mishearing; five tokens keep "oh" for "o h no" out. Our choice. */
const RATIO = 2;
const MORE = 5;

/** Much more text than was spoken. */
export const tooLong: Hallucination = {
  kind: 'too-long',
  title: 'Much longer than the reference',
  description: `At least ${RATIO} times as many tokens as the reference has, and ${MORE} more (our thresholds).`,
  find: ({ tokens, referenceTokens }) => {
    const ratio = tokens.length / referenceTokens.length;
    if (referenceTokens.length === 0 || ratio < RATIO || tokens.length - referenceTokens.length < MORE) return null;
    return `${ratio.toFixed(1)} times as long as the reference (from ${RATIO} on)`;
  },
};
