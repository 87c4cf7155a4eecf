import type { AlignmentStep, ErrorCounts } from '../types.ts';

/** Above so many cells the rows of the cost table are recomputed from checkpoints rather than kept. */
const MAX_KEPT_CELLS = 1 << 21;

/** Stands behind the last hypothesis token, equal to no token. */
const END = -1;

/** Token lists as integers: equal tokens have equal numbers. */
interface Interned {
  readonly reference: Int32Array;
  /** One element longer than the hypothesis: {@link END} closes it. */
  readonly hypothesis: Int32Array;
}

/** Diagonals (hypothesis index − reference index) on which an alignment may run. */
interface Band {
  readonly low: number;
  readonly width: number;
}

/**
 * Counts the errors of a best alignment without building it: fewest errors, among these most hits.
 *
 * These two determine the split: with N reference and P hypothesis tokens, E errors and H hits, substitutions are
 * N + P − 2H − E. Both lists empty gives zeros; an empty reference gives insertions only.
 */
export function countErrors(reference: readonly string[], hypothesis: readonly string[]): ErrorCounts {
  let start = 0;
  let referenceEnd = reference.length;
  let hypothesisEnd = hypothesis.length;
  // Pairing equal ends is never worse (an exchange argument), and is most of the work for good recognizers.
  while (start < referenceEnd && start < hypothesisEnd && reference[start] === hypothesis[start]) start++;
  while (
    referenceEnd > start &&
    hypothesisEnd > start &&
    reference[referenceEnd - 1] === hypothesis[hypothesisEnd - 1]
  ) {
    referenceEnd--;
    hypothesisEnd--;
  }
  const middle = countMiddle(reference.slice(start, referenceEnd), hypothesis.slice(start, hypothesisEnd));
  return { ...middle, hits: middle.hits + reference.length - (referenceEnd - start) };
}

function countMiddle(reference: readonly string[], hypothesis: readonly string[]): ErrorCounts {
  const n = reference.length;
  const p = hypothesis.length;
  if (n === 0 || p === 0) return { hits: 0, substitutions: 0, deletions: n, insertions: p };
  const tokens = intern(reference, hypothesis);
  const errorCost = Math.min(n, p) + 1;
  const difference = Math.abs(n - p);
  // Ukkonen (1985): an alignment with E errors stays within E diagonals, so guess E and double it until it fits.
  for (let guess = difference + Math.max(8, Math.min(n, p) >> 3); ; guess *= 2) {
    const band = bandFor(n, p, guess);
    const row = lastRow(n, p, band, errorCost);
    for (let i = n - 1; i >= 0; i--) fillRow(row, tokens, i, p, band, errorCost);
    const cost = row[1 - band.low]!;
    const errors = Math.floor(cost / errorCost);
    if (errors > guess) continue;
    const substitutions = cost - errors * errorCost;
    const hits = (n + p - substitutions - errors) / 2;
    return { hits, substitutions, deletions: n - hits - substitutions, insertions: p - hits - substitutions };
  }
}

/**
 * Aligns two token lists at unit costs.
 *
 * Ties are broken in this order, so that equal input gives equal steps: fewest errors; most hits; then, read from the
 * front, the first step that still leads to such an alignment, tried as hit, substitution, deletion, insertion.
 * Time grows with length × errors; memory with length × errors only up to a few million cells, beyond with its root.
 */
export function alignTokens(reference: readonly string[], hypothesis: readonly string[]): AlignmentStep[] {
  const counts = countErrors(reference, hypothesis);
  const errors = counts.substitutions + counts.deletions + counts.insertions;
  const n = reference.length;
  const p = hypothesis.length;
  const tokens = intern(reference, hypothesis);
  const errorCost = Math.min(n, p) + 1;
  const band = bandFor(n, p, errors);
  const rowAt = costRows(tokens, n, p, band, errorCost);
  const steps: AlignmentStep[] = [];
  let i = 0;
  let j = 0;
  while (i < n || j < p) {
    const here = rowAt(i);
    const below = i < n ? rowAt(i + 1) : null;
    const at = j - i - band.low + 1;
    const cost = here[at]!;
    const equal = i < n && tokens.reference[i] === tokens.hypothesis[j];
    if (below !== null && equal && cost === below[at]) {
      steps.push({ operation: 'hit', reference: reference[i++]!, hypothesis: hypothesis[j++]! });
    } else if (below !== null && j < p && cost === below[at]! + errorCost + 1) {
      steps.push({ operation: 'substitution', reference: reference[i++]!, hypothesis: hypothesis[j++]! });
    } else if (below !== null && cost === below[at - 1]! + errorCost) {
      steps.push({ operation: 'deletion', reference: reference[i++]!, hypothesis: null });
    } else {
      steps.push({ operation: 'insertion', reference: null, hypothesis: hypothesis[j++]! });
    }
  }
  return steps;
}

/** The counts of an alignment's steps. */
export function countSteps(steps: readonly AlignmentStep[]): ErrorCounts {
  const counts = { hit: 0, substitution: 0, deletion: 0, insertion: 0 };
  for (const step of steps) counts[step.operation]++;
  return {
    hits: counts.hit,
    substitutions: counts.substitution,
    deletions: counts.deletion,
    insertions: counts.insertion,
  };
}

function intern(reference: readonly string[], hypothesis: readonly string[]): Interned {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    numbers.set(token, numbers.size);
    return numbers.size - 1;
  };
  const interned = {
    reference: new Int32Array(reference.length),
    hypothesis: new Int32Array(hypothesis.length + 1).fill(END),
  };
  for (const [i, token] of reference.entries()) interned.reference[i] = numberOf(token);
  for (const [j, token] of hypothesis.entries()) interned.hypothesis[j] = numberOf(token);
  return interned;
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

/** All rows of the table, for reading in rising order: kept whole when small, otherwise recomputed by blocks. */
function costRows(tokens: Interned, n: number, p: number, band: Band, errorCost: number): (i: number) => Float64Array {
  const every = (n + 1) * band.width <= MAX_KEPT_CELLS ? 1 : Math.ceil(Math.sqrt(n));
  const kept = new Map<number, Float64Array>();
  const row = lastRow(n, p, band, errorCost);
  kept.set(n, row.slice());
  for (let i = n - 1; i >= 0; i--) {
    fillRow(row, tokens, i, p, band, errorCost);
    if (i % every === 0) kept.set(i, row.slice());
  }
  let block = new Map<number, Float64Array>();
  return (i) => {
    const known = kept.get(i) ?? block.get(i);
    if (known !== undefined) return known;
    const end = Math.min(n, (Math.floor(i / every) + 1) * every);
    // The walk still stands on the row before, which the old block may hold.
    const previous = block.get(i - 1);
    block = new Map(previous === undefined ? [] : [[i - 1, previous]]);
    const working = kept.get(end)!.slice();
    for (let k = end - 1; k >= i; k--) {
      fillRow(working, tokens, k, p, band, errorCost);
      block.set(k, working.slice());
    }
    return block.get(i)!;
  };
}
