import { compareCells } from '../charts/cell-names.ts';
import type { CellSummary, ReportInput } from '../types.ts';

const estimateColumns = ['value', 'low', 'high', 'n'] as const;

/** One row per cell and one column per figure, rates as fractions, unknown values empty (RFC 4180). */
export function renderCsv({ summary }: ReportInput): string {
  const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const metricNames = [...new Set(cells.flatMap(({ metrics }) => Object.keys(metrics)))];
  const head = [
    ...['language', 'acceleration', 'backend', 'corpus', 'languageHint', 'concurrency', 'primaryMetric'],
    ...['utterances', 'audioSeconds', 'ok', 'empty', 'failed', 'missing', 'substitutions', 'deletions', 'insertions'],
    ...metricNames.flatMap((name) =>
      estimateColumns.map((column) => (column === 'value' ? name : `${name}.${column}`)),
    ),
  ];
  return [head, ...cells.map((cell) => row(cell, metricNames))]
    .map((fields) => `${fields.map(csvField).join(',')}\r\n`)
    .join('');
}

function row(summary: CellSummary, metricNames: readonly string[]): readonly (string | number | null)[] {
  const { cell, statuses } = summary;
  const counts = summary[summary.primaryUnit];
  return [
    ...[cell.language, cell.acceleration, cell.backend, cell.corpus, cell.languageHint, cell.concurrency ?? null],
    summary.primaryMetric,
    ...[summary.utterances, summary.audioSeconds, statuses.ok, statuses.empty, statuses.failed, statuses.missing],
    ...[counts.substitutions, counts.deletions, counts.insertions],
    ...metricNames.flatMap((name) => {
      const estimate = summary.metrics[name];
      return [
        estimate?.value ?? null,
        estimate?.interval?.low ?? null,
        estimate?.interval?.high ?? null,
        estimate?.n ?? null,
      ];
    }),
  ];
}

/** A field of a CSV file. */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet takes text that begins like this for a formula; the apostrophe makes it text.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
