import type { Interval, IntervalMethod } from '../types.ts';
import type { Blocks } from './blocks.ts';
import { normalQuantile, twoSidedNormalP } from './normal.ts';
import { quantile } from './quantiles.ts';
import { below, seededRandom } from './random.ts';
import { studentQuantile } from './student.ts';

/** Replicates of a bootstrap; Bisani & Ney (ICASSP 2004) use as many. */
export const REPLICATES = 10_000;

/** Sums of several quantities in each replicate. */
export interface Resampled {
  readonly replicates: number;
  readonly blocks: number;
  /** One array per quantity, one element per block. */
  readonly blockSums: readonly Float64Array[];
  /** One array per quantity, one element per replicate. */
  readonly sums: readonly Float64Array[];
}

/**
 * Block bootstrap of sums: draws as many blocks as there are, with replacement, and sums each quantity over them.
 * All quantities of a replicate come from the same draw, so ratios and differences of them are resampled jointly.
 *
 * @param quantities per quantity, one addend per record.
 */
export function resampleSums(
  quantities: readonly ArrayLike<number>[],
  blocks: Blocks,
  seed: number,
  replicates = REPLICATES,
): Resampled {
  const count = blocks.count;
  const blockSums = quantities.map((addends) => {
    const totals = new Float64Array(count);
    for (let i = 0; i < addends.length; i++) totals[blocks.blockOf[i]!]! += addends[i]!;
    return totals;
  });
  const sums = quantities.map(() => new Float64Array(replicates));
  const random = seededRandom(seed);
  const drawn = new Float64Array(count);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0);
    for (let i = 0; i < count; i++) drawn[below(random, count)]!++;
    for (let q = 0; q < blockSums.length; q++) sums[q]![replicate] = dot(drawn, blockSums[q]!);
  }
  return { replicates, blocks: count, blockSums, sums };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** An interval of a function of resampled sums; `null` where the function is undefined in too many replicates. */
export type ResampledInterval = (
  resampled: Resampled,
  value: (sums: readonly number[]) => number | null,
  level?: number,
) => Interval | null;

/**
 * The expanded percentile interval of a function of resampled sums: percentiles are taken farther out as blocks get
 * fewer, as far as Student's t lies beyond the normal and the resampled variance, (B − 1) ÷ B of the true one, falls
 * short (Hesterberg, The American Statistician 69, 2015, §4.3). Replicates in which the function is undefined (no
 * reference words drawn) are left out; with more than one in twenty of them the interval is `null`.
 */
export function percentileInterval(
  resampled: Resampled,
  value: (sums: readonly number[]) => number | null,
  level = 0.95,
): Interval | null {
  return expandedInterval(replicateValues(resampled, value), resampled.replicates, resampled.blocks, level);
}

/** The function in each replicate in which it is defined. */
function replicateValues(resampled: Resampled, value: (sums: readonly number[]) => number | null): Float64Array {
  const values = new Float64Array(resampled.replicates);
  const sums: number[] = resampled.sums.map(() => 0);
  let defined = 0;
  for (let replicate = 0; replicate < resampled.replicates; replicate++) {
    for (let q = 0; q < sums.length; q++) sums[q] = resampled.sums[q]![replicate]!;
    const result = value(sums);
    if (result !== null) values[defined++] = result;
  }
  return values.subarray(0, defined);
}

/**
 * The BCa interval (bias-corrected and accelerated; Efron, JASA 82, 1987) of a function of resampled sums: percentiles
 * shifted by how far the replicates' median lies from the value, and by how its spread grows with it, which leaving out
 * one block at a time shows. `null` as for {@link percentileInterval}, and where leaving one block out leaves nothing.
 */
export function bcaInterval(
  resampled: Resampled,
  value: (sums: readonly number[]) => number | null,
  level = 0.95,
): Interval | null {
  const sorted = replicateValues(resampled, value).sort();
  const totals = resampled.blockSums.map((sums) => sums.reduce((total, sum) => total + sum, 0));
  const whole = value(totals);
  if (whole === null || resampled.blocks < 2 || sorted.length < 0.95 * resampled.replicates) return null;
  const without = Array.from({ length: resampled.blocks }, (_, block) =>
    value(totals.map((total, q) => total - resampled.blockSums[q]![block]!)),
  ).filter((left) => left !== null);
  if (without.length < resampled.blocks) return null;
  const below = sorted.reduce((count, one) => count + (one < whole ? 1 : one === whole ? 0.5 : 0), 0) / sorted.length;
  if (below === 0 || below === 1) return { low: sorted[0]!, high: sorted.at(-1)!, level };
  const bias = normalQuantile(below);
  const acceleration = accelerationOf(without);
  const share = (z: number): number => {
    const shifted = bias + (bias + z) / (1 - acceleration * (bias + z));
    return shifted < 0 ? twoSidedNormalP(shifted) / 2 : 1 - twoSidedNormalP(shifted) / 2;
  };
  const z = normalQuantile((1 + level) / 2);
  return { low: quantile(sorted, share(-z))!, high: quantile(sorted, share(z))!, level };
}

/** A sixth of the skewness of a statistic, from its values without one block each. */
function accelerationOf(without: readonly number[]): number {
  const mean = without.reduce((sum, one) => sum + one, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const one of without) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** The intervals of error rates that a user may choose among. */
export const intervalMethods: Readonly<Record<IntervalMethod, ResampledInterval>> = {
  percentile: percentileInterval,
  bca: bcaInterval,
};

/**
 * The 95 % interval of Σ numerators ÷ Σ denominators; `null` with fewer than two blocks, and where none differs from
 * another, since resampling then has nothing to say of the next block.
 *
 * @param numerators one per record, as are the denominators.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  blocks: Blocks,
  seed: number,
  replicates: number,
): Interval | null {
  if (blocks.count < 2) return null;
  const resampled = resampleSums([numerators, denominators], blocks, seed, replicates);
  const interval = percentileInterval(resampled, ([over = 0, under = 0]) => (under === 0 ? null : over / under));
  return interval !== null && interval.low < interval.high ? interval : null;
}

function expandedInterval(values: Float64Array, replicates: number, blocks: number, level: number): Interval | null {
  if (values.length < 0.95 * replicates || blocks < 2) return null;
  const sorted = values.sort();
  const spread = studentQuantile(1 - level, blocks - 1) * Math.sqrt(blocks / (blocks - 1));
  const tail = twoSidedNormalP(spread) / 2;
  return { low: quantile(sorted, tail)!, high: quantile(sorted, 1 - tail)!, level };
}

/**
 * The expanded percentile interval of a quantile of values of which several belong to one record: blocks are drawn as in
 * {@link resampleSums}, and the type-7 quantile is taken over all values of the drawn blocks.
 *
 * @param samples per record, its values.
 */
export function quantileBlockInterval(
  samples: readonly (readonly number[])[],
  q: number,
  blocks: Blocks,
  seed: number,
  { replicates = 1_000, level = 0.95 } = {},
): Interval | null {
  const pairs = samples
    .flatMap((values, record) => values.map((value) => ({ value, block: blocks.blockOf[record]! })))
    .sort((a, b) => a.value - b.value);
  const values = Float64Array.from(pairs, (pair) => pair.value);
  const blockOf = Int32Array.from(pairs, (pair) => pair.block);
  const random = seededRandom(seed);
  const drawn = new Int32Array(blocks.count);
  const samplesOf = new Int32Array(blocks.count);
  for (const block of blockOf) samplesOf[block]!++;
  const quantiles = new Float64Array(replicates);
  let defined = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0);
    let total = 0;
    for (let i = 0; i < blocks.count; i++) {
      const block = below(random, blocks.count);
      drawn[block]!++;
      total += samplesOf[block]!;
    }
    const value = repeatedQuantile(values, blockOf, drawn, total, q);
    if (value !== null) quantiles[defined++] = value;
  }
  return expandedInterval(quantiles.subarray(0, defined), replicates, blocks.count, level);
}

/** The type-7 quantile of sorted values, each standing as often as its block was drawn, `total` of them together. */
export function repeatedQuantile(
  values: Float64Array,
  blockOf: Int32Array,
  drawn: Int32Array,
  total: number,
  q: number,
): number | null {
  if (total === 0) return null;
  const position = (total - 1) * q;
  const lower = Math.floor(position);
  const upper = Math.min(lower + 1, total - 1);
  let passed = 0;
  let i = 0;
  while ((passed += drawn[blockOf[i]!]!) <= lower) i++;
  const low = values[i]!;
  while (passed <= upper) passed += drawn[blockOf[++i]!]!;
  return low + (values[i]! - low) * (position - lower);
}
