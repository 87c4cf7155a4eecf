import type { StatedUtterance } from './corpus.ts';

/** Which rows of a corpus are measured on. */
export interface RowFilter {
  readonly minSeconds?: number | undefined;
  readonly maxSeconds?: number | undefined;
  /** Any other field of a row: the values that pass. */
  readonly [field: string]: unknown;
}

/** Whether a row passes. A row that does not have a field does not pass a filter on it. */
export function passes(utterance: StatedUtterance, filter: RowFilter): boolean {
  const { minSeconds, maxSeconds, ...fields } = filter;
  const seconds = utterance.durationSeconds;
  if (minSeconds !== undefined && (seconds ?? minSeconds) < minSeconds) return false;
  if (maxSeconds !== undefined && (seconds ?? maxSeconds) > maxSeconds) return false;
  return Object.entries(fields).every(([field, allowed]) => {
    const value = field === 'speaker' || field === 'session' ? utterance[field] : utterance.attributes[field];
    return (Array.isArray(allowed) ? allowed : [allowed]).some(
      (one) => value !== undefined && String(value) === String(one),
    );
  });
}
