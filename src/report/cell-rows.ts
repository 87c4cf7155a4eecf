import type { CellNamer } from '../charts/cell-names.ts';
import type { Cell } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { sortableTable } from './sortable-table.ts';
import { visibleText } from './transcript-text.ts';

interface CellRows<Row> {
  /** Unique in the page; ids derive from it. */
  readonly id: string;
  readonly caption: string;
  /** Heads of all columns but the first. */
  readonly heads: readonly Markup[];
  readonly cells: readonly Row[];
  readonly namer: CellNamer;
  /** The columns of a cell. */
  readonly row: (cell: Row) => readonly Markup[];
}

/** A sortable table with a row per cell, in the given order. */
export function cellRows<Row extends { readonly cell: Cell }>(rows: CellRows<Row>): Markup {
  const { id, caption, heads, cells, namer, row } = rows;
  return sortableTable({
    id,
    caption,
    heads: [sortableHead('Setting'), ...heads],
    rows: cells.map(
      (cell, index) =>
        html`<tr>
          ${cellHead(cell.cell, index, namer)}${row(cell)}
        </tr>`,
    ),
  });
}

/** Sorts by the row's index. */
function cellHead(cell: Cell, index: number, namer: CellNamer): Markup {
  const surroundings = namer.surroundings(cell);
  return html`<th scope="row" data-value="${index}">
    <b><bdi>${visibleText(cell.language)}</bdi></b> ${cell.acceleration}
    ${surroundings !== '' && html`<small><bdi>${visibleText(surroundings)}</bdi></small>`}
  </th>`;
}
