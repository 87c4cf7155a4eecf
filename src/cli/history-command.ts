import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CellNamer } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import { packageManifest } from '../environment.ts';
import { UserError } from '../errors.ts';
import { history, type HistorySeries, type PastRun } from '../history.ts';
import { readRecords } from '../read-run.ts';
import { renderHistory } from '../report/history-page.ts';
import { runFiles, writeWhole } from '../run-folder.ts';
import { summarize } from '../summarize.ts';
import { example, type CliCommand } from './command.ts';
import { ownCommand } from './own-command.ts';
import { inertText } from './inert-text.ts';
import { exitCodes } from './exit-codes.ts';

const seed = 1;

export const historyCommand: CliCommand = {
  name: 'history',
  define: (command) =>
    command
      .description('draws error rate, latency and cost over the runs of a folder, and marks what changed them')
      .argument('<dir>', 'folder that holds folders of runs')
      .option('--out <file>', 'the page to write', 'history.html')
      .option('--json', 'print the series and their changes as JSON; no page')
      .addHelpText('after', example('earshot history reports --out history.html')),

  async execute([argument], options, terminal) {
    const folder = argument as string;
    if (!existsSync(folder)) throw new UserError(`${folder}: no such folder; give one that holds folders of runs`);
    const names = readdirSync(folder).filter((name) => existsSync(runFiles(join(folder, name)).info));
    if (names.length === 0) throw new UserError(`${folder}: holds no folder of a run; give the one above them`);
    const runs: PastRun[] = [];
    for (const name of names.toSorted()) {
      const { run, records } = await readRecords(join(folder, name));
      runs.push({ folder: name, run, records, summary: summarize({ run, records, seed }) });
    }
    const series = history(runs, seed);
    if (options['json']) {
      terminal.print(JSON.stringify({ runs: runs.length, series }, null, 2));
      return exitCodes.done;
    }
    const out = options['out'] as string;
    writeWhole(
      out,
      await renderHistory({ series, runs, command: ownCommand(), earshotVersion: packageManifest().version }),
    );
    for (const line of changeLines(series)) terminal.print(inertText(line));
    terminal.note(`wrote ${out}`);
    return exitCodes.done;
  },
};

/** A line per run and metric: in which cells it changed, and what else did. */
function changeLines(series: readonly HistorySeries[]): readonly string[] {
  const namer = new CellNamer(series.map(({ cell }) => cell));
  const changes = series.flatMap(({ cell, metric, changes: all }) =>
    all.map(({ folder, causes }) => ({ cell: namer.cell(cell), metric, folder, causes: causes.join('; ') })),
  );
  const byRun = groupBy(changes, ({ folder, metric, causes }) => JSON.stringify([folder, metric, causes]));
  return [...byRun.values()].map((those) => {
    const [{ metric, folder, causes }] = those as [(typeof those)[number]];
    const cells = those.map(({ cell }) => cell).join(', ');
    return `${metric} changed with ${folder} in ${cells}: ${causes === '' ? 'nothing else that was recorded' : causes}`;
  });
}
