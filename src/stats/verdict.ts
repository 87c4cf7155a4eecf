import type { Interval } from '../types.ts';
import type { PairedDifference } from './paired-difference.ts';
import { Z_POWER } from './sample-size.ts';

/**
 * What a paired difference of error rates says, given a margin δ below which differences do not matter.
 * `worse` means: by more than the margin; `worse-size-unclear`: worse, perhaps by less than the margin.
 */
export type VerdictKind = 'better' | 'equivalent' | 'not-worse' | 'worse' | 'worse-size-unclear' | 'cannot-tell';

/** A difference, candidate − baseline, in fractions of the reference. */
export interface Difference {
  readonly value: number;
  /** 95 %, for whether there is a difference. */
  readonly interval95: Interval;
  /** 90 %, for how it lies to the margin: two one-sided tests at 5 %. */
  readonly interval90: Interval;
}

/**
 * The verdict on a difference, the first that holds of: the 90 % interval above δ is `worse`; within ±δ `equivalent`,
 * though zero be excluded; the 95 % interval below zero `better`; the 90 % interval below δ `not-worse`; the 95 %
 * interval above zero `worse-size-unclear`; else `cannot-tell`.
 *
 * @param margin δ ≥ 0, a fraction.
 */
export function verdictOn({ interval95, interval90 }: Difference, margin: number): VerdictKind {
  if (interval90.low > margin) return 'worse';
  if (-margin <= interval90.low && interval90.high <= margin) return 'equivalent';
  if (interval95.high < 0) return 'better';
  if (interval90.high < margin) return 'not-worse';
  if (interval95.low > 0) return 'worse-size-unclear';
  return 'cannot-tell';
}

const Z_ONE_SIDED = 1.644854;

/** Beyond so many times the sample, more of it is no advice. */
const HOPELESS = 1_000;

/**
 * How many times the present sample would tell with 80 % power how the difference lies to the margin or to zero, if
 * it is as estimated: its interval has to shrink until it clears the boundary that is farthest away; where nothing
 * differs, its bound has to, which shrinks as the sample grows. `null` when the difference sits so close to the margin that
 * no reasonable sample would do.
 */
export function sampleFactorToTell(
  { difference: { value, interval90 }, standardError }: Pick<PairedDifference, 'difference' | 'standardError'>,
  margin: number,
): number | null {
  const distance = Math.max(Math.abs(margin - value), -value);
  const factor =
    standardError === 0 ? interval90.high / margin : (((Z_ONE_SIDED + Z_POWER) * standardError) / distance) ** 2;
  return factor > HOPELESS || Number.isNaN(factor) ? null : Math.max(1, factor);
}
