import type { PageErrors, PageQuery } from './errors.ts';

/** Errors, reference length and slowest answer of an utterance over the settings that count. */
export interface UtteranceTotals {
  readonly errors: number;
  readonly length: number;
  readonly latencyMs: number;
}

/** Sums over the settings that count. Runs in the page: it may use nothing but its parameters. */
export function totalsOf(errors: PageErrors, chosen: readonly number[], utterance: number): UtteranceTotals {
  const { packed, settings } = errors;
  const totals = { errors: 0, length: 0, latencyMs: -Infinity };
  for (const setting of chosen.length > 0 ? chosen : packed.settings.keys()) {
    const place = utterance * settings + setting;
    totals.errors += errors.errors[place]!;
    totals.length += errors.length[place]!;
    totals.latencyMs = Math.max(totals.latencyMs, packed.results.latencyMs[place] ?? -Infinity);
  }
  return totals;
}

/**
 * Puts utterances into the query's order, the worst first; what is equal keeps its place.
 * Runs in the page: it may use nothing but its parameters.
 */
export function orderUtterances(
  errors: PageErrors,
  { order, settings }: PageQuery,
  utterances: Int32Array,
  totals: typeof totalsOf,
): Int32Array {
  const { id, seconds } = errors.packed.utterances;
  if (order === 'id') {
    return utterances.toSorted((left, right) => (id[left]! < id[right]! ? -1 : id[left]! > id[right]! ? 1 : 0));
  }
  const keys = new Float64Array(errors.utterances);
  for (const utterance of utterances) {
    const total = totals(errors, settings, utterance);
    keys[utterance] =
      order === 'duration'
        ? seconds[utterance]!
        : order === 'latency'
          ? total.latencyMs
          : order === 'errors'
            ? total.errors
            : total.errors / Math.max(1, total.length);
  }
  // Infinity less itself is no number; unknown latencies are all the same.
  return utterances.toSorted((left, right) => (keys[left] === keys[right] ? left - right : keys[right]! - keys[left]!));
}
