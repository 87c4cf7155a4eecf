import { countErrors } from './align.ts';

/**
 * The allowed word nearest in spelling, for "did you mean".
 * @returns `null` when none is within a third of the longer word's length.
 */
export function nearest(word: string, allowed: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of allowed) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.max(word.length, candidate.length) / 3) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  const { substitutions, deletions, insertions } = countErrors(Array.from(left), Array.from(right));
  return substitutions + deletions + insertions;
}
