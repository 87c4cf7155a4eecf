import type { Interval } from '../types.ts';
import type { Blocks } from './blocks.ts';
import { twoSidedNormalP } from './normal.ts';
import { quantile } from './quantiles.ts';
import { below, seededRandom } from './random.ts';
import { studentQuantile } from './student.ts';

/** Replicates of a bootstrap; Bisani & Ney (ICASSP 2004) use as many. */
export const REPLICATES = 10_000;

/** Sums of several quantities in each replicate. */
export interface Resampled {
  readonly replicates: number;
  readonly blocks: number;
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
  const byBlock = quantities.map((addends) => {
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
    for (let q = 0; q < byBlock.length; q++) sums[q]![replicate] = dot(drawn, byBlock[q]!);
  }
  return { replicates, blocks: count, sums };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

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
  const values = new Float64Array(resampled.replicates);
  const sums: number[] = resampled.sums.map(() => 0);
  let defined = 0;
  for (let replicate = 0; replicate < resampled.replicates; replicate++) {
    for (let q = 0; q < sums.length; q++) sums[q] = resampled.sums[q]![replicate]!;
    const result = value(sums);
    if (result !== null) values[defined++] = result;
  }
  return expandedInterval(values.subarray(0, defined), resampled.replicates, resampled.blocks, level);
}

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
