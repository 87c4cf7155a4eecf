import { comparable, compare } from '../compare.ts';
import { refuseIncomparable } from '../comparability.ts';
import { UserError } from '../errors.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { Cell } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
import { gatePage } from './gate-page.ts';
import { writeWhole } from '../run-folder.ts';
import { selectRun } from './select-run.ts';
import { formatTable } from './terminal.ts';

const defaultMarginPoints = 0.5;
const seed = 1;
const formats = ['table', 'json', 'html'];

export const compareCommand: CliCommand = {
  name: 'compare',
  define: (command) =>
    command
      .description('compares two runs, or cells of one, utterance by utterance')
      .argument('<baseline>', 'folder of a run, or folder:key=value for some of its cells')
      .argument('<candidate>', 'the same')
      .option('--margin <pp>', 'difference in percentage points that does not matter', String(defaultMarginPoints))
      .option('--format <name>', `one of: ${formats.join(', ')}`, 'table')
      .option('--out <file>', 'where to write; stdout when left out')
      .option('--json', 'the same as --format json')
      .addHelpText(
        'after',
        example('earshot compare reports/a:acceleration=none reports/a:acceleration=full --margin 1'),
      ),

  async execute([baseline, candidate], options, terminal) {
    const margin = amountOption('--margin', options['margin'])! / 100;
    const format = options['json'] ? 'json' : (options['format'] as string);
    if (!formats.includes(format)) throw new UserError(`--format ${format}: use ${formats.join(', ')}`);
    const before = await selectRun(baseline as string);
    const after = await selectRun(candidate as string);
    const sides = { baseline: before.records.map(comparable), candidate: after.records.map(comparable) };
    refuseIncomparable(sides.baseline, sides.candidate, {
      baseline: baseline as string,
      candidate: candidate as string,
    });
    const { comparisons, unmatched } = compare({ ...sides, margin, seed });
    if (comparisons.length === 0) {
      throw new UserError(
        'no cell of the candidate has one counterpart in the baseline; narrow both by folder:key=value',
      );
    }
    const content =
      format === 'json'
        ? JSON.stringify({ margin, comparisons, unmatched }, null, 2)
        : format === 'table'
          ? table(comparisons)
          : await gatePage({
              baseline: {
                name: before.run.name,
                facts: before.run,
                answers: sides.baseline.map((record, index) => ({ ...record, record: before.records[index]! })),
                selected: before,
              },
              candidate: after,
              comparisons,
              gate: null,
              margin,
            });
    const out = options['out'] as string | undefined;
    if (out === undefined) terminal.print(content);
    else {
      writeWhole(out, content);
      terminal.note(`wrote ${out}`);
    }
    for (const cell of unmatched) terminal.note(`no single counterpart for ${name(cell)}; it was left out`);
    return exitCodes.done;
  },
};

function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison) => [
    name(comparison.baseline),
    name(comparison.candidate),
    percent(comparison.baselineRate),
    percent(comparison.candidateRate),
    comparison.pHolm === null ? '–' : comparison.pHolm.toFixed(3),
    `${comparison.blocks} ${comparison.resampled}s`,
    verdictSentence(comparison),
  ]);
  const header = ['baseline', 'candidate', 'rate', 'rate', 'p (Holm)', 'resampled', 'verdict on the candidate'];
  return formatTable(header, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left']);
}

function name({ language, acceleration, backend }: Cell): string {
  return `${language} ${acceleration} ${backend}`;
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}
