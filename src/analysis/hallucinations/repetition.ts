import type { Hallucination } from './hallucination.ts';

/**
 * The script with which the authors of MOSEL (arXiv 2410.01036) flag transcripts looks for phrases of up to five words,
 * from four times on for one or two words. For longer ones it takes twice, which people say when they start again;
 * here it is three times.
 */
const LONGEST_PHRASE = 5;
const FEWEST_OF_SHORT = 4;
const FEWEST_OF_LONG = 3;

/** The same phrase again and again. */
export const repetition: Hallucination = {
  kind: 'repetition',
  title: 'Repeated phrase',
  description:
    `One or two tokens at least ${FEWEST_OF_SHORT} times in a row, or three to ${LONGEST_PHRASE} at least ` +
    `${FEWEST_OF_LONG} times, and more often than in the reference.`,
  find: ({ tokens, referenceTokens, unit }) => {
    for (let length = 1; length <= LONGEST_PHRASE; length++) {
      const fewest = length <= 2 ? FEWEST_OF_SHORT : FEWEST_OF_LONG;
      const found = longestRun(tokens, length);
      if (found.times < fewest || found.times <= longestRun(referenceTokens, length).times) continue;
      const phrase = tokens.slice(found.at, found.at + length).join(unit === 'word' ? ' ' : '');
      return `“${phrase}” ${found.times} times in a row (from ${fewest} on)`;
    }
    return null;
  },
};

/** Where a phrase of the given length repeats most often in a row. */
function longestRun(tokens: readonly string[], length: number): { readonly at: number; readonly times: number } {
  let best = { at: 0, times: tokens.length < length ? 0 : 1 };
  let same = 0;
  for (let i = length; i < tokens.length; i++) {
    same = tokens[i] === tokens[i - length] ? same + 1 : 0;
    const times = Math.floor(same / length) + 1;
    if (times > best.times) best = { at: i - same - length + 1, times };
  }
  return best;
}
