import type { ErrorAnalysis, NormalizerSensitivity } from '../analysis/analysis.ts';
import { errorClassTitles } from '../analysis/class-titles.ts';
import { analyze } from '../analyze.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { quantityText } from '../charts/number-text.ts';
import { readRecords } from '../read-run.ts';
import { flipSentence } from '../report/flip-sentence.ts';
import { measureSensitivity } from '../sensitivity.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { printErrors } from './print-errors.ts';
import { formatTable, type Terminal } from './terminal.ts';

const listed = 10;

export const analyzeCommand: CliCommand = {
  name: 'analyze',
  define: (command) =>
    command
      .description('tells what went wrong in a run: kinds of errors, hallucinations, and what normalizers make of it')
      .argument('<run>', 'folder of a run')
      .option('--json', 'print one JSON object, with the errors and flags of every utterance')
      .addHelpText('after', example('earshot analyze reports/quickstart-2026-01-01-120000')),

  async execute([folder], options, terminal) {
    const { records } = await readRecords(folder as string);
    const errors = await analyze(records);
    const sensitivity = measureSensitivity(records);
    if (options['json']) {
      const byKey = Object.fromEntries(errors.records);
      terminal.print(JSON.stringify({ errors: { ...errors, records: byKey }, sensitivity }));
    } else {
      printCells(errors, terminal);
      printSensitivity(sensitivity, terminal);
    }
    return exitCodes.done;
  },
};

function printCells({ overall, cells: unsorted }: ErrorAnalysis, terminal: Terminal): void {
  const cells = unsorted.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const columns = errorClassTitles.filter(({ name }) => overall.classes[name] > 0);
  printTable(
    ['cell', 'errors', ...columns.map(({ title }) => title.toLowerCase()), 'looks made up'],
    cells.map(({ cell, errors, classes, hallucinated }) => [
      namer.cell(cell),
      String(errors),
      ...columns.map(({ name }) => quantityText(errors === 0 ? null : classes[name] / errors, 'fraction')),
      String(hallucinated),
    ]),
    terminal,
  );
  printErrors(overall, terminal);
}

function printSensitivity(sensitivity: NormalizerSensitivity | null, terminal: Terminal): void {
  if (sensitivity === null) return;
  const { presets, flips, normalizer } = sensitivity;
  const cells = sensitivity.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  terminal.print('\nError rate by normalizer, with the rank among the settings of one language and corpus');
  printTable(
    ['cell', ...presets],
    cells.map(({ cell, presets: rates }) => [
      namer.cell(cell),
      ...presets.map((preset) => {
        const { rate, rank } = rates[preset]!;
        return `${quantityText(rate, 'fraction')}${rank === null ? '' : ` (${rank})`}`;
      }),
    ]),
    terminal,
  );
  for (const flip of flips.slice(0, listed)) terminal.print(`- ${flipSentence(flip, normalizer, namer)}`);
  if (flips.length > listed) terminal.print(`${flips.length - listed} more such pairs with --json`);
}

function printTable(header: readonly string[], rows: readonly (readonly string[])[], terminal: Terminal): void {
  terminal.print(
    formatTable(
      header,
      rows,
      header.map((_, column) => (column === 0 ? 'left' : 'right')),
    ),
  );
}
