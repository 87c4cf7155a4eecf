/**
 * The child process of the `onnx` backend: loads one model and answers one utterance at a time. It exists because
 * inference in onnxruntime-node blocks the thread that asks for it, and because the memory and the death of a process of
 * one's own can be told apart from everything else.
 */
import { basename } from 'node:path';
import { streamAudio } from '../audio/stream-audio.ts';
import { SAMPLE_RATE } from '../engine/features.ts';
import { LOOK_AHEADS } from '../engine/geometry.ts';
import { modelDigest } from '../engine/model-files.ts';
import { assertRanOn } from '../engine/profile.ts';
import { StreamingRecognizer } from '../engine/recognizer.ts';
import { transcribeClip } from '../engine/transcription.ts';
import { BackendError, UserError } from '../errors.ts';
import type { Hypothesis, RecognizerInfo } from '../types.ts';
import type { OpenRequest, PartialMessage, Reply, Request, SentError, TranscribeRequest } from './onnx-messages.ts';

const clock = (): number => performance.now();

let recognizer: StreamingRecognizer | null = null;

async function open(request: OpenRequest): Promise<RecognizerInfo> {
  const start = clock();
  recognizer = await StreamingRecognizer.load(request.model, { ...request, clock });
  await warmUp(recognizer);
  const loadMs = clock() - start;
  const effectiveProvider = await recognizer.effectiveProvider();
  if (!request.allowFallback) assertRanOn(request.provider, effectiveProvider);
  return {
    // The folder's name alone: results travel, and where they were made is nobody's business.
    model: basename(request.model),
    description: [recognizer.contract.description, ...recognizer.contract.warnings].join('; '),
    modelSha256: await modelDigest(recognizer.contract.files),
    precision: recognizer.contract.precision ?? request.precision,
    requestedProvider: request.provider,
    effectiveProvider,
    threads: request.threads,
    loadMs,
    peakMemoryMiB: null,
  };
}

/** Silence through every chunk size: the first stream of a size loads the encoder for it, and its first runs allocate. */
async function warmUp(loaded: StreamingRecognizer): Promise<void> {
  const { contract } = loaded;
  const language = contract.languages?.[0] ?? 'auto';
  for (const lookAhead of contract.lookAheads) {
    await transcribeClip(loaded, new Float32Array(2 * SAMPLE_RATE), { language, lookAhead, delivery: 'batch' });
  }
}

async function transcribe(request: TranscribeRequest): Promise<Hypothesis> {
  if (recognizer === null) throw new Error('an utterance came before the model');
  const { language, acceleration, delivery, sendsPartials } = request;
  const decoding = new DecodingTime();
  const audio = await decoding.of(streamAudio(request.audio));
  const onText = (text: string): void => send({ type: 'partial', text });
  const options = { language, lookAhead: LOOK_AHEADS[acceleration], delivery, ...(sendsPartials ? { onText } : {}) };
  const { spans, ...heard } = await transcribeClip(recognizer, decoding.ofEach(audio.pieces), options);
  const { sha256, durationSeconds } = audio.heard();
  return {
    ...heard,
    delivery,
    spans: { decodeMs: decoding.ms, ...spans },
    costUsd: null,
    audioSha256: sha256,
    heardSeconds: durationSeconds,
  };
}

/** Keeps the time of decoding apart from all else, and tells its failures from those of the recognizer. */
class DecodingTime {
  ms = 0;

  async of<Result>(work: Promise<Result>): Promise<Result> {
    const start = clock();
    try {
      return await work;
    } catch (error) {
      throw error instanceof UserError ? new BackendError('audio', error.message, false, { cause: error }) : error;
    } finally {
      this.ms += clock() - start;
    }
  }

  async *ofEach(pieces: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
    const iterator = pieces[Symbol.asyncIterator]();
    for (let next = await this.of(iterator.next()); !next.done; next = await this.of(iterator.next())) yield next.value;
  }
}

function sendable(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const shared = { message, stack: stack ?? null };
  if (error instanceof BackendError) {
    return { ...shared, name: 'BackendError', kind: error.kind, retryable: error.retryable };
  }
  return { ...shared, name: error instanceof UserError ? 'UserError' : 'Error', kind: '', retryable: false };
}

type Answer = Reply extends infer R ? (R extends Reply ? Omit<R, 'peakMemoryMiB'> : never) : never;

async function answer(request: Request): Promise<Answer> {
  try {
    if (request.type === 'open') return { type: 'opened', info: await open(request) };
    return { type: 'transcribed', hypothesis: await transcribe(request) };
  } catch (error) {
    return { type: 'failed', error: sendable(error) };
  }
}

function send(message: Reply | PartialMessage): void {
  process.send?.(message);
}

/** `maxRSS` is in KiB. */
function peakMemoryMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

// A terminal's Ctrl-C reaches every process of its group; when to end is the parent's decision, told by disconnecting.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => {
  void answer(request).then((reply) => send({ ...reply, peakMemoryMiB: peakMemoryMiB() }));
});
