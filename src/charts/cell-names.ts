import type { Acceleration, Cell } from '../types.ts';

/** In order of chunk length; charts and tables list settings in this order, and colors follow it. */
export const accelerationOrder: readonly Acceleration[] = ['none', 'regular', 'high', 'full'];

const chunkSecondsOf: Readonly<Record<Acceleration, number>> = { none: 1.12, regular: 0.56, high: 0.32, full: 0.08 };

/** Seconds of audio that the recognizer takes at a time. */
export function chunkSeconds(acceleration: Acceleration): number {
  return chunkSecondsOf[acceleration];
}

/** Such as `none (1.12 s)`. */
export function accelerationLabel(acceleration: Acceleration): string {
  return `${acceleration} (${chunkSeconds(acceleration).toFixed(2)} s)`;
}

// A line may break behind the dot only.
const separator = '\u00a0· ';

const optionalDimensions = ['backend', 'corpus', 'languageHint', 'concurrency'] as const;

function dimensionText(cell: Cell, dimension: (typeof optionalDimensions)[number]): string {
  if (dimension === 'languageHint') return `hint ${cell.languageHint}`;
  if (dimension === 'concurrency') return cell.concurrency === undefined ? 'own load' : `${cell.concurrency} at once`;
  return cell[dimension];
}

/** Names the languages, backends, corpora and hints of a sweep, leaving out what all its cells share. */
export class CellNamer {
  readonly #varying: readonly (typeof optionalDimensions)[number][];

  constructor(cells: readonly Cell[]) {
    this.#varying = optionalDimensions.filter((dimension) => new Set(cells.map((cell) => cell[dimension])).size > 1);
  }

  /** Whether the cells differ in this. */
  varies(dimension: (typeof optionalDimensions)[number]): boolean {
    return this.#varying.includes(dimension);
  }

  /** What tells one cell from another apart from its acceleration, such as `de-DE · onnx`. */
  series(cell: Cell): string {
    return [cell.language, this.surroundings(cell)].filter((part) => part !== '').join(separator);
  }

  /** A cell's full name, such as `de-DE · onnx · none`. */
  cell(cell: Cell): string {
    return `${this.series(cell)}${separator}${cell.acceleration}`;
  }

  /** The same without the corpus: what may be chosen for a corpus, apart from the acceleration. */
  variant(cell: Cell): string {
    return this.#varying
      .filter((dimension) => dimension !== 'corpus')
      .map((dimension) => dimensionText(cell, dimension))
      .join(separator);
  }

  /** What may be chosen for a corpus, such as `none · onnx`. */
  setting(cell: Cell): string {
    return [cell.acceleration, this.variant(cell)].filter((part) => part !== '').join(separator);
  }

  /** What is not chosen, such as `de-DE` or `de-DE, read speech`. */
  place({ language, corpus }: Pick<Cell, 'language' | 'corpus'>): string {
    return this.varies('corpus') ? `${language}, ${corpus}` : language;
  }

  /** What varies besides language and acceleration, such as `onnx · hint auto`; empty if nothing does. */
  surroundings(cell: Cell): string {
    return this.#varying.map((dimension) => dimensionText(cell, dimension)).join(separator);
  }
}

/** Orders cells by language, then backend, corpus, hint and load, then from the longest chunk to the shortest. */
export function compareCells(left: Cell, right: Cell): number {
  return (
    compareText(left.language, right.language) ||
    compareText(left.backend, right.backend) ||
    compareText(left.corpus, right.corpus) ||
    compareText(left.languageHint, right.languageHint) ||
    (left.concurrency ?? 0) - (right.concurrency ?? 0) ||
    accelerationOrder.indexOf(left.acceleration) - accelerationOrder.indexOf(right.acceleration)
  );
}

/** The same for cells of any language and corpus: the order of settings that several of these have. */
export function compareSettings(left: Cell, right: Cell): number {
  return compareCells({ ...left, language: '', corpus: '' }, { ...right, language: '', corpus: '' });
}

/** By code unit, so that a report does not depend on the locale of the machine that drew it. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
