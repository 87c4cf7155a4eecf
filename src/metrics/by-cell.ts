import type { Cell } from '../types.ts';

const ids = new WeakMap<Cell, string>();

/** A cell as a string: equal cells give equal ones. */
export function cellId(cell: Cell): string {
  const id = ids.get(cell) ?? makeId(cell);
  ids.set(cell, id);
  return id;
}

function makeId(cell: Cell): string {
  const { corpus, language, acceleration, backend, languageHint, concurrency } = cell;
  return JSON.stringify([corpus, language, acceleration, backend, languageHint, ...(concurrency ? [concurrency] : [])]);
}

/** The records of each cell, by {@link cellId}; of several attempts with one key the last counts. */
export function groupByCell<One extends { readonly key: string; readonly cell: Cell }>(
  records: readonly One[],
): Map<string, One[]> {
  const last = new Map<string, One>();
  for (const record of records) last.set(record.key, record);
  const byCell = new Map<string, One[]>();
  for (const record of last.values()) {
    const id = cellId(record.cell);
    const ofCell = byCell.get(id);
    if (ofCell === undefined) byCell.set(id, [record]);
    else ofCell.push(record);
  }
  return byCell;
}
