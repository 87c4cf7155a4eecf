import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, estimateText } from '../charts/number-text.ts';
import type { CellSummary, ReportInput, SkippedCell } from '../types.ts';
import { type Markup, html } from './markup.ts';

/**
 * A test case per cell, as continuous-integration servers read it (JUnit XML): failed where utterances failed or are
 * missing, skipped where the cell was. What error rate is good enough is not decided here.
 */
export function renderJunit({ run, summary }: ReportInput): string {
  const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const skipped = summary.skipped.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer([...cells, ...skipped].map(({ cell }) => cell));
  const failures = cells.filter((cell) => unanswered(cell) > 0).length;
  const counts = html`tests="${cells.length + skipped.length}" failures="${failures}" skipped="${skipped.length}"`;
  const cases = [
    ...cells.map((cell) => cellCase(cell, run.name, namer)),
    ...skipped.map((cell) => skippedCase(cell, run.name, namer)),
  ];
  const suite = html`<testsuite name="${run.name}" ${counts}>${cases}</testsuite>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${html`<testsuites name="earshot" ${counts}>${suite}</testsuites>`.toString()}\n`;
}

function cellCase(summary: CellSummary, suite: string, namer: CellNamer): Markup {
  const { cell, metrics, primaryMetric, statuses } = summary;
  const message = `${countText(statuses.failed, 'utterance')} failed, ${statuses.missing} missing, of ${summary.utterances}`;
  const output = `${primaryMetric.toUpperCase()} ${estimateText(metrics[primaryMetric], 'fraction')}`;
  return html`<testcase classname="${suite}" name="${namer.cell(cell)}">
    ${unanswered(summary) > 0 && html`<failure message="${message}"></failure>`}
    <system-out>${output}</system-out>
  </testcase>`;
}

function skippedCase({ cell, reason }: SkippedCell, suite: string, namer: CellNamer): Markup {
  return html`<testcase classname="${suite}" name="${namer.cell(cell)}">
    <skipped message="${reason}"></skipped>
  </testcase>`;
}

function unanswered({ statuses }: CellSummary): number {
  return statuses.failed + statuses.missing;
}
