import { z } from 'zod';
import { readWavClip, type WavClip } from '../audio/wav-clip.ts';
import { BackendError, UserError } from '../errors.ts';
import { Ending } from '../transfer/ending.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../types.ts';
import { textAlone, type Backend, type BackendFacts, type Recognizer, type TranscribeOptions } from './backend.ts';

const settings = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.openai.com/v1')
    .describe('Where /audio/transcriptions is: OpenAI, or any server with its API.'),
  model: z.string().min(1).describe('Name of the model at that server, such as whisper-1.'),
  key: z.string().optional().describe('A reference such as ${OPENAI_API_KEY}; never the key itself.'),
  prompt: z.string().optional().describe('Words that the model is shown before the audio.'),
  temperature: z.number().min(0).max(1).optional().describe("Randomness of decoding; the server's default if absent."),
  languages: z.array(z.string()).min(1).optional().describe('Tags that the model knows; any if absent.'),
  usdPerAudioMinute: z.number().nonnegative().optional().describe('List price, for costs.'),
  timeoutSeconds: z.number().positive().default(120).describe('Longest time for one request.'),
  concurrency: z.int().min(1).default(2).describe('Requests in flight.'),
  attempts: z.int().min(1).max(20).default(5).describe('Tries for one answer, the first included.'),
  expectedRtf: z.number().positive().optional().describe('Real-time factor to estimate a plan with.'),
});

type OpenaiSettings = z.output<typeof settings>;

/** Servers with OpenAI's transcription API: https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const openaiBackend: Backend<typeof settings> = {
  kind: 'openai',
  summary: "any server with OpenAI's transcription API",
  settings,

  inspect(given: OpenaiSettings): Promise<BackendFacts> {
    return Promise.resolve({
      languages: given.languages ?? null,
      // The server hears the whole clip: the longest look-ahead there is.
      accelerations: ['none'],
      supportsAuto: true,
      usdPerAudioMinute: given.usdPerAudioMinute ?? null,
      expectedRtf: given.expectedRtf ?? null,
      concurrency: given.concurrency,
      location: 'hosted',
      mostAttempts: given.attempts,
    });
  },

  open(given: OpenaiSettings): Promise<Recognizer> {
    const info = infoOf(given);
    return Promise.resolve({
      info,
      transcribe: (audio, options) => transcribe(given, audio, options),
      close: () => Promise.resolve(info),
    });
  },
};

function infoOf({ baseUrl, model }: OpenaiSettings): RecognizerInfo {
  return {
    model,
    description: `${model} at ${new URL(baseUrl).host}`,
    modelSha256: null,
    precision: null,
    requestedProvider: null,
    effectiveProvider: null,
    threads: null,
    loadMs: null,
    peakMemoryMiB: null,
  };
}

async function transcribe(
  given: OpenaiSettings,
  source: AudioSource,
  { language, signal }: TranscribeOptions,
): Promise<Hypothesis> {
  const decodingSince = performance.now();
  const { wav, durationSeconds, audioSha256 } = await readWavClip(source).catch(asAudioError);
  const body = formOf(given, wav, language);
  const start = performance.now();
  const decodeMs = start - decodingSince;
  const answer = await post(given, body, signal);
  const latencyMs = performance.now() - start;
  const { usdPerAudioMinute } = given;
  return {
    text: answer.text,
    ...textAlone,
    detectedLanguage: answer.language,
    latencyMs,
    // The API does not tell how long recognition took: what lies between request and answer is not known in parts.
    spans: { decodeMs },
    costUsd: usdPerAudioMinute === undefined ? null : (usdPerAudioMinute * durationSeconds) / 60,
    audioSha256,
    heardSeconds: durationSeconds,
  };
}

function formOf(given: OpenaiSettings, wav: Buffer, language: string): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), 'audio.wav');
  form.set('model', given.model);
  form.set('response_format', 'json');
  // The API takes ISO 639 codes, which know no regions.
  if (language !== 'auto') form.set('language', language.split('-')[0]!);
  if (given.prompt !== undefined) form.set('prompt', given.prompt);
  if (given.temperature !== undefined) form.set('temperature', String(given.temperature));
  return form;
}

const answerShape = z.object({ text: z.string(), language: z.string().nullish() });

interface Answer {
  readonly text: string;
  readonly language: string | null;
}

async function post(given: OpenaiSettings, body: FormData, signal: AbortSignal | undefined): Promise<Answer> {
  const url = `${given.baseUrl.replace(/\/$/, '')}/audio/transcriptions`;
  const ending = new Ending(given.timeoutSeconds * 1000, signal);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: given.key === undefined ? {} : { authorization: `Bearer ${given.key.trim()}` },
      body,
      signal: ending.signal,
    });
    const content = await response.text();
    if (!response.ok) throw refusal(response, content);
    return readAnswer(content);
  } catch (error) {
    if (error instanceof BackendError) throw error;
    if (ending.isByTime) throw new BackendError('timeout', `no answer within ${given.timeoutSeconds} s`, true);
    if (signal?.aborted) throw new BackendError('aborted', 'the request was interrupted', false);
    const { message, cause } = error as Error;
    throw new BackendError('network', cause instanceof Error ? cause.message : message, true, { cause: error });
  } finally {
    ending.release();
  }
}

function readAnswer(content: string): Answer {
  try {
    const { text, language } = answerShape.parse(JSON.parse(content));
    return { text, language: language ?? null };
  } catch {
    throw new BackendError('protocol', `the answer is no transcription: ${content.slice(0, 200)}`, false);
  }
}

function refusal({ status, headers }: Response, content: string): BackendError {
  const message = `HTTP ${status}: ${content.replace(/\s+/g, ' ').slice(0, 200)}`;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
  if (status === 401 || status === 403) return new BackendError('key', message, false, { stopsBackend: true });
  if (status === 429) return new BackendError('rate-limit', message, true, wait);
  if (status === 408 || status >= 500) return new BackendError('server', message, true, wait);
  return new BackendError('rejected', message, false);
}

function asAudioError(error: unknown): WavClip {
  throw error instanceof UserError ? new BackendError('audio', error.message, false, { cause: error }) : error;
}
