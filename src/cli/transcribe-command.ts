import { resolve } from 'node:path';
import type { Backend, BackendFacts } from '../backends/backend.ts';
import { backendOfKind, backends } from '../backends/index.ts';
import { resolveReferences } from '../config.ts';
import { embeddedModel } from '../embedded.ts';
import { UserError } from '../errors.ts';
import { wholePartials } from '../text/partials.ts';
import type { Acceleration, Hypothesis } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { explainFailure } from './explain-failure.ts';
import { targetOption } from './load-config.ts';
import type { Terminal } from './terminal.ts';

const accelerations: readonly Acceleration[] = ['none', 'regular', 'high', 'full'];

export const transcribeCommand: CliCommand = {
  name: 'transcribe',
  define: (command) =>
    command
      .description('prints the text of audio files')
      .argument('<file...>', 'audio files')
      .option('--backend <kind>', `one of: ${Object.keys(backends).join(', ')}`, 'onnx')
      .option('--model <name|dir>', 'a fetched public model, or a folder', embeddedModel)
      .option('--precision <name>', 'fp32 or int8; fp32 where the folder has both')
      .option('--transport <name>', 'of a hosted backend: run, queue or stream')
      .option('--target <url>', 'send hosted requests to this server instead, such as earshot serve')
      .option('--language <tag>', 'BCP 47 tag or auto', 'auto')
      .option('--channel <n>', 'the channel to hear, from 0; the mean of all when left out')
      .option('--acceleration <name>', `one of: ${accelerations.join(', ')}; the longest chunk when left out`)
      .option('--partials', 'print what was shown before the final text')
      .option('--json', 'one JSON object per file')
      .addHelpText(
        'after',
        example('earshot transcribe datasets/spoken-commands/audio/en-US-0001.flac --language en-US'),
      ),

  async execute([files], options, terminal) {
    const kind = options['backend'] as string;
    if (!Object.hasOwn(backends, kind)) {
      throw new UserError(`--backend ${kind}: use ${Object.keys(backends).join(', ')}`);
    }
    targetOption(options['target']);
    const backend = backendOfKind(kind);
    const settings = settingsOf(backend, options);
    const facts = await backend.inspect(settings, process.cwd());
    const acceleration = chooseAcceleration(options['acceleration'], facts);
    const language = chooseLanguage(options['language'] as string, facts);
    const channel = chooseChannel(options['channel'] as string | undefined);
    const recognizer = await backend.open(settings, process.cwd());
    try {
      for (const file of files as string[]) {
        const audio = { path: resolve(file), offsetSeconds: 0, durationSeconds: null, ...channel };
        const hypothesis = await recognizer.transcribe(audio, { language, acceleration }).catch(explainFailure);
        show(file, hypothesis, options, terminal);
      }
    } finally {
      await recognizer.close();
    }
    return exitCodes.done;
  },
};

/** Those of the options that backends of this kind have, as their settings; the rest of them by default. */
function settingsOf({ kind, settings }: Backend, options: Record<string, unknown>): Record<string, unknown> {
  const known = { ...options, key: options['target'] === undefined ? '${FAL_KEY}' : undefined } as Record<
    string,
    unknown
  >;
  const names = ['model', 'precision', 'transport', 'target', 'key'];
  const given = names.filter((name) => name in settings.shape && known[name] !== undefined);
  const parsed = settings.safeParse(Object.fromEntries(given.map((name) => [name, known[name]])));
  if (parsed.success) return resolveReferences(parsed.data, process.env);
  const [issue] = parsed.error.issues;
  throw new UserError(`--backend ${kind}: ${issue!.path.join('.')}: ${issue!.message}`);
}

function chooseAcceleration(wanted: unknown, { accelerations: able }: BackendFacts): Acceleration {
  const chosen =
    wanted === undefined ? accelerations.find((name) => able.includes(name)) : able.find((name) => name === wanted);
  if (chosen !== undefined) return chosen;
  if (able.length === 0) throw new UserError('this model has a chunk size that no acceleration stands for');
  throw new UserError(`--acceleration ${String(wanted)}: this model does ${able.join(', ')}`);
}

function chooseChannel(wanted: string | undefined): { readonly channel?: number } {
  if (wanted === undefined) return {};
  if (!/^\d{1,3}$/.test(wanted)) throw new UserError(`--channel ${wanted}: use a number from 0`);
  return { channel: Number(wanted) };
}

/** BCP 47 tags mean the same in any case. */
function chooseLanguage(wanted: string, { languages }: BackendFacts): string {
  const same = (tag: string) => tag.toLowerCase() === wanted.toLowerCase();
  const found = same('auto') || languages === null ? wanted : languages.find(same);
  if (found !== undefined) return found;
  throw new UserError(`--language ${wanted}: this model knows ${languages!.join(', ')} and auto`);
}

function show(file: string, hypothesis: Hypothesis, options: Record<string, unknown>, terminal: Terminal): void {
  if (options['json']) {
    const { partials: shown, ...rest } = hypothesis;
    const partials = shown && wholePartials(shown);
    terminal.print(JSON.stringify({ file, ...rest, ...(options['partials'] ? { partials } : {}) }));
    return;
  }
  for (const { atMs, text } of options['partials'] ? wholePartials(hypothesis.partials ?? []) : []) {
    terminal.print(terminal.dim(`${(atMs / 1000).toFixed(2).padStart(7)} s  ${text}`));
  }
  terminal.print(hypothesis.text);
}
