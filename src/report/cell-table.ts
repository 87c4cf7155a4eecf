import { metrics as allMetrics } from '../metrics/index.ts';
import { CellNamer, chunkSeconds, compareCells } from '../charts/cell-names.ts';
import { type QuantityUnit, figureText, intervalFigures, unknownText } from '../charts/number-text.ts';
import type { Cell, CellSummary, Estimate } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { cellRows } from './cell-rows.ts';
import { sortableHead } from './sortable-head.ts';
import { visibleText } from './transcript-text.ts';

/** A metric as a column of a table. */
export interface MetricColumn {
  readonly metric: string;
  readonly title: string;
  readonly unit: QuantityUnit;
}

/** A column of something else that a cell knows. */
export interface FactColumn {
  readonly title: string;
  /** Shown over the head, where the title is not enough. */
  readonly explanation: string | null;
  readonly sortsBy: (cell: CellSummary) => number;
  readonly show: (cell: CellSummary) => Markup | string;
}

interface CellTable {
  /** Unique in the page; ids derive from it. */
  readonly id: string;
  readonly caption: string;
  readonly cells: readonly CellSummary[];
  readonly metrics: readonly MetricColumn[];
  readonly facts: readonly FactColumn[];
}

/** A sortable table with a row per cell: every estimate with its interval, and every note below the table. */
export function cellTable({ id, caption, cells: unsorted, metrics, facts }: CellTable): Markup {
  const cells = unsorted.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const notes = footnotes(cells, metrics);
  const unitOf = ({ unit }: MetricColumn): string | null => (unit === 'ms' ? 'ms' : null);
  return html`${cellRows({
    id,
    caption,
    heads: [
      sortableHead('Chunk', { unit: 's', explanation: 'Seconds of audio that the recognizer takes at a time' }),
      ...metrics.map((column) =>
        sortableHead(column.title, { unit: unitOf(column), explanation: definitionOf(column) }),
      ),
      ...facts.map(({ title, explanation }) => sortableHead(title, { explanation })),
    ],
    cells,
    namer,
    row: (summary) => [
      chunkCell(summary.cell),
      ...metrics.map((column) => estimateCell(summary, column, notes)),
      ...facts.map(({ sortsBy, show }) => html`<td data-value="${sortsBy(summary)}">${show(summary)}</td>`),
    ],
  })}
  ${
    notes.size > 0 &&
    html`<ol class="notes" aria-label="Notes to the table">
      ${[...notes.keys()].map((note) => html`<li>${visibleText(note)}</li>`)}
    </ol>`
  }`;
}

function chunkCell({ acceleration }: Cell): Markup {
  return html`<td data-value="${chunkSeconds(acceleration)}">${chunkSeconds(acceleration).toFixed(2)}</td>`;
}

function estimateCell(summary: CellSummary, column: MetricColumn, notes: ReadonlyMap<string, number>): Markup {
  const estimate: Estimate | undefined = summary.metrics[column.metric];
  if (estimate === undefined) return html`<td data-value="">${unknownText}</td>`;
  const how = html`data-how="${howMade(estimate)}" data-metric="${column.metric}"`;
  const interval = intervalFigures(estimate, column.unit);
  const secondary = (column.metric === 'wer' || column.metric === 'cer') && column.metric !== summary.primaryMetric;
  const note = estimate.note !== null && html`<sup title="${estimate.note}">${notes.get(estimate.note)}</sup>`;
  return html`<td data-value="${estimate.value}" class="${secondary ? 'secondary' : ''}" ${how}>
    ${figureText(estimate.value, column.unit)}${note}${interval !== null && html`<small>${interval}</small>`}
  </td>`;
}

/** Every note once, numbered in order of appearance. */
function footnotes(cells: readonly CellSummary[], columns: readonly MetricColumn[]): ReadonlyMap<string, number> {
  const notes = new Map<string, number>();
  for (const { metrics } of cells) {
    for (const { metric } of columns) {
      const note = metrics[metric]?.note ?? null;
      if (note !== null && !notes.has(note)) notes.set(note, notes.size + 1);
    }
  }
  return notes;
}

/** What a number rests on, in a line. */
function howMade({ n, interval, resampled, blocks, note }: Estimate): string {
  const level = interval === null ? '' : `${Math.round(interval.level * 100)}% interval`;
  const source =
    interval === null
      ? 'no interval'
      : resampled === null
        ? `${level} between order statistics`
        : `${level} from resampling ${blocks ?? '–'} ${resampled}s`;
  return [`n = ${n}`, source, ...(note === null ? [] : [note])].join('; ');
}

function definitionOf({ metric }: MetricColumn): string | null {
  return Object.hasOwn(allMetrics, metric) ? allMetrics[metric as keyof typeof allMetrics].description : null;
}
