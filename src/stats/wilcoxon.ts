import { twoSidedNormalP } from './normal.ts';

/** Up to so many differences all their signs are counted; beyond, the sum of ranks is normal enough. */
const MAX_EXACT = 60;

/**
 * Wilcoxon's signed-rank test of paired differences, such as the speakers' error rates under two systems. Zeros are
 * left out, ties share their mean rank; exact for up to 60 differences, with ties as well. Two-sided; 1 without
 * differences.
 */
export function wilcoxonP(differences: readonly number[]): number {
  const nonZero = differences.filter((difference) => difference !== 0);
  const n = nonZero.length;
  if (n === 0) return 1;
  const doubledRanks = doubledMeanRanks(nonZero.map(Math.abs));
  const total = doubledRanks.reduce((sum, rank) => sum + rank, 0);
  const positive = doubledRanks.reduce((sum, rank, i) => sum + (nonZero[i]! > 0 ? rank : 0), 0);
  const smaller = Math.min(positive, total - positive);
  if (n <= MAX_EXACT) return Math.min(1, 2 * shareAtMost(doubledRanks, total, smaller));
  const variance = doubledRanks.reduce((sum, rank) => sum + rank ** 2, 0) / 4;
  return twoSidedNormalP((smaller - total / 2) / Math.sqrt(variance));
}

/** Twice the rank of each value, ties sharing the mean; doubled, so that mean ranks are whole. */
function doubledMeanRanks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = values.map(() => 0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = start + 1 + end;
    start = end;
  }
  return ranks;
}

/** The share of all choices of signs for which the ranks with a plus sum up to at most the limit. */
function shareAtMost(ranks: readonly number[], total: number, limit: number): number {
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  for (const rank of ranks) {
    for (let sum = total; sum >= 0; sum--) {
      probability[sum] = (probability[sum]! + (sum >= rank ? probability[sum - rank]! : 0)) / 2;
    }
  }
  let share = 0;
  for (let sum = 0; sum <= limit; sum++) share += probability[sum]!;
  return share;
}
