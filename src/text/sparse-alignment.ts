import { DELETE, INSERT, SUBSTITUTE, type Edits } from './edits.ts';
import type { Interned } from './interned.ts';
import { reachOf, type Reach, type Wave } from './reach.ts';

/** Above so many places the table of costs needs less memory. */
const MAX_PLACES = 1 << 22;

/** No such step leads to the end with fewest errors. */
const NOWHERE = -1;

const OPERATIONS = [SUBSTITUTE, DELETE, INSERT] as const;
/** By how much each kind of edit changes the row (reference index) and the diagonal (hypothesis index less row). */
const ROWS = [1, 1, 0] as const;
const DIAGONALS = [0, -1, 1] as const;

/** Where alignments with fewest errors make errors; the last is the end. Each list has one element per place. */
interface Places {
  readonly rows: number[];
  readonly diagonals: number[];
  /** Per operation, the place to which it leads, or {@link NOWHERE}. */
  readonly next: readonly [number[], number[], number[]];
}

/**
 * The preferred alignment by way of the places that lie on alignments with fewest errors, and of those only where
 * tokens differ: pairing equal tokens where they meet is never worse in errors or hits (an exchange argument).
 * Null where there are too many.
 */
export function alignSparsely(tokens: Interned): Edits | null {
  const reach = reachOf(tokens);
  const places = reach && placesOf(tokens, reach);
  if (!places) return null;
  const { next } = places;
  const substitutions = new Int32Array(places.rows.length);
  const choices = new Uint8Array(places.rows.length);
  for (let at = places.rows.length - 2; at >= 0; at--) {
    let fewest = Infinity;
    for (const operation of OPERATIONS) {
      const to = next[operation][at]!;
      if (to === NOWHERE) continue;
      const count = substitutions[to]! + (operation === SUBSTITUTE ? 1 : 0);
      if (count >= fewest) continue;
      fewest = count;
      choices[at] = operation;
    }
    substitutions[at] = fewest;
  }
  const operations: number[] = [];
  for (let at = 0; operations.length < reach.errors;) {
    const operation = choices[at] as (typeof OPERATIONS)[number];
    operations.push(operation);
    at = next[operation][at]!;
  }
  return { operations, substitutions: substitutions[0]! };
}

/** Follows all alignments with fewest errors at once, from the front, one error after the other. */
function placesOf(tokens: Interned, reach: Reach): Places | null {
  const places: Places = { rows: [afterHits(tokens, 0, 0)], diagonals: [0], next: [[], [], []] };
  let from = 0;
  for (let errors = reach.errors - 1; errors >= 0; errors--) {
    const end = places.rows.length;
    if (end > MAX_PLACES) return null;
    addPlaces(places, from, end, tokens, reach.wave(errors));
    from = end;
  }
  return places;
}

/** Adds the places one error after those from an index up to another. */
function addPlaces({ rows, diagonals, next }: Places, from: number, end: number, tokens: Interned, wave: Wave): void {
  const n = tokens.reference.length - 1;
  const p = tokens.hypothesis.length - 1;
  for (const list of next) for (let place = from; place < end; place++) list.push(NOWHERE);
  // Places rise by diagonal, then row, and so do those to which one kind of edit leads: merge the three lists.
  const cursors = [from, from, from];
  const keys = [0, 0, 0];
  const seek = (operation: number): void => {
    let place = cursors[operation]!;
    let key = Infinity;
    for (; place < end; place++) {
      const row = rows[place]! + ROWS[operation]!;
      const diagonal = diagonals[place]! + DIAGONALS[operation]!;
      if (row > n || row + diagonal > p || wave.rows[diagonal - wave.first]! > row) continue;
      key = diagonal * (n + 1) + row;
      break;
    }
    cursors[operation] = place;
    keys[operation] = key;
  };
  for (const operation of OPERATIONS) seek(operation);
  let lastRow = -1;
  let lastDiagonal = NaN;
  for (;;) {
    let operation: (typeof OPERATIONS)[number] = keys[DELETE]! < keys[SUBSTITUTE]! ? DELETE : SUBSTITUTE;
    if (keys[INSERT]! < keys[operation]!) operation = INSERT;
    if (keys[operation] === Infinity) return;
    const place = cursors[operation]!++;
    const row = rows[place]! + ROWS[operation];
    const diagonal = diagonals[place]! + DIAGONALS[operation];
    // Hits that start between the start and the end of the last hits of the diagonal end where those do.
    if (diagonal !== lastDiagonal || row > lastRow) {
      lastRow = afterHits(tokens, row, diagonal);
      lastDiagonal = diagonal;
      rows.push(lastRow);
      diagonals.push(diagonal);
    }
    next[operation][place] = rows.length - 1;
    seek(operation);
  }
}

/** The first row from a place on where the tokens differ. */
function afterHits({ reference, hypothesis }: Interned, row: number, diagonal: number): number {
  let i = row;
  while (reference[i] === hypothesis[i + diagonal]) i++;
  return i;
}
