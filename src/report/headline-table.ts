import { CellNamer, chunkSeconds, compareCells } from '../charts/cell-names.ts';
import { type QuantityUnit, intervalText, quantityText, unknownText } from '../charts/number-text.ts';
import type { CellSummary, Estimate, ReportInput } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { visibleText } from './transcript-text.ts';

/** A metric that the headline table shows, with the words over its column. */
export interface HeadlineColumn {
  readonly metric: string;
  readonly title: string;
  readonly unit: QuantityUnit;
}

const measuredColumns: readonly HeadlineColumn[] = [
  { metric: 'wer', title: 'WER', unit: 'fraction' },
  { metric: 'cer', title: 'CER', unit: 'fraction' },
  { metric: 'latencyP50', title: 'Latency p50', unit: 'ms' },
  { metric: 'latencyP95', title: 'Latency p95', unit: 'ms' },
  { metric: 'firstPartialP50', title: 'First partial p50', unit: 'ms' },
  { metric: 'rtf', title: 'RTF', unit: 'ratio' },
  { metric: 'costPerMinuteUsd', title: 'Cost per minute', unit: 'usd-per-minute' },
];

/** The measured columns that some cell of a run has an estimate for, known or not. */
export function headlineColumns(cells: readonly CellSummary[]): readonly HeadlineColumn[] {
  return measuredColumns.filter(({ metric }) => cells.some(({ metrics }) => metrics[metric] !== undefined));
}

/** One row per cell that ran: its estimates with their intervals, its errors by kind, and how many answers it rests on. */
export function headlineTable({ summary }: ReportInput): Markup {
  const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const columns = headlineColumns(cells);
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const notes = footnotes(cells, columns);
  const level = cells.flatMap(({ metrics }) => Object.values(metrics)).find(({ interval }) => interval)
    ?.interval?.level;
  return html`<div class="scroll" role="region" aria-labelledby="results-caption" tabindex="0">
      <table data-sortable class="results">
        <caption id="results-caption">
          One row per cell.${level !== undefined && ` In small type: ${Math.round(level * 100)}% intervals.`} An error
          rate in gray is not the language’s primary one. ${unknownText} means not known or not applicable. Column heads
          sort.
        </caption>
        <thead>
          <tr>
            ${head('Setting')}${head('Chunk')}${columns.map(({ title }) => head(title))}${head(
              'S / D / I',
              'Substitutions, deletions and insertions in the primary unit; sorts by their sum',
            )}${head('Failed')}${head('n', 'Utterances that were answered, of those planned')}
          </tr>
        </thead>
        <tbody>
          ${cells.map((cell) => row(cell, columns, namer, notes))}
        </tbody>
      </table>
    </div>
    ${
      notes.size > 0 &&
      html`<ol class="notes" aria-label="Notes to the table">
        ${[...notes.keys()].map((note) => html`<li>${visibleText(note)}</li>`)}
      </ol>`
    }`;
}

function head(title: string, explanation?: string): Markup {
  return html`<th scope="col" ${explanation !== undefined && html` title="${explanation}"`}>
    <button type="button">${title}</button>
  </th>`;
}

function row(
  summary: CellSummary,
  columns: readonly HeadlineColumn[],
  namer: CellNamer,
  notes: ReadonlyMap<string, number>,
): Markup {
  const { cell, statuses } = summary;
  const counts = summary[summary.primaryUnit];
  const errors = counts.substitutions + counts.deletions + counts.insertions;
  const answered = statuses.ok + statuses.empty;
  const surroundings = namer.surroundings(cell);
  return html`<tr>
    <th scope="row" data-value="${namer.series(cell)} ${9 - Math.round(chunkSeconds(cell.acceleration) * 5)}">
      <b><bdi>${visibleText(cell.language)}</bdi></b> ${cell.acceleration}
      ${surroundings !== '' && html`<small><bdi>${visibleText(surroundings)}</bdi></small>`}
    </th>
    <td data-value="${chunkSeconds(cell.acceleration)}">${chunkSeconds(cell.acceleration).toFixed(2)} s</td>
    ${columns.map((column) => estimateCell(summary, column, notes))}
    <td data-value="${errors}">${counts.substitutions} / ${counts.deletions} / ${counts.insertions}</td>
    <td data-value="${statuses.failed}" class="${statuses.failed > 0 ? 'bad' : ''}">${statuses.failed}</td>
    <td data-value="${answered}">
      ${answered}${answered < summary.utterances && html`<small>of ${summary.utterances}</small>`}
    </td>
  </tr>`;
}

function estimateCell(summary: CellSummary, column: HeadlineColumn, notes: ReadonlyMap<string, number>): Markup {
  const estimate: Estimate | undefined = summary.metrics[column.metric];
  if (estimate === undefined) return html`<td data-value="">${unknownText}</td>`;
  const interval = intervalText(estimate, column.unit);
  const secondary = (column.metric === 'wer' || column.metric === 'cer') && column.metric !== summary.primaryMetric;
  return html`<td data-value="${estimate.value}" class="${secondary ? 'secondary' : ''}">
    ${quantityText(estimate.value, column.unit)}${
      estimate.note !== null && html`<sup title="${estimate.note}">${notes.get(estimate.note)}</sup>`
    }${interval !== null && html`<small>${interval}</small>`}
  </td>`;
}

/** Every note once, numbered in order of appearance. */
function footnotes(cells: readonly CellSummary[], columns: readonly HeadlineColumn[]): ReadonlyMap<string, number> {
  const notes = new Map<string, number>();
  for (const { metrics } of cells) {
    for (const { metric } of columns) {
      const note = metrics[metric]?.note ?? null;
      if (note !== null && !notes.has(note)) notes.set(note, notes.size + 1);
    }
  }
  return notes;
}
