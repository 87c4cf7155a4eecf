import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, estimateText } from '../charts/number-text.ts';
import { scoringStamp } from '../text/scoring-stamp.ts';
import type { ReportInput } from '../types.ts';
import { answers } from './choice/answers.ts';
import { findingsOf } from './findings.ts';
import { errorCountsText, headlineColumns } from './headline-table.ts';
import type { ReportOptions } from './html.ts';
import { markdownErrors } from './markdown-errors.ts';
import { markdownSensitivity } from './markdown-sensitivity.ts';
import { escapeMarkdown, markdownTable } from './markdown-text.ts';

/** Findings and the results table for a pull request or a chat. */
export function renderMarkdown(input: ReportInput, { choice, analysis, sensitivity }: ReportOptions = {}): string {
  const { run, summary } = input;
  const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const columns = headlineColumns(cells);
  const namer = new CellNamer([...cells, ...summary.skipped].map(({ cell }) => cell));
  const findings = findingsOf(input);
  const synthetic = run.corpora.some((corpus) => corpus.synthetic);
  const head = ['Cell', ...columns.map(({ title }) => title), 'S / D / I', 'Failed', 'n'];
  const rows = cells.map((cell) => {
    return [
      escapeMarkdown(namer.cell(cell.cell)),
      ...columns.map(({ metric, unit }) => estimateText(cell.metrics[metric], unit)),
      errorCountsText(cell[cell.primaryUnit]),
      String(cell.statuses.failed),
      String(cell.statuses.ok + cell.statuses.empty),
    ];
  });
  return [
    `# ${escapeMarkdown(run.name)}`,
    ...(run.question === null ? [] : [escapeMarkdown(run.question)]),
    ...(synthetic ? ['**Synthetic speech**: the figures say nothing about people’s speech.'] : []),
    ...(choice === undefined
      ? []
      : [
          answers(summary.cells, choice)
            .map((answer) => `- ${escapeMarkdown(answer)}`)
            .join('\n'),
        ]),
    findings.measured,
    findings.sentences.map(({ subject, text }) => `- **${subject}** ${escapeMarkdown(text)}`).join('\n'),
    markdownTable(head, rows),
    ...(analysis === undefined ? [] : markdownErrors(analysis)),
    ...(sensitivity == null ? [] : markdownSensitivity(sensitivity)),
    ...(summary.skipped.length === 0
      ? []
      : [
          `${countText(summary.skipped.length, 'cell')} skipped:`,
          summary.skipped.map(({ cell, reason }) => `- ${escapeMarkdown(`${namer.cell(cell)}: ${reason}`)}`).join('\n'),
        ]),
    `Normalizer ${escapeMarkdown(scoringStamp(summary))}. Earshot ${run.environment.earshotVersion}.`,
  ]
    .join('\n\n')
    .concat('\n');
}
