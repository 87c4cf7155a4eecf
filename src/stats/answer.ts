import type { Comparison } from './comparison.ts';

/** Showing even one cell wrongly as worse, or as not worse, has at most this chance. */
const ALPHA = 0.05;

/** What a comparison says of its margin, adjusted for all that were made together. */
export type Answer = 'worse' | 'not-worse' | 'better' | 'open';

/**
 * Worse by more than the margin; not worse by it, and better where there is a difference; or neither shown: at 5 % after
 * Holm.
 */
export function answerOf({ notWorseTest, worseTest, pHolm, difference }: Comparison): Answer {
  if (worseTest !== null && worseTest.pHolm < ALPHA) return 'worse';
  if (notWorseTest === null || notWorseTest.pHolm >= ALPHA) return 'open';
  return pHolm !== null && pHolm < ALPHA && difference !== null && difference.value < 0 ? 'better' : 'not-worse';
}
