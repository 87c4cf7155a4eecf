import { existsSync } from 'node:fs';
import { comparable, compare } from '../compare.ts';
import { UserError } from '../errors.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';
import { readRun } from '../read-run.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { Cell } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
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
      .option('--json', 'print the comparisons as JSON')
      .addHelpText(
        'after',
        example('earshot compare reports/a:acceleration=none reports/a:acceleration=full --margin 1'),
      ),

  async execute([baseline, candidate], options, terminal) {
    const margin = amountOption('--margin', options['margin'])! / 100;
    const before = await select(baseline as string);
    const after = await select(candidate as string);
    const stamps = new Set([...before, ...after].map(({ normalizer }) => normalizer));
    if (stamps.size > 1) {
      throw new UserError(
        `the two are scored with different normalizers (${[...stamps].join(', ')}); give them the same one`,
      );
    }
    const { comparisons, unmatched } = compare({
      baseline: before.map(comparable),
      candidate: after.map(comparable),
      margin,
      seed,
    });
    if (comparisons.length === 0) {
      throw new UserError(
        'no cell of the candidate has one counterpart in the baseline; narrow both by folder:key=value',
      );
    }
    if (options['json']) terminal.print(JSON.stringify({ margin, comparisons, unmatched }, null, 2));
    else terminal.print(table(comparisons));
    for (const cell of unmatched) terminal.note(`no single counterpart for ${name(cell)}; it was left out`);
    return exitCodes.done;
  },
};

/** Reads `folder` or `folder:key=value,key=value`. */
async function select(argument: string): Promise<readonly MeasurableRecord[]> {
  const [, folder = argument, filter = ''] = /^(.+):((?:\w+=[^,=]+)(?:,\w+=[^,=]+)*)$/.exec(argument) ?? [];
  if (!existsSync(folder)) throw new UserError(`${folder}: no such folder; give the folder of a run`);
  const { records } = await readRun(folder);
  const wanted = filter === '' ? [] : filter.split(',').map((pair) => pair.split('=') as [keyof Cell, string]);
  const selected = records.filter(({ cell }) => wanted.every(([key, value]) => cell[key] === value));
  if (selected.length === 0)
    throw new UserError(`${argument}: the run has no such results; check its cells with earshot report`);
  return selected;
}

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
