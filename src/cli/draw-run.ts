import { relative } from 'node:path';
import { readRun } from '../read-run.ts';
import { answers } from '../report/choice/answers.ts';
import { renderReport } from '../report/html.ts';
import { renderJson } from '../report/json.ts';
import { runFiles, writeWhole } from '../run-folder.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { VerdictKind } from '../stats/verdict.ts';
import type { CellSummary, Estimate } from '../types.ts';
import { reportOptions } from './report-options.ts';
import { formatTable, type Terminal } from './terminal.ts';

/**
 * Scores a run from its journal, writes `summary.json` and `report.html`, and prints the headline.
 * @returns how many utterances failed.
 */
export async function drawRun(folder: string, terminal: Terminal): Promise<number> {
  const files = runFiles(folder);
  const read = await readRun(folder);
  const options = await reportOptions(folder, read);
  writeWhole(files.summary, renderJson(read, options));
  writeWhole(files.report, await renderReport(read, options));
  terminal.print(headline(read.summary.cells));
  for (const info of Object.values(read.run.recognizers))
    terminal.note(terminal.dim(`${info.model}: ${info.description}`));
  for (const corpus of read.run.corpora) {
    if (corpus.synthetic) terminal.note(terminal.dim(`${corpus.name}: synthetic speech`));
  }
  if (read.comparisons.length > 0) terminal.print(`\n${verdicts(read.comparisons)}`);
  terminal.print(['', ...answers(read.summary.cells, read.choice)].join('\n'));
  terminal.print(`\nReport: ${relative(process.cwd(), files.report)}`);
  terminal.note(`Search, filter and hear every utterance: earshot explain ${relative(process.cwd(), folder) || '.'}`);
  return read.summary.cells.reduce((sum, cell) => sum + cell.statuses.failed, 0);
}

const verdictWords: Readonly<Record<VerdictKind, string>> = {
  better: 'better',
  equivalent: 'equivalent',
  'not-worse': 'not worse',
  worse: 'worse',
  'worse-size-unclear': 'worse (size unclear)',
  'cannot-tell': 'cannot tell',
};

/** How often each verdict was reached; the report has each one in full. */
function verdicts(comparisons: readonly Comparison[]): string {
  const counts = Object.entries(verdictWords).map(([kind, words]) => {
    const count = comparisons.filter(({ verdict }) => verdict === kind).length;
    return count === 0 ? null : `${count} ${words}`;
  });
  const [{ baseline, margin }] = comparisons as [Comparison];
  const against = new Set(comparisons.map((comparison) => comparison.baseline.acceleration)).size === 1;
  const name = against ? baseline.acceleration : baseline.backend;
  return `Against ${name}, with a margin of ${margin * 100} points: ${counts.filter((text) => text !== null).join(', ')}`;
}

function headline(cells: readonly CellSummary[]): string {
  const hasLoads = cells.some(({ cell }) => cell.concurrency !== undefined);
  const header = [
    'language',
    'acceleration',
    'backend',
    ...(hasLoads ? ['at once'] : []),
    'error rate',
    '95 % interval',
    'latency p50',
    'RTF',
    '$/min',
    'failed',
  ];
  const rows = cells.map((summary) => {
    const { cell, primaryMetric, metrics, statuses } = summary;
    const error = metrics[primaryMetric]!;
    return [
      cell.language,
      cell.acceleration,
      cell.backend,
      ...(hasLoads ? [String(cell.concurrency ?? '–')] : []),
      `${primaryMetric.toUpperCase()} ${percent(error.value)}`,
      error.interval === null ? '–' : `${percent(error.interval.low)} to ${percent(error.interval.high)}`,
      text(metrics['latencyP50'], (value) => `${Math.round(value)} ms`),
      text(metrics['rtf'], (value) => value.toFixed(3)),
      text(metrics['costPerMinuteUsd'], (value) => value.toPrecision(2)),
      String(statuses.failed),
    ];
  });
  return formatTable(
    header,
    rows,
    header.map((_, column) => (column < 3 ? 'left' : 'right')),
  );
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}

function text(estimate: Estimate | undefined, format: (value: number) => string): string {
  return estimate?.value === null || estimate === undefined ? '–' : format(estimate.value);
}
