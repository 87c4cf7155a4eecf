import { seededRandom } from './random.ts';
import { shuffle } from './shuffle.ts';

const PERMUTATIONS = 1_999;

/** What is not found at this level is not looked into. */
const ALPHA = 0.05;

/** Where a series of numbers changes its level. */
export interface ChangePoint {
  /** The first number of the new level. */
  readonly index: number;
  readonly p: number;
}

/** What was found in a series. */
export interface Segmented {
  /** Of the likeliest change in the whole series; `null` where none can be looked for. */
  readonly p: number | null;
  /** Those with p below 5 %, in order; one within a part has at least twice its own p-value, as there are two parts. */
  readonly changes: readonly ChangePoint[];
}

/**
 * Looks for a change of level in a series, then on either side of each that was found (binary segmentation; Scott & Knott,
 * Biometrics 30, 1974).
 *
 * @param find the likeliest change among the numbers from `start` to before `end`, its index counted from `start`.
 */
export function segment(
  start: number,
  end: number,
  find: (start: number, end: number) => ChangePoint | null,
): Segmented {
  const within = (from: number, to: number, parts: number): Segmented => {
    const found = find(from, to);
    if (found === null) return { p: null, changes: [] };
    const here = { index: from + found.index, p: Math.min(1, parts * found.p) };
    if (here.p >= ALPHA) return { p: here.p, changes: [] };
    const [before, after] = [within(from, here.index, 2), within(here.index, to, 2)];
    return { p: here.p, changes: [...before.changes, here, ...after.changes] };
  };
  return within(start, end, 1);
}

/**
 * The likeliest change of level in a short series: the split at which the means before and after lie farthest apart in
 * the CUSUM's scale, √(k (n − k) ÷ n) · |difference|. Its p-value is the share of random orders of the same numbers with
 * a split as far apart, so that no distribution is assumed; of few numbers it cannot be small. `null` below three.
 */
export function changePoint(values: readonly number[], seed: number): ChangePoint | null {
  if (values.length < 3) return null;
  const observed = farthestSplit(values);
  const random = seededRandom(seed);
  let asFar = 1;
  for (let i = 0; i < PERMUTATIONS; i++) {
    if (farthestSplit(shuffle(values, random)).distance >= observed.distance - 1e-12) asFar++;
  }
  return { index: observed.index, p: asFar / (PERMUTATIONS + 1) };
}

function farthestSplit(values: readonly number[]): { readonly index: number; readonly distance: number } {
  const n = values.length;
  const total = values.reduce((sum, value) => sum + value, 0);
  let best = { index: 1, distance: -1 };
  let before = 0;
  for (let k = 1; k < n; k++) {
    before += values[k - 1]!;
    const distance = Math.sqrt((k * (n - k)) / n) * Math.abs(before / k - (total - before) / (n - k));
    if (distance > best.distance) best = { index: k, distance };
  }
  return best;
}
