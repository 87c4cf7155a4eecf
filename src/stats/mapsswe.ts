import type { AlignmentStep } from '../types.ts';
import { twoSidedNormalP } from './normal.ts';

/** Words in a row that both systems got right, which close a segment. */
const BUFFER = 2;

/** Result of the matched-pairs test. */
export interface MatchedPairs {
  /** Segments in which at least one system erred; NIST wants 50 and more. */
  readonly segments: number;
  readonly p: number;
}

/**
 * Matched-pairs sentence-segment word error test, MAPSSWE (Gillick & Cox, ICASSP 1989; NIST): text is cut where both
 * systems got two words in a row right, and the differences of errors per segment are tested against zero. It takes
 * segments for independent, so within one speaker it is optimistic.
 *
 * @param pairs per utterance, the alignments of both systems with one reference.
 */
export function matchedPairs(
  pairs: readonly (readonly [readonly AlignmentStep[], readonly AlignmentStep[]])[],
): MatchedPairs {
  const differences = pairs.flatMap(([first, second]) => segmentDifferences(errorSlots(first), errorSlots(second)));
  const n = differences.length;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / n;
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (n - 1) / n);
  if (n < 2 || mean === 0) return { segments: n, p: 1 };
  return { segments: n, p: standardError === 0 ? 0 : twoSidedNormalP(mean / standardError) };
}

/** Errors at each reference token, insertions counted at the token behind them; one slot more closes the list. */
function errorSlots(alignment: readonly AlignmentStep[]): number[] {
  const slots = [0];
  for (const { operation } of alignment) {
    if (operation === 'substitution' || operation === 'deletion') slots[slots.length - 1]!++;
    if (operation === 'insertion') slots[slots.length - 1]!++;
    else slots.push(0);
  }
  return slots;
}

function segmentDifferences(first: readonly number[], second: readonly number[]): number[] {
  const differences: number[] = [];
  let errors = 0;
  let difference = 0;
  let right = 0;
  for (const [slot, firstErrors] of first.entries()) {
    const secondErrors = second[slot]!;
    errors += firstErrors + secondErrors;
    difference += firstErrors - secondErrors;
    right = firstErrors + secondErrors === 0 ? right + 1 : 0;
    if ((right >= BUFFER || slot === first.length - 1) && errors > 0) {
      differences.push(difference);
      errors = 0;
      difference = 0;
    }
  }
  return differences;
}
