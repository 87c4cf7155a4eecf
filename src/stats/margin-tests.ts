import type { Blocks } from './blocks.ts';
import { FEWEST_FOR_PERCENTILES, type PairedDifference } from './paired-difference.ts';
import { DEFAULT_DESIGN } from './sample-size.ts';
import { normalQuantile } from './normal.ts';
import { twoSidedStudentP } from './student.ts';

/** With fewer replicates beyond the margin their share says little more than that it is small. */
const FEWEST_BEYOND = 10;

/** One-sided p-values of a paired difference against the margin δ. */
export interface MarginTests {
  /** Of “worse by δ or more”: a small one shows that the candidate is not worse by the margin. */
  readonly notWorse: number;
  /** Of “worse by δ at most”: a small one shows that it is worse by more. */
  readonly worse: number;
}

/**
 * Tests a difference against the margin by inverting its interval, so that without adjustment p < 5 % says the same as
 * a 90 % interval on one side of δ. Where nothing shows the candidate to be better, `notWorse` is at least the chance
 * that none of so many words would differ if a share δ of all did, (1 − δ)^(words ÷ design effect): a handful of alike
 * transcripts has no spread to resample and would else pass for proof.
 *
 * @param words of the references of all pairs.
 */
export function marginTests(paired: PairedDifference, blocks: Blocks, words: number, margin: number): MarginTests {
  const below = tailP(paired, blocks, margin, (rate) => rate >= margin);
  const above = tailP(paired, blocks, margin, (rate) => rate <= margin);
  const isBetter = paired.difference.interval95.high < 0;
  const chanceOfNoneDiffering = (1 - margin) ** (words / DEFAULT_DESIGN.designEffect);
  return { notWorse: isBetter ? below : Math.max(below, chanceOfNoneDiffering), worse: above };
}

function tailP(
  { replicateRates, difference, standardError }: PairedDifference,
  blocks: Blocks,
  margin: number,
  isBeyond: (rate: number) => boolean,
): number {
  const freedom = blocks.count - 1;
  if (standardError === 0) return isBeyond(difference.value) ? 1 : 0;
  const distance = Math.abs(margin - difference.value) / standardError;
  const ofDistance = upperStudentP(isBeyond(difference.value) ? -distance : distance, freedom);
  if (blocks.count < FEWEST_FOR_PERCENTILES) return ofDistance;
  let beyond = 0;
  for (const rate of replicateRates) if (isBeyond(rate)) beyond++;
  const share = (beyond + 1) / (replicateRates.length + 2);
  // The expanded interval, read backwards; see `percentileInterval`.
  const ofShare = upperStudentP(-normalQuantile(share) * Math.sqrt(freedom / blocks.count), freedom);
  return beyond < FEWEST_BEYOND ? Math.min(ofShare, ofDistance) : ofShare;
}

/** P(T > t). */
function upperStudentP(t: number, degreesOfFreedom: number): number {
  const tail = twoSidedStudentP(Math.abs(t), degreesOfFreedom) / 2;
  return t >= 0 ? tail : 1 - tail;
}
