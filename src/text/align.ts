import type { AlignmentStep, ErrorCounts } from '../types.ts';
import { alignInBand } from './banded-alignment.ts';
import { DELETE, INSERT, SUBSTITUTE, type Edits } from './edits.ts';
import { intern } from './interned.ts';
import { alignSparsely } from './sparse-alignment.ts';

/**
 * Counts the errors of a best alignment without building it: fewest errors, among these most hits.
 *
 * These two determine the split: with N reference and P hypothesis tokens, E errors and H hits, substitutions are
 * N + P − 2H − E. Both lists empty gives zeros; an empty reference gives insertions only.
 */
export function countErrors(reference: readonly string[], hypothesis: readonly string[]): ErrorCounts {
  const start = equalAtFront(reference, hypothesis);
  let n = reference.length;
  let p = hypothesis.length;
  // Pairing equal ends is never worse (an exchange argument), and is most of the work for good recognizers.
  while (n > start && p > start && reference[n - 1] === hypothesis[p - 1]) {
    n--;
    p--;
  }
  const { operations, substitutions } = edits(reference.slice(start, n), hypothesis.slice(start, p));
  const hits = (reference.length + hypothesis.length - substitutions - operations.length) / 2;
  return {
    hits,
    substitutions,
    deletions: reference.length - hits - substitutions,
    insertions: hypothesis.length - hits - substitutions,
  };
}

/**
 * Aligns two token lists at unit costs.
 *
 * Ties are broken in this order, so that equal input gives equal steps: fewest errors; most hits; then, read from the
 * front, the first step that still leads to such an alignment, tried as hit, substitution, deletion, insertion.
 * Time grows with length + errors² where errors leave few choices, and never faster than length × errors.
 */
export function alignTokens(reference: readonly string[], hypothesis: readonly string[]): AlignmentStep[] {
  const start = equalAtFront(reference, hypothesis);
  const steps: AlignmentStep[] = [];
  let i = 0;
  let j = 0;
  const hitsTo = (end: number): void => {
    for (; i < end; i++, j++) {
      // One string for both: the steps of a large run are kept, its lists of tokens are not.
      const token = reference[i]!;
      steps.push({ operation: 'hit', reference: token, hypothesis: token });
    }
  };
  for (const operation of edits(reference.slice(start), hypothesis.slice(start)).operations) {
    hitsTo(i + equalAtFront(reference, hypothesis, i, j));
    if (operation === SUBSTITUTE) {
      steps.push({ operation: 'substitution', reference: reference[i++]!, hypothesis: hypothesis[j++]! });
    } else if (operation === DELETE) {
      steps.push({ operation: 'deletion', reference: reference[i++]!, hypothesis: null });
    } else {
      steps.push({ operation: 'insertion', reference: null, hypothesis: hypothesis[j++]! });
    }
  }
  hitsTo(reference.length);
  return steps;
}

/** The counts of an alignment's steps. */
export function countSteps(steps: readonly AlignmentStep[]): ErrorCounts {
  const counts = { hit: 0, substitution: 0, deletion: 0, insertion: 0 };
  for (const step of steps) counts[step.operation]++;
  return {
    hits: counts.hit,
    substitutions: counts.substitution,
    deletions: counts.deletion,
    insertions: counts.insertion,
  };
}

/** How many tokens from two indices on are equal. */
function equalAtFront(reference: readonly string[], hypothesis: readonly string[], i = 0, j = 0): number {
  const most = Math.min(reference.length - i, hypothesis.length - j);
  let count = 0;
  while (count < most && reference[i + count] === hypothesis[j + count]) count++;
  return count;
}

function edits(reference: readonly string[], hypothesis: readonly string[]): Edits {
  if (reference.length === 0) return { operations: hypothesis.map(() => INSERT), substitutions: 0 };
  if (hypothesis.length === 0) return { operations: reference.map(() => DELETE), substitutions: 0 };
  if (isOneSubstitution(reference, hypothesis)) return { operations: [SUBSTITUTE], substitutions: 1 };
  const tokens = intern(reference, hypothesis);
  return alignSparsely(tokens) ?? alignInBand(tokens);
}

/** Whether only the first tokens differ, as good recognizers err mostly; no other alignment has so few errors. */
function isOneSubstitution(reference: readonly string[], hypothesis: readonly string[]): boolean {
  if (reference.length !== hypothesis.length) return false;
  return 1 + equalAtFront(reference, hypothesis, 1, 1) === reference.length;
}
