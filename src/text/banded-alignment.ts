import type { Interned } from './interned.ts';
import { DELETE, INSERT, SUBSTITUTE, type Edits } from './edits.ts';

/** Above so many cells the rows of the cost table are recomputed from checkpoints rather than kept. */
const MAX_KEPT_CELLS = 1 << 21;

/** Diagonals (hypothesis index − reference index) on which an alignment may run. */
interface Band {
  readonly low: number;
  readonly width: number;
}

/**
 * The preferred alignment by the table of costs, on the diagonals that matter.
 *
 * Time grows with length × errors; memory with length × errors only up to a few million cells, beyond with its root.
 */
export function alignInBand(tokens: Interned): Edits {
  const n = tokens.reference.length - 1;
  const p = tokens.hypothesis.length - 1;
  const errorCost = Math.min(n, p) + 1;
  const total = totalCost(tokens, n, p, errorCost);
  const errors = Math.floor(total / errorCost);
  const band = bandFor(n, p, errors);
  const costAt = costTable(tokens, n, p, band, errorCost);
  const operations: number[] = [];
  let i = 0;
  let j = 0;
  while (i < n || j < p) {
    const at = j - i - band.low + 1;
    const cost = costAt(i, at);
    if (i < n && tokens.reference[i] === tokens.hypothesis[j]) {
      i++;
      j++;
    } else if (i < n && j < p && cost === costAt(i + 1, at) + errorCost + 1) {
      operations.push(SUBSTITUTE);
      i++;
      j++;
    } else if (i < n && cost === costAt(i + 1, at - 1) + errorCost) {
      operations.push(DELETE);
      i++;
    } else {
      operations.push(INSERT);
      j++;
    }
  }
  return { operations, substitutions: total - errors * errorCost };
}

function totalCost(tokens: Interned, n: number, p: number, errorCost: number): number {
  // Ukkonen (1985): an alignment with E errors stays within E diagonals, so guess E and double it until it fits.
  for (let guess = Math.abs(n - p) + Math.max(8, Math.min(n, p) >> 3); ; guess *= 2) {
    const band = bandFor(n, p, guess);
    const row = lastRow(n, p, band, errorCost);
    for (let i = n - 1; i >= 0; i--) fillRow(row, tokens, i, p, band, errorCost);
    const cost = row[1 - band.low]!;
    if (Math.floor(cost / errorCost) <= guess) return cost;
  }
}

function bandFor(n: number, p: number, errors: number): Band {
  const slack = Math.floor((errors - Math.abs(p - n)) / 2);
  const low = Math.max(-n, Math.min(0, p - n) - slack);
  const high = Math.min(p, Math.max(0, p - n) + slack);
  return { low, width: high - low + 1 };
}

/**
 * Row n of the table of costs to the end: only insertions are left.
 * Element 1 + (j − i − low) belongs to hypothesis index j; the outer two are out of the band for good.
 */
function lastRow(n: number, p: number, band: Band, errorCost: number): Float64Array {
  const row = new Float64Array(band.width + 2).fill(Infinity);
  for (let j = Math.max(0, n + band.low); j <= p; j++) row[j - n - band.low + 1] = (p - j) * errorCost;
  return row;
}

/**
 * Turns row i + 1 of the table into row i, in place. One number holds both aims: errors × errorCost + substitutions,
 * where errorCost exceeds any number of substitutions (fewest substitutions are most hits at equal errors).
 */
function fillRow(row: Float64Array, tokens: Interned, i: number, p: number, band: Band, errorCost: number): void {
  const { hypothesis } = tokens;
  const token = tokens.reference[i]!;
  const offset = i + band.low - 1;
  const first = Math.max(1, -offset);
  let after = Infinity;
  for (let at = Math.min(band.width, p - offset); at >= first; at--) {
    const paired = hypothesis[offset + at] === token ? row[at]! : row[at]! + errorCost + 1;
    const unpaired = (after < row[at - 1]! ? after : row[at - 1]!) + errorCost;
    after = paired < unpaired ? paired : unpaired;
    row[at] = after;
  }
}

/** The elements of a row that belong to hypothesis indices; a band may be much wider than there are of these. */
interface KeptRow {
  readonly start: number;
  readonly costs: Float64Array;
}

function keep(row: Float64Array, i: number, p: number, band: Band): KeptRow {
  const offset = i + band.low - 1;
  const start = Math.max(0, -offset);
  return { start, costs: row.slice(start, Math.min(band.width, p - offset) + 1) };
}

/** All costs of the table, for reading by rising rows: kept whole when small, otherwise recomputed by blocks. */
function costTable(
  tokens: Interned,
  n: number,
  p: number,
  band: Band,
  errorCost: number,
): (i: number, at: number) => number {
  const every = (n + 1) * Math.min(band.width, p + 1) <= MAX_KEPT_CELLS ? 1 : Math.ceil(Math.sqrt(n));
  const kept = new Map<number, KeptRow>();
  const row = lastRow(n, p, band, errorCost);
  kept.set(n, keep(row, n, p, band));
  for (let i = n - 1; i >= 0; i--) {
    fillRow(row, tokens, i, p, band, errorCost);
    if (i % every === 0) kept.set(i, keep(row, i, p, band));
  }
  let block = new Map<number, KeptRow>();
  const rowAt = (i: number): KeptRow => {
    const known = kept.get(i) ?? block.get(i);
    if (known !== undefined) return known;
    const end = Math.min(n, (Math.floor(i / every) + 1) * every);
    // The walk still stands on the row before, which the old block may hold.
    const previous = block.get(i - 1);
    block = new Map(previous === undefined ? [] : [[i - 1, previous]]);
    const working = row.fill(Infinity);
    working.set(kept.get(end)!.costs, kept.get(end)!.start);
    for (let k = end - 1; k >= i; k--) {
      fillRow(working, tokens, k, p, band, errorCost);
      block.set(k, keep(working, k, p, band));
    }
    return block.get(i)!;
  };
  return (i, at) => {
    const { start, costs } = rowAt(i);
    return costs[at - start] ?? Infinity;
  };
}
