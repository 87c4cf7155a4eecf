import type { ChangePoint } from './change-point.ts';
import { seededRandom, type Random } from './random.ts';

const DRAWS = 4_999;

/** One utterance over a series of runs. */
export interface FollowedUtterance {
  /** Such as its speaker: 0 … blocks − 1. */
  readonly block: number;
  /** Its errors in each run, oldest first; `null` where a run has no answer. */
  readonly errors: readonly (number | null)[];
}

/**
 * The likeliest change of level in the errors that the same utterances met in a series of runs: the split with the
 * largest CUSUM, √(k (n − k) ÷ n) · |mean after − mean before|, summed over the utterances.
 *
 * Its p-value is the larger of two, both of the studentized sum at the split with the largest one, chosen anew in each
 * draw, so that it needs no adjustment for the number of runs:
 * - over blocks, against sums in random directions (rotation test; Langsrud, Statistics and Computing 15, 2005). With one
 *   split that is Student's test; unlike swaps of signs it can be small with few blocks.
 * - over utterances, against random signs, since whole numbers of errors in few clips can agree by chance as no normal
 *   distribution would.
 *
 * `null` with fewer than two blocks or two runs, and where nothing changed.
 */
export function pairedChangePoint(
  utterances: readonly FollowedUtterance[],
  seed: number,
  draws = DRAWS,
): ChangePoint | null {
  const runs = utterances[0]?.errors.length ?? 0;
  const blocks = 1 + utterances.reduce((most, { block }) => Math.max(most, block), -1);
  if (blocks < 2 || runs < 2) return null;
  const cusums = utterances.map(({ errors }) => cusumsOf(errors));
  const byBlock = Array.from({ length: blocks }, () => new Array<number>(runs - 1).fill(0));
  for (const [i, row] of cusums.entries()) {
    for (const [split, value] of row.entries()) byBlock[utterances[i]!.block]![split]! += value;
  }
  const totals = byBlock.reduce((sums, row) => sums.map((sum, split) => sum + row[split]!));
  const best = totals.reduce((at, total, split) => (Math.abs(total) > Math.abs(totals[at]!) ? split : at), 0);
  if (totals[best] === 0) return null;
  const random = seededRandom(seed);
  const changed = cusums.filter((row) => row.some((value) => value !== 0));
  return {
    index: best + 1,
    p: Math.max(
      largestSumP(byBlock, draws, () => randomDirection(blocks, random)),
      largestSumP(changed, draws, () => randomSigns(changed.length, random)),
    ),
  };
}

/** Of one utterance, after each run but the last; 0 where one side has no answer. */
function cusumsOf(errors: readonly (number | null)[]): number[] {
  const known = errors.filter((value) => value !== null);
  const total = known.reduce((sum, value) => sum + value, 0);
  let [count, sum] = [0, 0];
  return errors.slice(0, -1).map((value) => {
    if (value !== null) [count, sum] = [count + 1, sum + value];
    const rest = known.length - count;
    return count === 0 || rest === 0
      ? 0
      : Math.sqrt((count * rest) / known.length) * ((total - sum) / rest - sum / count);
  });
}

/**
 * The share of random weightings of the rows that give, by the same choice of the column with the largest sum, a
 * studentized sum at least as large as that of equal weights, the observed one counted among them.
 *
 * @param weights of length 1, as equal ones of 1 ÷ √rows are.
 */
function largestSumP(rows: readonly (readonly number[])[], draws: number, weights: () => Float64Array): number {
  const columns = rows[0]!.flatMap((_, column) => {
    const values = Float64Array.from(rows, (row) => row[column]!);
    const norm = Math.hypot(...values);
    return norm === 0 ? [] : [{ values, norm }];
  });
  const studentized = (weighting: Float64Array): number => {
    let best = { sum: -1, norm: 1 };
    for (const { values, norm } of columns) {
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += values[i]! * weighting[i]!;
      if (Math.abs(sum) > best.sum) best = { sum: Math.abs(sum), norm };
    }
    return best.sum / best.norm;
  };
  const observed = studentized(new Float64Array(rows.length).fill(1 / Math.sqrt(rows.length)));
  let asLarge = 1;
  for (let draw = 0; draw < draws; draw++) if (studentized(weights()) >= observed - 1e-12) asLarge++;
  return asLarge / (draws + 1);
}

/** A point of the unit sphere, every one equally likely. */
function randomDirection(dimensions: number, random: Random): Float64Array {
  const uniform = (): number => (random() + 0.5) / 2 ** 32;
  // Box and Muller's normal deviates.
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const point = Float64Array.from({ length: dimensions }, normal);
  const length = Math.hypot(...point);
  return point.map((value) => value / length);
}

/** As long as a direction, so that both are held against the same sum. */
function randomSigns(dimensions: number, random: Random): Float64Array {
  const size = 1 / Math.sqrt(dimensions);
  let bits = 0;
  return Float64Array.from({ length: dimensions }, (_, i) => {
    if (i % 32 === 0) bits = random();
    const isPositive = (bits & 1) === 1;
    bits >>>= 1;
    return isPositive ? size : -size;
  });
}
