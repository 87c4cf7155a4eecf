/** Tokens, and places where one of several token lists may stand; these may hold such places again. */
export type Lattice = readonly (readonly string[] | LatticeBranches)[];

export interface LatticeBranches {
  readonly branches: readonly Lattice[];
}

/** The same with tokens as numbers: equal tokens have equal numbers. */
type Part = Int32Array | { readonly branches: readonly (readonly Part[])[] };

/** Costs of the best alignment up to a place with every beginning of the hypothesis, and how that place was reached. */
interface Row {
  readonly costs: Float64Array;
  /** For each cost, the last choice on the way to it; see {@link Choices}. */
  readonly choices: Int32Array;
}

/** Fewest and most tokens of a stretch. */
interface Lengths {
  readonly least: number;
  readonly most: number;
}

/**
 * Choices made at the end of each place, as lists that share their beginnings: one entry per place and hypothesis
 * position within the band, numbered through all places.
 */
interface Choices {
  readonly branch: number[];
  readonly previous: number[];
}

const NONE = -1;
const NOTHING: Lengths = { least: 0, most: 0 };

/**
 * Finds the reading of a lattice that aligns best with a hypothesis, exactly and without going through the readings:
 * fewest errors at unit costs; of these most hits; of these the branch that is written first.
 *
 * Time grows with tokens × errors, memory with places × errors.
 *
 * @returns the branch taken at each place that the reading passes, from the last to the first, a place before those
 * inside its branch.
 */
export function chooseBranches(lattice: Lattice, hypothesis: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  const heard = intern(hypothesis, numbers);
  const parts = internLattice(lattice, numbers);
  const { least, most } = lengthsOf(parts);
  const p = hypothesis.length;
  const apart = Math.max(p - most, least - p, 0);
  // As in align.ts, after Ukkonen (1985): guess the errors, look no farther from the diagonal, double until it fits.
  for (let guess = apart + Math.max(8, Math.min(most, p) >> 3); ; guess *= 2) {
    const found = bestWithin(guess, parts, heard, Math.min(most, p) + 1);
    if (found !== null) return found;
  }
}

/** `null` when the best alignment makes more errors than that. */
function bestWithin(errors: number, parts: readonly Part[], heard: Int32Array, errorCost: number): number[] | null {
  const p = heard.length;
  const choices: Choices = { branch: [], previous: [] };

  /** Hypothesis positions at which so few errors behind and ahead are possible. */
  const lowest = (before: Lengths, after: Lengths): number =>
    Math.max(0, before.least - errors, Math.ceil((before.least + p - after.most - errors) / 2));
  const highest = (before: Lengths, after: Lengths): number =>
    Math.min(p, before.most + errors, Math.floor((before.most + p - after.least + errors) / 2));

  const passTokens = (tokens: Int32Array, row: Row, before: Lengths, after: Lengths): void => {
    for (const [i, token] of tokens.entries()) {
      const behind = plus(before, i + 1);
      const ahead = plus(after, tokens.length - i - 1);
      passToken(row, token, heard, lowest(behind, ahead), highest(behind, ahead), errorCost);
    }
  };

  const passBranches = (branches: readonly (readonly Part[])[], row: Row, before: Lengths, after: Lengths): void => {
    const ends = branches.map((branch) => {
      const own = { costs: row.costs.slice(), choices: row.choices.slice() };
      pass(branch, own, before, after);
      return own;
    });
    const behind = add(before, lengthsOf([{ branches }]));
    row.costs.fill(Infinity);
    const high = highest(behind, after);
    for (let j = lowest(behind, after); j <= high; j++) {
      let best = 0;
      for (let k = 1; k < ends.length; k++) if (ends[k]!.costs[j]! < ends[best]!.costs[j]!) best = k;
      row.costs[j] = ends[best]!.costs[j]!;
      if (row.costs[j] === Infinity) continue;
      choices.previous.push(ends[best]!.choices[j]!);
      row.choices[j] = choices.branch.push(best) - 1;
    }
  };

  const pass = (sequence: readonly Part[], row: Row, before: Lengths, after: Lengths): void => {
    let behind = before;
    let ahead = add(after, lengthsOf(sequence));
    for (const part of sequence) {
      // What lies beyond the band here belongs to an earlier place.
      row.costs.fill(Infinity, highest(behind, ahead) + 1);
      const { least, most } = lengthsOf([part]);
      ahead = { least: ahead.least - least, most: ahead.most - most };
      if (part instanceof Int32Array) passTokens(part, row, behind, ahead);
      else passBranches(part.branches, row, behind, ahead);
      behind = add(behind, { least, most });
    }
  };

  const row: Row = {
    costs: Float64Array.from({ length: p + 1 }, (_, j) => (j <= errors ? j * errorCost : Infinity)),
    choices: new Int32Array(p + 1).fill(NONE),
  };
  pass(parts, row, NOTHING, NOTHING);
  if (!(Math.ceil(row.costs[p]! / errorCost) <= errors)) return null;
  const taken: number[] = [];
  for (let at = row.choices[p]!; at !== NONE; at = choices.previous[at]!) taken.push(choices.branch[at]!);
  return taken;
}

/** Takes a row past one reference token, in place. One number holds both aims: errors × errorCost − hits. */
function passToken(
  { costs, choices }: Row,
  token: number,
  heard: Int32Array,
  low: number,
  high: number,
  errorCost: number,
): void {
  let pairedCost = low > 0 ? costs[low - 1]! : Infinity;
  let pairedChoice = low > 0 ? choices[low - 1]! : NONE;
  if (low > 0) costs[low - 1] = Infinity;
  for (let j = low; j <= high; j++) {
    const above = costs[j]!;
    const aboveChoice = choices[j]!;
    let best = above + errorCost;
    if (j > 0) {
      const paired = pairedCost + (heard[j - 1] === token ? -1 : errorCost);
      const inserted = costs[j - 1]! + errorCost;
      if (paired <= best && paired <= inserted) {
        best = paired;
        choices[j] = pairedChoice;
      } else if (inserted < best) {
        best = inserted;
        choices[j] = choices[j - 1]!;
      }
    }
    costs[j] = best;
    pairedCost = above;
    pairedChoice = aboveChoice;
  }
}

function intern(tokens: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(tokens, (token) => {
    const known = numbers.get(token);
    if (known === undefined) numbers.set(token, numbers.size);
    return known ?? numbers.size - 1;
  });
}

function internLattice(lattice: Lattice, numbers: Map<string, number>): Part[] {
  return lattice.map((part) =>
    'branches' in part
      ? { branches: part.branches.map((branch) => internLattice(branch, numbers)) }
      : intern(part, numbers),
  );
}

/** Tokens of the shortest and of the longest reading. */
function lengthsOf(parts: readonly Part[]): Lengths {
  let lengths = NOTHING;
  for (const part of parts) {
    if (part instanceof Int32Array) lengths = plus(lengths, part.length);
    else {
      const branches = part.branches.map(lengthsOf);
      const least = Math.min(...branches.map((one) => one.least));
      lengths = add(lengths, { least, most: Math.max(...branches.map((one) => one.most)) });
    }
  }
  return lengths;
}

function plus({ least, most }: Lengths, tokens: number): Lengths {
  return { least: least + tokens, most: most + tokens };
}

function add(a: Lengths, b: Lengths): Lengths {
  return { least: a.least + b.least, most: a.most + b.most };
}
