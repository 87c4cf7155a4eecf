import type { Utterance } from '../types.ts';

const bounds = [2, 5, 10, 20] as const;

/** Lengths that results are looked at by, such as `5–10 s`. */
export function durationBucket(seconds: number | null): string {
  if (seconds === null) return 'unknown';
  const upper = bounds.find((bound) => seconds < bound);
  if (upper === undefined) return `${bounds.at(-1)!} s and more`;
  const lower = bounds[bounds.indexOf(upper) - 1];
  return lower === undefined ? `under ${upper} s` : `${lower}–${upper} s`;
}

/** What can be told of an utterance from its row: the slices that every corpus has. */
export function slicesOf({ reference, durationSeconds }: Utterance): Readonly<Record<string, string | number>> {
  const words = reference.split(/\s+/).filter(Boolean).length;
  return {
    durationBucket: durationBucket(durationSeconds),
    // Where words are not set apart, their number says nothing.
    ...(words > 1 ? { wordsPerSecond: Math.round((words / durationSeconds) * 10) / 10 } : {}),
  };
}
