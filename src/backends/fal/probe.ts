import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAudio } from '../../audio/decode-audio.ts';
import { BackendError } from '../../errors.ts';
import type { AudioSource, Hypothesis, Transport } from '../../types.ts';
import type { Recognizer } from '../backend.ts';
import { encodeWav } from './clip.ts';
import { nemotronId } from './endpoints.ts';
import { HttpFailure, localKey, Wire } from './wire.ts';

/** What the endpoint's documentation leaves open, and what was seen. */
export interface Finding {
  readonly question: string;
  readonly finding: string;
}

export interface ProbeOptions {
  /** Speech to put together. */
  readonly clips: readonly string[];
  readonly language: string;
  readonly key: string;
  readonly target: string | null;
  connect(transport: Transport): Promise<Recognizer>;
}

const shortSeconds = 5;
/** Just above a minute, where rounding up would show. */
const longSeconds = 61;
const sampleRate = 16_000;
const repeats = 3;

/** What the probe costs at most, by the list and with every started minute billed whole. */
export const probeCostsAtMostUsd = 0.064;

/** Asks the endpoint what nobody documents; six calls of 5 s and one of 61 s. */
export async function* probe(options: ProbeOptions): AsyncGenerator<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-probe-'));
  try {
    const speech = await joined(options.clips, longSeconds);
    const short = await stored(folder, 'short.wav', speech.subarray(0, shortSeconds * sampleRate));
    const long = await stored(folder, 'long.wav', speech);
    const silence = await stored(folder, 'silence.wav', new Float32Array(shortSeconds * sampleRate));
    yield* askPaid(options, short, long, silence);
    yield* askRefused(options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* askPaid(
  options: ProbeOptions,
  short: AudioSource,
  long: AudioSource,
  silence: AudioSource,
): AsyncGenerator<Finding> {
  const ask = async (transport: Transport, audio: AudioSource): Promise<Hypothesis | string> => {
    const recognizer = await options.connect(transport);
    return recognizer
      .transcribe(audio, { language: options.language, acceleration: 'regular' })
      .catch((error: unknown) => {
        if (error instanceof BackendError && error.facts.stopsBackend !== true)
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
  for (let call = 0; call < repeats; call++) queued.push(await ask('queue', short));
  const texts = new Set(queued.map((answer) => (typeof answer === 'string' ? answer : answer.text)));
  yield {
    question: `Does one clip give one text, ${repeats} times over?`,
    finding: texts.size === 1 ? 'yes' : [...texts].join(' | '),
  };
  const times = queued.map((answer) => (typeof answer === 'string' ? answer : describeTimes(answer)));
  yield { question: 'What times does the queue report and show?', finding: times.join('; ') };
  const silent = await ask('run', silence);
  yield {
    question: 'What is heard in silence?',
    finding: typeof silent === 'string' ? silent : JSON.stringify(silent.text),
  };
}

function cadence({ partials, latencyMs }: Hypothesis): string {
  const texts = (partials ?? []).map(({ text }) => text);
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

/** Requests that cannot be answered; the host says that it does not bill them. */
async function* askRefused(options: ProbeOptions): AsyncGenerator<Finding> {
  const refused = (input: object) => refusal(options, input);
  const silence = Buffer.from(encodeWav(new Float32Array(sampleRate), sampleRate).wav).toString('base64');
  const clip = `data:audio/x-wav;base64,${silence}`;
  yield {
    question: 'A language that it does not have?',
    finding: await refused({ audio_url: clip, language: 'xx-XX' }),
  };
  yield {
    question: 'An address where nothing is?',
    finding: await refused({ audio_url: 'https://fal.ai/no-such-file.wav' }),
  };
  yield { question: 'A file that is no audio?', finding: await refused({ audio_url: 'data:audio/x-wav;base64,AAAA' }) };
}

async function refusal({ key, target }: ProbeOptions, input: object): Promise<string> {
  const wire = new Wire({ target, timeoutMs: 60_000, now: () => performance.now(), headers: {} });
  try {
    const response = await wire.fetch(`https://fal.run/${nemotronId}`, {
      method: 'POST',
      headers: { authorization: `Key ${target === null ? key : localKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return `answered ${response.status}: ${await response.text()}`;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const body = JSON.stringify(error.body);
    const text = `${error.exchange.status} ${body}`;
    return (key === '' ? text : text.replaceAll(key, '[key]')).slice(0, 500);
  }
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
  await writeFile(path, encodeWav(samples, sampleRate).wav);
  return { path, offsetSeconds: 0, durationSeconds: null };
}
