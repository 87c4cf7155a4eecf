import { writeWhole } from '../run-folder.ts';
import { readRun } from '../read-run.ts';
import { UserError } from '../errors.ts';
import { reportWriters } from '../report/index.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { overlayOption, tellUseOfOverlay } from './overlay-option.ts';
import { reportOptions } from './report-options.ts';

export const reportCommand: CliCommand = {
  name: 'report',
  define: (command) =>
    command
      .description('draws a run again from its journal')
      .argument('<run>', 'folder of a run')
      .option('--out <file>', 'where to write; stdout when left out')
      .option('--format <name>', `one of: ${Object.keys(reportWriters).join(', ')}`, 'html')
      .option('--overlay <file>', 'accepted references (YAML or JSON) to score against')
      .addHelpText('after', example('earshot report reports/quickstart-2026-01-01-120000 --format markdown')),

  async execute([folder], options, terminal) {
    const format = options['format'] as string;
    const writer = Object.hasOwn(reportWriters, format) ? reportWriters[format as keyof typeof reportWriters] : null;
    if (writer === null) throw new UserError(`--format ${format}: use ${Object.keys(reportWriters).join(', ')}`);
    const read = await readRun(folder as string, (await overlayOption(options['overlay'])) ?? undefined);
    if (read.overlayUse !== null) tellUseOfOverlay(read.summary.overlay ?? '', read.overlayUse, terminal);
    const content = await writer.render(read, await reportOptions(folder as string, read));
    const out = options['out'] as string | undefined;
    if (out === undefined) terminal.print(content.replace(/\n$/, ''));
    else {
      writeWhole(out, content);
      terminal.note(`wrote ${out}`);
    }
    return exitCodes.done;
  },
};
