import { CellNamer } from '../charts/cell-names.ts';
import { comparable, compare, type Compared, type CompareInput } from '../compare.ts';
import { refuseIncomparable } from '../comparability.ts';
import { UserError } from '../errors.ts';
import { gate } from '../gate.ts';
import { defaultGateRules } from '../gate-rules.ts';
import { comparisonTable, renderComparisonCsv, renderComparisonMarkdown } from '../report/gate/comparison-writers.ts';
import { renderGateJunit } from '../report/gate/junit.ts';
import { writeWhole } from '../run-folder.ts';
import { answerOf } from '../stats/answer.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { gatePage } from './gate-page.ts';
import { inertText } from './inert-text.ts';
import { amountOption } from './load-config.ts';
import { selectRun, type SelectedRun } from './select-run.ts';
import { formatTable } from './terminal.ts';

const defaultMarginPoints = 0.5;
const seed = 1;

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
    const compared = compare({ ...sides, margin, seed });
    if (compared.comparisons.length === 0) {
      throw new UserError(
        'no cell of the candidate has one counterpart in the baseline; narrow both by folder:key=value',
      );
    }
    const content = await render[format as Format](compared, { before, after, sides, margin });
    const out = options['out'] as string | undefined;
    if (out === undefined) terminal.print(content);
    else {
      writeWhole(out, content);
      terminal.note(`wrote ${out}`);
    }
    const namer = new CellNamer(after.run.cells);
    for (const cell of compared.unmatched) {
      terminal.note(inertText(`no single counterpart for ${namer.cell(cell)}; it was left out`));
    }
    return exitCodes.done;
  },
};

interface Sides {
  readonly before: SelectedRun;
  readonly after: SelectedRun;
  readonly sides: Pick<CompareInput, 'baseline' | 'candidate'>;
  readonly margin: number;
}

const render = {
  table: ({ comparisons }) => {
    const { head, rows } = comparisonTable(comparisons);
    return formatTable(head, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'left']);
  },
  html: ({ comparisons, unmatched }, { before, after, sides, margin }) =>
    gatePage({
      baseline: {
        name: before.run.name,
        facts: before.run,
        answers: sides.baseline.map((record, index) => ({ ...record, record: before.records[index]! })),
        selected: before,
      },
      candidate: after,
      comparisons,
      unmatched,
      gate: null,
      margin,
    }),
  markdown: ({ comparisons }) => renderComparisonMarkdown(comparisons),
  csv: ({ comparisons }) => renderComparisonCsv(comparisons),
  json: ({ comparisons, unmatched }, { margin }) =>
    JSON.stringify(
      { margin, comparisons: comparisons.map((one) => ({ ...one, answer: answerOf(one) })), unmatched },
      null,
      2,
    ),
  junit: ({ comparisons }, { after, margin }) => {
    const rules = { ...defaultGateRules(), regression: { marginPoints: margin * 100, margins: {}, minPaired: 0 } };
    const compared = { comparisons, baselineAnswers: new Map<string, number>(), absent: [] };
    const result = gate({ rules, summary: { cells: [] }, compared, remarks: [] });
    return renderGateJunit(result, after.run.name, false);
  },
} satisfies Record<string, (compared: Compared, sides: Sides) => string | Promise<string>>;

type Format = keyof typeof render;

const formats = Object.keys(render);
