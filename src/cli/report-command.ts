import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../run-folder.ts';
import { type ReadRun, readRuns } from '../read-run.ts';
import { UserError } from '../errors.ts';
import { chartWriters, findPanels } from '../report/chart-writers.ts';
import { folderWriters, reportWriters } from '../report/index.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
import { overlayOption, tellUseOfOverlay } from './overlay-option.ts';
import { reportOptions } from './report-options.ts';
import type { ReportFiles } from '../report/report-writer.ts';
import type { Terminal } from './terminal.ts';

const formats = { file: reportWriters, folder: folderWriters, chart: chartWriters } as const;
const allFormats = Object.values(formats).flatMap((writers) => Object.keys(writers));

/** What to draw, and where. */
interface Wish {
  readonly format: string;
  readonly chart: string | undefined;
  readonly out: string | undefined;
  readonly maxAudioMb: number | null;
}

export const reportCommand: CliCommand = {
  name: 'report',
  define: (command) =>
    command
      .description('draws a run again from its journal, or several as one')
      .argument('<run...>', 'folders of runs')
      .option('--out <file>', 'where to write; stdout when left out')
      .option(
        '--format <name>',
        `one of: ${namesOf('file')}; of a chart: ${namesOf('chart')}; several files, with --out FOLDER: ${namesOf('folder')}`,
        'html',
      )
      .option('--chart <name>', 'the chart to write, such as word-error-rate')
      .option('--label', 'name the backends after the folder of their run, to show the same cells of several')
      .option('--max-audio-mb <n>', 'audio to embed in HTML (default: 4)')
      .option('--overlay <file>', 'accepted references (YAML or JSON) to score against')
      .addHelpText('after', example('earshot report reports/quickstart-2026-01-01-120000 --format markdown')),

  async execute([given], options, terminal) {
    const wish: Wish = {
      format: options['format'] as string,
      chart: options['chart'] as string | undefined,
      out: options['out'] as string | undefined,
      maxAudioMb: amountOption('--max-audio-mb', options['maxAudioMb']),
    };
    checkWish(wish);
    const folders = given as readonly string[];
    const overlay = (await overlayOption(options['overlay'])) ?? undefined;
    const read = await readRuns(folders, { overlay, label: Boolean(options['label']) });
    if (read.overlayUse !== null) tellUseOfOverlay(read.summary.overlay ?? '', read.overlayUse, terminal);
    if (isOf('folder', wish.format)) writeFolder(folderWriters[wish.format].render(read), wish.out!, terminal);
    else writeFile(await render(wish, read, folders[0]!), wish.out, terminal);
    return exitCodes.done;
  },
};

function namesOf(kind: keyof typeof formats): string {
  return Object.keys(formats[kind]).join(', ');
}

function isOf<Kind extends keyof typeof formats>(
  kind: Kind,
  format: string,
): format is Extract<keyof (typeof formats)[Kind], string> {
  return Object.hasOwn(formats[kind], format);
}

/** @throws UserError for options that do not go together. */
function checkWish({ format, chart, out }: Wish): void {
  if (!allFormats.includes(format)) throw new UserError(`--format ${format}: use ${allFormats.join(', ')}`);
  if (isOf('chart', format) && chart === undefined) {
    throw new UserError(`--format ${format} is of one chart; add --chart NAME, such as word-error-rate`);
  }
  if (!isOf('chart', format) && chart !== undefined) {
    throw new UserError(`--chart goes with --format ${namesOf('chart')}, not with ${format}`);
  }
  if (out !== undefined) return;
  if (format === 'png') throw new UserError('--format png: a picture needs a file; add --out FILE');
  if (isOf('folder', format)) throw new UserError(`--format ${format} makes several files; add --out FOLDER`);
}

async function render(
  { format, chart, maxAudioMb }: Wish,
  read: ReadRun,
  folder: string,
): Promise<string | Uint8Array> {
  return isOf('chart', format)
    ? chartWriters[format](findPanels(read, read, chart!))
    : reportWriters[format as keyof typeof reportWriters].render(read, await reportOptions(folder, read, maxAudioMb));
}

function writeFile(content: string | Uint8Array, out: string | undefined, terminal: Terminal): void {
  if (out === undefined) {
    terminal.print(String(content).replace(/\n$/, ''));
    return;
  }
  writeWhole(out, content);
  terminal.note(`wrote ${out}`);
}

function writeFolder({ files, remarks }: ReportFiles, folder: string, terminal: Terminal): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UserError(
      `--out ${folder}: not a folder, nor can one be made (${(error as NodeJS.ErrnoException).code}); choose another`,
    );
  }
  for (const { name, content } of files) writeWhole(join(folder, name), content);
  for (const remark of remarks) terminal.note(remark);
  terminal.note(`wrote ${files.length} files to ${folder}`);
}
