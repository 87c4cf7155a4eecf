/** Where a search for the most streams that fit begins, and the most that it tries. */
export interface LevelSearch {
  readonly from: number;
  readonly most: number;
}

/** A difference below so many parts of the answer is less than what percentiles of two runs differ by. */
const RESOLUTION = 16;

/**
 * The next number of streams to try: doubling or halving until some fit and some do not, then bisection, until what is
 * left between is a sixteenth.
 *
 * @param tried whether each number that was tried fits.
 * @returns `null` when there is nothing left to find out.
 */
export function nextLevel(tried: ReadonlyMap<number, boolean>, { from, most }: LevelSearch): number | null {
  const fitting = Math.max(0, ...[...tried].filter(([, fits]) => fits).map(([streams]) => streams));
  const failing = Math.min(Infinity, ...[...tried].filter(([, fits]) => !fits).map(([streams]) => streams));
  if (tried.size === 0) return Math.min(from, most);
  if (failing === Infinity) return fitting >= most ? null : Math.min(2 * fitting, most);
  if (fitting === 0) return failing === 1 ? null : failing >> 1;
  const left = failing - fitting;
  return left <= Math.max(1, Math.floor(fitting / RESOLUTION)) ? null : fitting + (left >> 1);
}
