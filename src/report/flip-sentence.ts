import type { RankFlip } from '../analysis/analysis.ts';
import type { CellNamer } from '../charts/cell-names.ts';

const CAUSES = 3;

/** Such as `de-DE · high is 0.40 points better than de-DE · full under earshot, 0.90 points worse under raw: number-words −1.1`. */
export function flipSentence(
  { better, worse, preset, difference, presetDifference, causes }: RankFlip,
  normalizer: string,
  namer: CellNamer,
): string {
  const points = (value: number): string => `${(value * 100).toFixed(2)} points`;
  const shifts = causes
    .slice(0, CAUSES)
    .map(({ rule, shift }) => `${rule} ${signedPoints(shift)}`)
    .join(', ');
  return (
    `${namer.cell(better)} is ${points(difference)} better than ${namer.cell(worse)} under ${normalizer}, ` +
    `${points(-presetDifference)} worse under ${preset}: ${shifts}`
  );
}

/** A difference of rates in percentage points with two decimals, since one rule seldom makes a tenth. */
export function signedPoints(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(2)}`;
}
