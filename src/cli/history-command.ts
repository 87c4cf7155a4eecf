import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageManifest } from '../environment.ts';
import { UserError } from '../errors.ts';
import { history, type PastRun } from '../history.ts';
import { readRecords } from '../read-run.ts';
import { renderHistory } from '../report/history-page.ts';
import { runFiles, writeWhole } from '../run-folder.ts';
import { summarize } from '../summarize.ts';
import { example, type CliCommand } from './command.ts';
import { fromHere } from './from-here.ts';
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
      await renderHistory({ series, runs, folder: fromHere(folder), earshotVersion: packageManifest().version }),
    );
    for (const { cell, metric, changes } of series) {
      for (const { folder: name, causes } of changes) {
        terminal.print(
          inertText(
            `${metric} of ${cell.language} ${cell.acceleration} ${cell.backend} changed with ${name}: ${causes.join('; ')}`,
          ),
        );
      }
    }
    terminal.note(`wrote ${out}`);
    return exitCodes.done;
  },
};
