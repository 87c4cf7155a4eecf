import { dirname, join, resolve } from 'node:path';
import { analyze } from '../analyze.ts';
import { readOverlay } from '../read-overlay.ts';
import { clipAddress, readClip, readRecords } from '../read-run.ts';
import { type ExplainInput, renderExplain } from '../report/explain/explain-page.ts';
import { writeWhole } from '../run-folder.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { ownCommand } from './own-command.ts';
import { amountOption } from './load-config.ts';

export const explainCommand: CliCommand = {
  name: 'explain',
  define: (command) =>
    command
      .description('makes a page to search, filter and hear every utterance of one or several runs')
      .argument('<run...>', 'folders of runs')
      .option('--out <file>', 'where to write (default: explain.html in the folder of the first run)')
      .option('--max-audio-mb <n>', 'audio to embed, the worst utterances first; the rest is linked', '16')
      .option('--overlay <file>', 'accepted references (YAML or JSON) to score against')
      .addHelpText('after', example('earshot explain reports/quickstart-2026-01-01-120000 --max-audio-mb 50')),

  async execute([folders], options, terminal) {
    const [first, ...others] = folders as [string, ...string[]];
    const megabytes = amountOption('--max-audio-mb', options['maxAudioMb']);
    const overlayFile = options['overlay'] as string | undefined;
    const overlay = overlayFile === undefined ? undefined : await readOverlay(overlayFile);
    const out = resolve((options['out'] as string | undefined) ?? join(first, 'explain.html'));
    const folderOf = new Map<object, string>();
    const inputs: ExplainInput[] = [];
    for (const folder of [first, ...others]) {
      const { run, records } = await readRecords(folder, overlay);
      for (const record of records) folderOf.set(record, folder);
      inputs.push({ run, name: run.name, records, errors: (await analyze(records)).records });
    }
    const page = await renderExplain(inputs, {
      clips: {
        load: (record) => readClip(folderOf.get(record)!, record),
        link: (record) => clipAddress(folderOf.get(record)!, record, dirname(out)),
      },
      clipLimitBytes: megabytes! * 1e6,
      command: ownCommand(),
    });
    writeWhole(out, page);
    terminal.note(`wrote ${out}`);
    return exitCodes.done;
  },
};
