import type { Blocks } from './blocks.ts';
import { percentileInterval, resampleSums } from './bootstrap.ts';
import type { Difference } from './verdict.ts';

/** A difference with what the same replicates tell about it. */
export interface PairedDifference {
  readonly difference: Difference;
  readonly standardError: number;
  /** Share of the replicates in which the candidate's rate is lower, ties counted half. */
  readonly improvementProbability: number;
}

/**
 * The difference of two error rates over the same reference tokens, with intervals from one block bootstrap: both
 * systems are drawn together, so what they have in common cancels (Bisani & Ney, ICASSP 2004). `null` with fewer than
 * two blocks or without tokens.
 *
 * @param differences per utterance, errors of the candidate − errors of the baseline.
 * @param tokens per utterance, the length of the reference.
 */
export function pairedDifference(
  differences: readonly number[],
  tokens: readonly number[],
  blocks: Blocks,
  seed: number,
): PairedDifference | null {
  const rate = ([errors = 0, length = 0]: readonly number[]): number | null => (length === 0 ? null : errors / length);
  const value = rate([sum(differences), sum(tokens)]);
  if (value === null || blocks.count < 2) return null;
  const resampled = resampleSums([differences, tokens], blocks, seed);
  const interval95 = percentileInterval(resampled, rate, 0.95);
  const interval90 = percentileInterval(resampled, rate, 0.9);
  if (interval95 === null || interval90 === null) return null;
  const replicates = Array.from(resampled.sums[0]!, (errors, i) => rate([errors, resampled.sums[1]![i]!]) ?? value);
  const variance = sum(replicates.map((replicate) => (replicate - value) ** 2)) / replicates.length;
  const improved = sum(replicates.map((replicate) => (replicate < 0 ? 1 : replicate === 0 ? 0.5 : 0)));
  return {
    difference: { value, interval95, interval90 },
    standardError: Math.sqrt(variance),
    improvementProbability: improved / replicates.length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
