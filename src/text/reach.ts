import type { Interned } from './interned.ts';

/** Above so many kept elements only every second, fourth … wave is kept, and the others are computed again. */
const MAX_KEPT = 1 << 23;

/** Above so many elements in all waves the table of costs, which costs length × errors, is no slower. */
const MAX_COMPUTED = 2 ** 31;

const UNREACHED = 1 << 30;

/** Unreached elements on each side of a wave, so that no neighbor of a diagonal needs a check. */
const PADDING = 2;

/** The rows from which the end of both lists is within a number of errors. */
export interface Wave {
  /** Element `diagonal − first`: the first such row (reference index) on a diagonal; later rows of it are so too. */
  readonly rows: Int32Array;
  readonly first: number;
}

export interface Reach {
  /** Fewest errors of an alignment. */
  readonly errors: number;
  /** The wave of a number of errors below {@link Reach.errors}, to be read in falling order. */
  readonly wave: (errors: number) => Wave;
}

/**
 * Finds how few errors lead from everywhere to the end, by diagonals (hypothesis index − reference index) rather than
 * by cells: costs errors², not length². Null where the errors are too many for that to pay.
 *
 * Source: Ukkonen (1985), "Algorithms for approximate string matching"; Myers (1986), "An O(ND) difference algorithm".
 */
export function reachOf(tokens: Interned): Reach | null {
  const n = tokens.reference.length - 1;
  const p = tokens.hypothesis.length - 1;
  const kept: Wave[] = [];
  let every = 1;
  let wave: Wave = { rows: new Int32Array(1 + 2 * PADDING).fill(UNREACHED), first: p - n - PADDING };
  wave.rows[PADDING] = slide(tokens, n, p - n);
  // Where one list is much longer than the other, the table has fewer cells than the waves have elements.
  const most = Math.min(MAX_COMPUTED, 2 * (n + 1) * (p + 1));
  let computed = 0;
  let errors = 0;
  while (wave.rows[-wave.first] !== 0) {
    if (errors % every === 0) kept.push(wave);
    computed += wave.rows.length;
    if (computed > most) return null;
    if (computed > MAX_KEPT * every) {
      every *= 2;
      for (let i = 1; 2 * i < kept.length; i++) kept[i] = kept[2 * i]!;
      kept.length = Math.ceil(kept.length / 2);
    }
    wave = nextWave(tokens, wave, ++errors);
  }
  let block: Wave[] = [];
  let blockStart = -1;
  return {
    errors,
    wave: (wanted) => {
      const start = Math.floor(wanted / every);
      if (start !== blockStart) {
        blockStart = start;
        block = [kept[start]!];
        for (let e = start * every + 1; e <= wanted; e++) block.push(nextWave(tokens, block.at(-1)!, e));
      }
      return block[wanted - start * every]!;
    },
  };
}

/** The wave of one error more. */
function nextWave(tokens: Interned, wave: Wave, errors: number): Wave {
  const n = tokens.reference.length - 1;
  const p = tokens.hypothesis.length - 1;
  const low = Math.max(-n, p - n - errors);
  const high = Math.min(p, p - n + errors);
  const first = low - PADDING;
  const rows = new Int32Array(high - low + 1 + 2 * PADDING).fill(UNREACHED);
  const shift = first - wave.first;
  const before = wave.rows;
  const reached = rows.length - PADDING;
  for (let at = PADDING; at < reached; at++) {
    const from = at + shift;
    const left = before[from - 1]!;
    const right = before[from + 1]!;
    const same = before[from]!;
    const paired = (same < left ? same : left) - 1;
    rows[at] = slide(tokens, paired < right ? paired : right, at + first);
  }
  return { rows, first };
}

/** The first row of the run of equal tokens that ends before a row of a diagonal. */
function slide({ reference, hypothesis }: Interned, row: number, diagonal: number): number {
  const top = diagonal < 0 ? -diagonal : 0;
  let i = row < top ? top : row;
  while (i > top && reference[i - 1] === hypothesis[i - 1 + diagonal]) i--;
  return i;
}
