import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readWavClip, type WavClip } from '../audio/wav-clip.ts';
import { BackendError, UserError } from '../errors.ts';
import { Ending } from '../transfer/ending.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../types.ts';
import { textAlone, type Backend, type BackendFacts, type Recognizer, type TranscribeOptions } from './backend.ts';
import { machineCostUsd, machineFacts, machineSettings } from './model-process/machine-price.ts';

/** What of a program's last words is worth repeating. */
const STDERR_CHARACTERS = 2000;

const settings = z.strictObject({
  command: z
    .array(z.string())
    .min(1)
    .refine((words) => words.some((word) => word.includes('{audio}')), 'one of the words has to contain {audio}')
    .describe('Program and arguments, run without a shell: {audio} is a 16 kHz WAV, {language} a tag or auto.'),
  model: z.string().min(1).optional().describe('What the program runs, for the report (default: its name).'),
  languages: z.array(z.string()).min(1).optional().describe('Tags that the program knows; any if absent.'),
  supportsAuto: z.boolean().default(false).describe('Whether the program can find the language.'),
  timeoutSeconds: z.number().positive().default(600).describe('Longest time for one clip.'),
  concurrency: z.int().min(1).default(1).describe('Programs that may run at once.'),
  ...machineSettings,
});

type CommandSettings = z.output<typeof settings>;

/**
 * Any program that prints a transcript: whisper.cpp, pocketsphinx, a script. Its whole run is what is measured, the
 * loading of its model included, because nothing of that can be told apart from outside.
 */
export const commandBackend: Backend<typeof settings> = {
  kind: 'command',
  summary: 'any program that prints a transcript (whisper.cpp, pocketsphinx, a script)',
  settings,

  async inspect(given: CommandSettings, folder: string): Promise<BackendFacts> {
    await assertProgram(given.command[0]!, folder);
    return {
      languages: given.languages ?? null,
      // The program hears the whole clip: the longest look-ahead there is.
      accelerations: ['none'],
      supportsAuto: given.supportsAuto,
      ...machineFacts(given),
      concurrency: given.concurrency,
      location: 'local',
    };
  },

  async open(given: CommandSettings, folder: string): Promise<Recognizer> {
    await assertProgram(given.command[0]!, folder);
    const scratch = await mkdtemp(join(tmpdir(), 'earshot-command-'));
    const info = infoOf(given);
    return {
      info,
      transcribe: (audio, options) => transcribe(given, folder, scratch, audio, options),
      close: async () => {
        await rm(scratch, { recursive: true, force: true });
        return info;
      },
    };
  },
};

function infoOf({ command, model }: CommandSettings): RecognizerInfo {
  const program = basename(command[0]!);
  return {
    model: model ?? program,
    description: `what ${program} prints`,
    modelSha256: null,
    precision: null,
    requestedProvider: null,
    effectiveProvider: null,
    threads: null,
    loadMs: null,
    peakMemoryMiB: null,
  };
}

let clips = 0;

async function transcribe(
  given: CommandSettings,
  folder: string,
  scratch: string,
  source: AudioSource,
  { language, signal }: TranscribeOptions,
): Promise<Hypothesis> {
  const decodingSince = performance.now();
  const { wav, durationSeconds, audioSha256 } = await readWavClip(source).catch(asAudioError);
  const path = join(scratch, `${clips++}.wav`);
  await writeFile(path, wav);
  const words = given.command.map((word) => word.replaceAll('{audio}', path).replaceAll('{language}', language));
  const start = performance.now();
  const decodeMs = start - decodingSince;
  try {
    const text = await outputOf(words, folder, given.timeoutSeconds, signal);
    const inferenceMs = performance.now() - start;
    return {
      text,
      ...textAlone,
      latencyMs: inferenceMs,
      spans: { decodeMs, inferenceMs },
      costUsd: machineCostUsd(given, inferenceMs),
      audioSha256,
      heardSeconds: durationSeconds,
    };
  } finally {
    await rm(path, { force: true });
  }
}

/** What a program prints, its lines joined. */
function outputOf(
  [program, ...args]: readonly string[],
  folder: string,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const name = basename(program!);
  const ending = new Ending(timeoutSeconds * 1000, signal);
  return new Promise<string>((resolve, reject) => {
    const fail = (kind: string, reason: string): void => reject(new BackendError(kind, `${name} ${reason}`, false));
    const child = spawn(program!, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      signal: ending.signal,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_CHARACTERS);
    });
    child.on('error', (error) => {
      if (ending.isByTime) fail('timeout', `took longer than ${timeoutSeconds} s`);
      else if (signal?.aborted) fail('aborted', 'was interrupted');
      else fail('process', `cannot be started: ${error.message}`);
    });
    child.on('close', (code, killedBy) => {
      if (code === 0) {
        const lines = stdout.trim().split(/\s*\n\s*/);
        resolve(lines.join(' '));
        return;
      }
      const lastWords = stderr.trim().split('\n').at(-1) ?? '';
      const end = killedBy === null ? `ended with code ${code}` : `was killed by ${killedBy}`;
      fail('process', lastWords === '' ? end : `${end}: ${lastWords}`);
    });
  }).finally(() => ending.release());
}

function asAudioError(error: unknown): WavClip {
  throw error instanceof UserError ? new BackendError('audio', error.message, false, { cause: error }) : error;
}

/** @throws UserError where a shell would not find the program either. */
async function assertProgram(program: string, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await promisify(execFile)('sh', ['-c', 'command -v -- "$1"', 'sh', program], { cwd: folder }).catch(() => {
    throw new UserError(`there is no program ${program}; install it, or name it by its path`);
  });
}
