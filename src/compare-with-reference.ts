import { accelerationOrder } from './charts/cell-names.ts';
import { comparable, compare } from './compare.ts';
import { cellId } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import type { Comparison } from './stats/comparison.ts';
import type { Cell } from './types.ts';

/**
 * Compares each cell with the reference of its language and corpus: the longest chunk of the first backend, by the
 * matrix's order. A choice over backends needs one reference for all of them.
 * @param known comparisons that were made already and need not be made again.
 * @param margin δ as a fraction; see `compare`.
 */
export function compareWithReference(
  records: readonly MeasurableRecord[],
  cells: readonly Cell[],
  known: readonly Comparison[],
  { margin, seed }: { readonly margin: number; readonly seed: number },
): readonly Comparison[] {
  const references = new Map<string, Cell>();
  const groupOf = ({ language, corpus }: Cell): string => JSON.stringify([language, corpus]);
  const answered = new Set(records.filter(({ alignment }) => alignment !== null).map(({ cell }) => cellId(cell)));
  for (const cell of cells) {
    const before = references.get(groupOf(cell));
    const isLonger = before === undefined || chunkRank(cell) < chunkRank(before);
    if (isLonger && answered.has(cellId(cell))) references.set(groupOf(cell), cell);
  }
  const isReference = (cell: Cell): boolean => cellId(references.get(groupOf(cell)) ?? cell) === cellId(cell);
  const made = known.filter(({ baseline }) => isReference(baseline));
  const compared = new Set(made.map(({ candidate }) => cellId(candidate)));
  const baseline = records.filter(({ cell }) => isReference(cell)).map(comparable);
  const candidate = records.filter(({ cell }) => !isReference(cell) && !compared.has(cellId(cell))).map(comparable);
  return [...made, ...compare({ baseline, candidate, margin, seed }).comparisons];
}

function chunkRank({ acceleration }: Cell): number {
  return accelerationOrder.indexOf(acceleration);
}
