import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAudio } from '../../audio/decode-audio.ts';
import { BackendError } from '../../errors.ts';
import { wholePartials } from '../../text/partials.ts';
import type { AudioSource, Hypothesis, Transport } from '../../types.ts';
import { writeWav } from '../../audio/write-wav.ts';
import { endpoints, nemotronId } from './endpoints.ts';
import { askFree } from './probe-free.ts';
import { askRaw, parsed, told, type Finding, type ProbeOptions } from './probe-raw.ts';

const shortSeconds = 5;
/** Just above a minute, where rounding up would show. */
const longSeconds = 61;
const sampleRate = 16_000;
const queuedCalls = 2;
const longestWaitMs = 120_000;

/** Started minutes: those of 61 s count two. A refused input may have used a machine and is counted as if billed. */
const startedMinutes = { direct: 1, long: 2, stream: 1, queued: queuedCalls, silence: 1, containers: 2, refused: 3 };

/** What the probe costs at most, by the list and with every started minute billed whole. */
export const probeCostsAtMostUsd =
  endpoints.get(nemotronId)!.price.usdPerUnit! *
  Object.values(startedMinutes).reduce((total, minutes) => total + minutes, 0);

/** Asks the endpoint what nobody documents, in a dozen calls at most. */
export async function* probe(options: ProbeOptions): AsyncGenerator<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-probe-'));
  try {
    const speech = await joined(options.clips, longSeconds);
    const short = await stored(folder, 'short.wav', speech.subarray(0, shortSeconds * sampleRate));
    const long = await stored(folder, 'long.wav', speech);
    const silence = await stored(folder, 'silence.wav', new Float32Array(shortSeconds * sampleRate));
    const queued = yield* askPaid(options, short, long);
    yield* askEarly(options, silence);
    yield* askContainers(options, options.clips[0]!, silence);
    yield* askFree(options, queued);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* askPaid(
  options: ProbeOptions,
  short: AudioSource,
  long: AudioSource,
): AsyncGenerator<Finding, readonly string[]> {
  const ask = async (transport: Transport, audio: AudioSource): Promise<Hypothesis | string> => {
    const recognizer = await options.connect(transport);
    return recognizer
      .transcribe(audio, { language: options.language, acceleration: 'regular' })
      .catch((error: unknown) => {
        if (error instanceof BackendError && !error.facts.stopsBackend && !error.facts.isUnreachable)
          return `${error.kind}: ${error.message}`;
        throw error;
      });
  };
  const units = (answer: Hypothesis | string) => {
    if (typeof answer === 'string') return answer;
    return answer.hosted?.billableUnits === null ? 'no header' : `${answer.hosted!.billableUnits} minutes`;
  };
  const direct = await ask('run', short);
  yield { question: `What is billed for ${shortSeconds} s?`, finding: units(direct) };
  yield { question: `What is billed for ${longSeconds} s?`, finding: units(await ask('run', long)) };
  const runner = typeof direct === 'string' ? direct : (direct.hosted?.runnerId ?? 'not sent');
  yield { question: 'Which runner does x-fal-served-from name?', finding: runner };
  const streamed = await ask('stream', short);
  yield { question: 'What does a stream say of its bill?', finding: units(streamed) };
  yield {
    question: 'How does a stream tell its partials?',
    finding: typeof streamed === 'string' ? streamed : cadence(streamed),
  };
  const queued: (Hypothesis | string)[] = [];
  for (let call = 0; call < queuedCalls; call++) queued.push(await ask('queue', short));
  const answers = [direct, streamed, ...queued].filter((answer) => typeof answer !== 'string');
  const texts = new Set(answers.map(({ text }) => text));
  yield {
    question: `Does one clip give one text, ${answers.length} times over?`,
    finding: answers.length < 2 ? 'too few answers' : texts.size === 1 ? 'yes' : [...texts].join(' | '),
  };
  const times = queued.map((answer) => (typeof answer === 'string' ? answer : describeTimes(answer)));
  yield { question: 'What times does the queue report and show?', finding: times.join('; ') };
  return queued.flatMap((answer) => (typeof answer === 'string' ? [] : (answer.hosted?.requestId ?? [])));
}

/** One request of silence through the queue, whose result is also asked for too early and twice. */
async function* askEarly(options: ProbeOptions, silence: AudioSource): AsyncGenerator<Finding> {
  const queue = 'https://queue.fal.run';
  const input = { audio_url: await dataUri(silence.path, 'audio/x-wav'), language: options.language };
  const accepted = await askRaw(options, `${queue}/${nemotronId}`, input);
  const { request_id: id } = parsed(accepted);
  if (accepted.status !== 200 || typeof id !== 'string') {
    yield { question: 'What is heard in silence?', finding: told(accepted) };
    return;
  }
  const [owner, alias] = nemotronId.split('/');
  const place = `${queue}/${owner}/${alias}/requests/${id}`;
  yield { question: 'What does a result say before it is done?', finding: told(await askRaw(options, place)) };
  const endAtMs = performance.now() + longestWaitMs;
  while (performance.now() < endAtMs) {
    const { status } = parsed(await askRaw(options, `${place}/status`));
    if (status === 'COMPLETED') break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  yield { question: 'What is heard in silence?', finding: told(await askRaw(options, place)) };
  yield { question: 'And when it is asked for after it was collected?', finding: told(await askRaw(options, place)) };
}

/** Forms of audio that the documentation leaves open. */
async function* askContainers(options: ProbeOptions, flac: string, wav: AudioSource): AsyncGenerator<Finding> {
  const forms = [
    ['FLAC as a data URI of type audio/flac?', flac, 'audio/flac'],
    ['WAV as a data URI of type audio/wav?', wav.path, 'audio/wav'],
  ] as const;
  for (const [question, path, type] of forms) {
    const input = { audio_url: await dataUri(path, type), language: options.language };
    yield { question, finding: told(await askRaw(options, `https://fal.run/${nemotronId}`, input)) };
  }
}

async function dataUri(path: string, type: string): Promise<string> {
  return `data:${type};base64,${(await readFile(path)).toString('base64')}`;
}

function cadence({ partials, latencyMs }: Hypothesis): string {
  const texts = wholePartials(partials ?? []).map(({ text }) => text);
  const isCumulative = texts.every((text, index) => index === 0 || text.startsWith(texts[index - 1]!.slice(0, 5)));
  const at = (partials ?? []).map(({ atMs }) => Math.round(atMs)).join(', ');
  const paced = (latencyMs ?? 0) > shortSeconds * 800 ? 'at the pace of speech' : 'faster than speech';
  return `${texts.length} events, ${isCumulative ? 'each the text so far' : 'each a piece'}, ${paced}, at ${at} ms; the last is whole`;
}

function describeTimes({ spans, latencyMs }: Hypothesis): string {
  const ms = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : String(Math.round(value));
  return `latency ${ms(latencyMs)}, queue ${ms(spans.queueMs)}, inference ${ms(spans.inferenceMs)} ms`;
}

async function joined(paths: readonly string[], seconds: number): Promise<Float32Array> {
  const wanted = new Float32Array(seconds * sampleRate);
  for (let filled = 0, index = 0; filled < wanted.length; index++) {
    const path = paths[index % paths.length]!;
    const { samples } = await decodeAudio({ path, offsetSeconds: 0, durationSeconds: null });
    wanted.set(samples.subarray(0, wanted.length - filled), filled);
    filled += samples.length;
  }
  return wanted;
}

async function stored(folder: string, name: string, samples: Float32Array): Promise<AudioSource> {
  const path = join(folder, name);
  await writeFile(path, writeWav(samples, sampleRate));
  return { path, offsetSeconds: 0, durationSeconds: null };
}
