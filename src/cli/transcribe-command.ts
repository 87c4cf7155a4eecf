import { resolve } from 'node:path';
import { backendOfKind, backends } from '../backends/index.ts';
import { embeddedModel } from '../embedded.ts';
import { BackendError, UserError } from '../errors.ts';
import type { Acceleration, Hypothesis } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

const accelerations: readonly Acceleration[] = ['none', 'regular', 'high', 'full'];

export const transcribeCommand: CliCommand = {
  name: 'transcribe',
  define: (command) =>
    command
      .description('prints the text of audio files')
      .argument('<file...>', 'audio files')
      .option('--backend <kind>', `one of: ${Object.keys(backends).join(', ')}`, 'onnx')
      .option('--model <dir>', 'model folder', embeddedModel)
      .option('--language <tag>', 'BCP 47 tag or auto', 'auto')
      .option('--acceleration <name>', `one of: ${accelerations.join(', ')}`, 'none')
      .option('--partials', 'print what was shown before the final text')
      .option('--json', 'one JSON object per file')
      .addHelpText(
        'after',
        example('earshot transcribe datasets/spoken-commands/audio/en-US-0001.flac --language en-US'),
      ),

  async execute([files], options, terminal) {
    const acceleration = accelerations.find((name) => name === options['acceleration']);
    if (acceleration === undefined) {
      throw new UserError(`--acceleration ${String(options['acceleration'])}: use ${accelerations.join(', ')}`);
    }
    const kind = options['backend'] as string;
    if (!Object.hasOwn(backends, kind))
      throw new UserError(`--backend ${kind}: use ${Object.keys(backends).join(', ')}`);
    const backend = backendOfKind(kind);
    const settings = backend.settings.parse({ model: options['model'] });
    const facts = await backend.inspect(settings, process.cwd());
    if (!facts.accelerations.includes(acceleration)) {
      throw new UserError(`--acceleration ${acceleration}: this model does ${facts.accelerations.join(', ')}`);
    }
    const language = options['language'] as string;
    if (language !== 'auto' && facts.languages !== null && !facts.languages.includes(language)) {
      throw new UserError(`--language ${language}: this model knows ${facts.languages.join(', ')} and auto`);
    }
    const recognizer = await backend.open(settings, process.cwd());
    try {
      for (const file of files as string[]) {
        const audio = { path: resolve(file), offsetSeconds: 0, durationSeconds: null };
        const hypothesis = await recognizer.transcribe(audio, { language, acceleration }).catch(explainAudio);
        show(file, hypothesis, options, terminal);
      }
    } finally {
      await recognizer.close();
    }
    return exitCodes.done;
  },
};

/** Outside a sweep, audio that cannot be read is simply bad input. */
function explainAudio(error: unknown): never {
  throw error instanceof BackendError && error.kind === 'audio' ? new UserError(error.message) : error;
}

function show(file: string, hypothesis: Hypothesis, options: Record<string, unknown>, terminal: Terminal): void {
  if (options['json']) {
    const { partials, ...rest } = hypothesis;
    terminal.print(JSON.stringify({ file, ...rest, ...(options['partials'] ? { partials } : {}) }));
    return;
  }
  for (const { atMs, text } of options['partials'] ? (hypothesis.partials ?? []) : []) {
    terminal.print(terminal.dim(`${(atMs / 1000).toFixed(2).padStart(7)} s  ${text}`));
  }
  terminal.print(hypothesis.text);
}
