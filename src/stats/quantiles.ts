import type { Interval } from '../types.ts';

/**
 * The q-quantile of sorted values by linear interpolation (Hyndman & Fan 1996, type 7, the default of R and NumPy).
 * `null` when there are none.
 */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  if (sorted.length === 0) return null;
  const position = (sorted.length - 1) * q;
  const lower = Math.floor(position);
  const low = sorted[lower]!;
  const high = sorted[Math.min(lower + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - lower);
}

/**
 * Fewest values for which any two order statistics enclose the q-quantile at the level: 1 − qⁿ − (1 − q)ⁿ ≥ level.
 * At 95 %: 6 for the median, 29 for p90, 59 for p95, 299 for p99.
 */
export function minimumSamples(q: number, level = 0.95): number {
  let n = 2;
  while (1 - q ** n - (1 - q) ** n < level) n++;
  return n;
}

/**
 * A distribution-free interval of the q-quantile between two order statistics (David & Nagaraja 2003, §7.1): how many
 * values lie below the quantile is binomial, whatever their distribution. Coverage is at least `level`; the tails
 * share the rest equally, unless one side has no order statistic so far out. Values have to be independent.
 *
 * `null` with fewer than {@link minimumSamples} values.
 */
export function quantileInterval(sorted: ArrayLike<number>, q: number, level = 0.95): Interval | null {
  const n = sorted.length;
  if (n < minimumSamples(q, level)) return null;
  const probability = binomialProbabilities(n, q);
  const spare = 1 - level;
  // Ranks from 1. At most `tail` of the probability lies below rank `low`, or at and above rank `high`.
  const lowRank = (tail: number): number => {
    let rank = 0;
    for (let sum = probability[0]!; sum <= tail; sum += probability[rank]!) rank++;
    return rank;
  };
  const highRank = (tail: number): number => {
    let rank = n + 1;
    for (let sum = probability[n]!; sum <= tail; sum += probability[rank - 1]!) rank--;
    return rank;
  };
  let low = lowRank(spare / 2);
  let high = highRank(spare / 2);
  if (low === 0) [low, high] = [1, highRank(spare - probability[0]!)];
  else if (high === n + 1) [low, high] = [lowRank(spare - probability[n]!), n];
  return { low: sorted[low - 1]!, high: sorted[high - 1]!, level };
}

/** Probabilities of 0 … n successes, by ratios outward from the mode, where nothing underflows. */
function binomialProbabilities(n: number, q: number): Float64Array {
  const weights = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * q));
  const odds = q / (1 - q);
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = ((weights[k]! * (n - k)) / (k + 1)) * odds;
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k]! * k) / (n - k + 1) / odds;
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}
