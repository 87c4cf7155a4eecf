import type { Interval } from '../types.ts';
import type { Blocks } from './blocks.ts';
import { percentileInterval, REPLICATES, resampleSums } from './bootstrap.ts';
import { DEFAULT_DESIGN } from './sample-size.ts';
import { studentQuantile } from './student.ts';
import type { Difference } from './verdict.ts';
import { sum } from './sum.ts';

/** With fewer blocks no replicate lies as far out as the interval should reach; then it is Student's. */
export const FEWEST_FOR_PERCENTILES = 6;

/** A difference with what the same replicates tell about it. */
export interface PairedDifference {
  readonly difference: Difference;
  /** 0 where no block differs: the intervals are then bounds, and not from resampling. */
  readonly standardError: number;
  /** The difference in each replicate. */
  readonly replicateRates: readonly number[];
  /** Share of the replicates in which the candidate's rate is lower, ties counted half. */
  readonly improvementProbability: number;
}

/**
 * The difference of two error rates over the same reference tokens, with intervals from one block bootstrap: both
 * systems are drawn together, so what they have in common cancels (Bisani & Ney, ICASSP 2004). `null` with fewer than
 * two blocks or without tokens. Where no block differs there is no spread to resample, and a handful of alike transcripts
 * would pass for proof: each side is then bounded by the share of words that differ of which none would be seen with just
 * the chance that the level leaves to a side, −ln α × design effect ÷ words (the rule of three). Words, also where tokens
 * are characters: those of one word are wrong together.
 *
 * @param differences per utterance, errors of the candidate − errors of the baseline.
 * @param tokens per utterance, the length of the reference.
 * @param options how many replicates, and how many words the references have, if tokens are not words.
 */
export function pairedDifference(
  differences: readonly number[],
  tokens: readonly number[],
  blocks: Blocks,
  seed: number,
  options: { readonly replicates?: number; readonly words?: number } = {},
): PairedDifference | null {
  const rate = ([errors = 0, length = 0]: readonly number[]): number | null => (length === 0 ? null : errors / length);
  const total = sum(tokens);
  const { replicates = REPLICATES, words = total } = options;
  const value = rate([sum(differences), total]);
  if (value === null || blocks.count < 2) return null;
  const resampled = resampleSums([differences, tokens], blocks, seed, replicates);
  const rates = Array.from(resampled.sums[0]!, (errors, i) => rate([errors, resampled.sums[1]![i]!]) ?? value);
  const variance = sum(rates.map((replicate) => (replicate - value) ** 2)) / rates.length;
  // Resampling B blocks shows (B − 1) ÷ B of their variance.
  const standardError = Math.sqrt((variance * blocks.count) / (blocks.count - 1));
  const improved = sum(rates.map((replicate) => (replicate < 0 ? 1 : replicate === 0 ? 0.5 : 0)));
  const intervalAt = (level: number): Interval | null => {
    if (value === 0 && standardError === 0) {
      const bound = Math.min(1, (-Math.log((1 - level) / 2) * DEFAULT_DESIGN.designEffect) / words);
      return { low: -bound, high: bound, level };
    }
    if (blocks.count >= FEWEST_FOR_PERCENTILES) return percentileInterval(resampled, rate, level);
    const half = studentQuantile(1 - level, blocks.count - 1) * standardError;
    return { low: value - half, high: value + half, level };
  };
  const [interval95, interval90] = [intervalAt(0.95), intervalAt(0.9)];
  if (interval95 === null || interval90 === null) return null;
  return {
    difference: { value, interval95, interval90 },
    standardError,
    replicateRates: rates,
    improvementProbability: improved / rates.length,
  };
}
