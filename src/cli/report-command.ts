import { writeWhole } from '../run-folder.ts';
import { readRuns } from '../read-run.ts';
import { UserError } from '../errors.ts';
import { chartWriters, findPanels } from '../report/chart-writers.ts';
import { reportWriters } from '../report/index.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
import { overlayOption, tellUseOfOverlay } from './overlay-option.ts';
import { reportOptions } from './report-options.ts';

export const reportCommand: CliCommand = {
  name: 'report',
  define: (command) =>
    command
      .description('draws a run again from its journal, or several as one')
      .argument('<run...>', 'folders of runs')
      .option('--out <file>', 'where to write; stdout when left out')
      .option(
        '--format <name>',
        `one of: ${Object.keys(reportWriters).join(', ')}; of a chart: ${Object.keys(chartWriters).join(', ')}`,
        'html',
      )
      .option('--chart <name>', 'the chart to write, such as word-error-rate')
      .option('--label', 'name the backends after the folder of their run, to show the same cells of several')
      .option('--max-audio-mb <n>', 'audio to embed in HTML (default: 4)')
      .option('--overlay <file>', 'accepted references (YAML or JSON) to score against')
      .addHelpText('after', example('earshot report reports/quickstart-2026-01-01-120000 --format markdown')),

  async execute([given], options, terminal) {
    const format = options['format'] as string;
    const maxAudioMb = amountOption('--max-audio-mb', options['maxAudioMb']);
    const chart = options['chart'] as string | undefined;
    const out = options['out'] as string | undefined;
    const allowed = [...Object.keys(reportWriters), ...Object.keys(chartWriters)];
    if (!allowed.includes(format)) throw new UserError(`--format ${format}: use ${allowed.join(', ')}`);
    const isChart = Object.hasOwn(chartWriters, format);
    if (isChart !== (chart !== undefined)) {
      throw new UserError(
        isChart
          ? `--format ${format} is of one chart; add --chart NAME, such as word-error-rate`
          : `--chart goes with --format ${Object.keys(chartWriters).join(', ')}, not with ${format}`,
      );
    }
    if (format === 'png' && out === undefined)
      throw new UserError('--format png: a picture needs a file; add --out FILE');
    const folders = given as readonly string[];
    const overlay = (await overlayOption(options['overlay'])) ?? undefined;
    const read = await readRuns(folders, { overlay, label: Boolean(options['label']) });
    if (read.overlayUse !== null) tellUseOfOverlay(read.summary.overlay ?? '', read.overlayUse, terminal);
    const content =
      chart === undefined
        ? await reportWriters[format as keyof typeof reportWriters].render(
            read,
            await reportOptions(folders[0]!, read, maxAudioMb),
          )
        : await chartWriters[format as keyof typeof chartWriters](findPanels(read, read, chart));
    if (out === undefined) terminal.print(String(content).replace(/\n$/, ''));
    else {
      writeWhole(out, content);
      terminal.note(`wrote ${out}`);
    }
    return exitCodes.done;
  },
};
