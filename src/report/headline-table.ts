import { unknownText } from '../charts/number-text.ts';
import { metrics } from '../metrics/index.ts';
import type { CellSummary, ErrorCounts, ReportInput } from '../types.ts';
import { type FactColumn, type MetricColumn, cellTable } from './cell-table.ts';
import { type Markup, html } from './markup.ts';

const headline: readonly MetricColumn[] = [
  { metric: 'wer', title: 'WER', unit: 'fraction' },
  { metric: 'cer', title: 'CER', unit: 'fraction' },
  { metric: 'latencyP50', title: 'Latency p50', unit: 'ms' },
  { metric: 'latencyP95', title: 'Latency p95', unit: 'ms' },
  { metric: 'firstPartialP50', title: 'First text p50', unit: 'ms' },
  { metric: 'emissionDelayP50', title: 'Word delay p50', unit: 'ms' },
  { metric: 'rtf', title: 'RTF', unit: 'ratio' },
  { metric: 'costPerMinuteUsd', title: 'Cost/min', unit: 'usd-per-minute' },
];

const facts: readonly FactColumn[] = [
  {
    title: 'S / D / I',
    explanation: 'Substitutions, deletions and insertions in the primary unit; sorts by their sum',
    sortsBy: (cell) => errorsOf(cell[cell.primaryUnit]),
    show: (cell) => errorCountsText(cell[cell.primaryUnit]),
  },
  {
    title: 'Failed',
    explanation: 'Utterances without an answer',
    sortsBy: ({ statuses }) => statuses.failed,
    show: ({ statuses: { failed } }) => (failed === 0 ? '0' : html`<b class="bad">${failed}</b>`),
  },
  {
    title: 'n',
    explanation: 'Utterances that were answered, of those planned',
    sortsBy: answered,
    show: (cell) =>
      html`${answered(cell)}${answered(cell) < cell.utterances && html`<small>of ${cell.utterances}</small>`}`,
  },
];

/** The headline metrics that some cell of a run has an estimate for, known or not. */
export function headlineColumns(cells: readonly CellSummary[]): readonly MetricColumn[] {
  return headline.filter(({ metric }) => cells.some((cell) => cell.metrics[metric] !== undefined));
}

/** Counts of errors by kind, as `substitutions / deletions / insertions`. */
export function errorCountsText({ substitutions, deletions, insertions }: ErrorCounts): string {
  return `${substitutions} / ${deletions} / ${insertions}`;
}

/** The headline metrics and what they rest on; everything else that was computed can be unfolded below. */
export function resultTables({ summary: { cells } }: ReportInput): Markup {
  const level = cells.flatMap((cell) => Object.values(cell.metrics)).find(({ interval }) => interval)?.interval?.level;
  const others = otherColumns(cells);
  return html`<p>
      One row per cell.${level !== undefined && ` In small type: ${Math.round(level * 100)}% intervals.`} A gray error
      rate is not the primary one of its language. ${unknownText} means not known or not applicable; the notes say why.
      Column heads sort. Every number says what it rests on when it is pointed at or focused (arrow keys move from one
      to the next), and leads to its definition when it is clicked or entered.
    </p>
    ${cellTable({ id: 'headline', caption: 'Results per cell', cells, metrics: headlineColumns(cells), facts })}
    ${
      others.length > 0 &&
      html`<details>
        <summary>All other metrics</summary>
        ${cellTable({ id: 'others', caption: 'All other metrics per cell', cells, metrics: others, facts: [] })}
      </details>`
    }`;
}

/** The metrics with a value that the headline leaves out, in the order of the table of metrics. */
function otherColumns(cells: readonly CellSummary[]): readonly MetricColumn[] {
  const shown = new Set(headline.map(({ metric }) => metric));
  return Object.values(metrics)
    .filter(({ name }) => !shown.has(name) && cells.some((cell) => (cell.metrics[name]?.value ?? null) !== null))
    .map(({ name, title, unit }) => ({ metric: name, title, unit }));
}

function answered({ statuses }: CellSummary): number {
  return statuses.ok + statuses.empty;
}

function errorsOf({ substitutions, deletions, insertions }: ErrorCounts): number {
  return substitutions + deletions + insertions;
}
