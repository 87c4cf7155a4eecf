import type { AlignmentStep } from '../types.ts';
import type { ClassedError, ErrorClassName } from './analysis.ts';
import type { WordLore } from './error-classes/error-class.ts';
import { errorClasses } from './error-classes/index.ts';

/** Beyond so many pairs of tokens between two hits, the alignment's own steps are taken: a runaway transcript. */
const MOST_PAIRS = 400;

const LONGEST = Math.max(...errorClasses.map(({ longest }) => longest));

/** What lies between two hits. */
interface Stretch {
  readonly steps: AlignmentStep[];
  readonly reference: string[];
  readonly hypothesis: string[];
  readonly referenceAt: number;
  readonly hypothesisAt: number;
}

/** The best way to have explained a stretch up to a place. */
interface Path {
  readonly errors: number;
  /** Errors that some class explains. */
  readonly explained: number;
  readonly last: Piece | null;
}

interface Piece {
  readonly errorClass: ErrorClassName;
  readonly referenceLength: number;
  readonly hypothesisLength: number;
}

/**
 * Divides the errors of an alignment into pieces that make sense and names the class of each.
 *
 * Between two hits an alignment often has many best ways to pair what is left, and takes the first. Of all divisions
 * with as many errors as the alignment has, the one is taken here in which the classes explain the most: "to day is"
 * heard as "today was" is a compound and another word, though the alignment pairs "to" with "today". The errors of a
 * piece are the tokens of its longer side, so that those of a record sum to S + D + I.
 */
export function classifyErrors(alignment: readonly AlignmentStep[], lore: WordLore): ClassedError[] {
  return stretchesOf(alignment).flatMap((stretch) => divide(stretch, lore));
}

function stretchesOf(alignment: readonly AlignmentStep[]): Stretch[] {
  const stretches: Stretch[] = [];
  let open: Stretch | null = null;
  let [referenceAt, hypothesisAt] = [0, 0];
  for (const step of alignment) {
    const { operation, reference, hypothesis } = step;
    if (operation === 'hit') open = null;
    else {
      if (open === null) {
        open = { steps: [], reference: [], hypothesis: [], referenceAt, hypothesisAt };
        stretches.push(open);
      }
      open.steps.push(step);
      if (reference !== null) open.reference.push(reference);
      if (hypothesis !== null) open.hypothesis.push(hypothesis);
    }
    if (reference !== null) referenceAt++;
    if (hypothesis !== null) hypothesisAt++;
  }
  return stretches;
}

function divide(stretch: Stretch, lore: WordLore): ClassedError[] {
  const { reference, hypothesis, steps } = stretch;
  const isSimple = steps.length === 1 || reference.length * hypothesis.length > MOST_PAIRS;
  if (isSimple) return placed(stretch, stepPieces(stretch, lore));
  const paths: Path[][] = [];
  for (let i = 0; i <= reference.length; i++) {
    const row: Path[] = [];
    paths.push(row);
    for (let j = 0; j <= hypothesis.length; j++) row.push(bestPath(stretch, lore, paths, i, j));
  }
  return placed(stretch, piecesOf(paths));
}

function bestPath(stretch: Stretch, lore: WordLore, paths: Path[][], i: number, j: number): Path {
  let best: Path = { errors: i === 0 && j === 0 ? 0 : Infinity, explained: 0, last: null };
  const consider = (m: number, n: number): void => {
    const before = paths[i - m]![j - n]!;
    const errors = before.errors + Math.max(m, n);
    // No class explains more than all its errors, so a path that cannot become better is not looked at.
    if (errors > best.errors || (errors === best.errors && before.explained + Math.max(m, n) <= best.explained)) return;
    const errorClass = classOf(stretch.reference.slice(i - m, i), stretch.hypothesis.slice(j - n, j), lore);
    if (errorClass === null) return;
    const isExplained = errorClass !== 'other' && errorClass !== 'deletion' && errorClass !== 'insertion';
    const explained = before.explained + (isExplained ? Math.max(m, n) : 0);
    if (errors === best.errors && explained <= best.explained) return;
    best = { errors, explained, last: { errorClass, referenceLength: m, hypothesisLength: n } };
  };
  if (i > 0 && j > 0) consider(1, 1);
  if (i > 0) consider(1, 0);
  if (j > 0) consider(0, 1);
  for (let m = 1; m <= Math.min(LONGEST, i); m++) {
    for (let n = 1; n <= Math.min(LONGEST, j); n++) if (m + n > 2) consider(m, n);
  }
  return best;
}

/** The class of a pair of runs of tokens; `null` where they are equal or no one error. */
function classOf(reference: readonly string[], hypothesis: readonly string[], lore: WordLore): ErrorClassName | null {
  const [m, n] = [reference.length, hypothesis.length];
  if (m === n && reference.every((token, k) => token === hypothesis[k])) return null;
  const found = errorClasses.find(
    (errorClass) => Math.max(m, n) <= errorClass.longest && errorClass.explains(reference, hypothesis, lore),
  );
  if (found !== undefined) return found.name;
  return n === 0 ? 'deletion' : m === 0 ? 'insertion' : null;
}

/** The pieces of the best path, from its end back. */
function piecesOf(paths: readonly Path[][]): Piece[] {
  const pieces: Piece[] = [];
  let [i, j] = [paths.length - 1, paths[0]!.length - 1];
  for (let last = paths[i]![j]!.last; last !== null; last = paths[i]![j]!.last) {
    pieces.push(last);
    i -= last.referenceLength;
    j -= last.hypothesisLength;
  }
  return pieces.reverse();
}

function stepPieces({ steps }: Stretch, lore: WordLore): Piece[] {
  return steps.map(({ reference, hypothesis }) => {
    const [left, right] = [reference === null ? [] : [reference], hypothesis === null ? [] : [hypothesis]];
    return {
      errorClass: classOf(left, right, lore) ?? 'other',
      referenceLength: left.length,
      hypothesisLength: right.length,
    };
  });
}

function placed(
  { reference, hypothesis, referenceAt, hypothesisAt }: Stretch,
  pieces: readonly Piece[],
): ClassedError[] {
  let [i, j] = [0, 0];
  return pieces.map(({ errorClass, referenceLength, hypothesisLength }) => {
    const error = {
      errorClass,
      reference: reference.slice(i, i + referenceLength),
      hypothesis: hypothesis.slice(j, j + hypothesisLength),
      referenceAt: referenceAt + i,
      hypothesisAt: hypothesisAt + j,
      errors: Math.max(referenceLength, hypothesisLength),
    };
    i += referenceLength;
    j += hypothesisLength;
    return error;
  });
}
