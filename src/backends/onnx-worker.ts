/** The process of the `onnx` backend. */
import { basename } from 'node:path';
import { streamAudio } from '../audio/stream-audio.ts';
import { HOP_SAMPLES, SAMPLE_RATE } from '../engine/features.ts';
import { LOOK_AHEADS } from '../engine/geometry.ts';
import { modelDigest } from '../engine/model-files.ts';
import { assertRanOn } from '../engine/profile.ts';
import { StreamingRecognizer } from '../engine/recognizer.ts';
import { transcribeClip } from '../engine/transcription.ts';
import { Turns } from '../engine/turns.ts';
import type { Hypothesis, RecognizerInfo } from '../types.ts';
import { DecodingTime } from './model-process/decoding-time.ts';
import type { TranscribeRequest } from './model-process/model-messages.ts';
import { serveModel } from './model-process/model-worker.ts';
import type { OnnxModel } from './onnx.ts';

const clock = (): number => performance.now();

let recognizer: StreamingRecognizer | null = null;

/** Files that were read at once would be decoded in a row, for which streams in real time would have to wait. */
const decodes = new Turns(clock);

async function open(request: OnnxModel): Promise<RecognizerInfo> {
  const start = clock();
  recognizer = await StreamingRecognizer.load(request.folder, {
    ...request,
    clock,
    batchesStreams: request.concurrency > 1,
  });
  await warmUp(recognizer);
  const loadMs = clock() - start;
  const effectiveProvider = await recognizer.effectiveProvider();
  if (!request.allowFallback) assertRanOn(request.provider, effectiveProvider);
  return {
    // The folder's name alone: results travel, and where they were made is nobody's business.
    model: basename(request.folder),
    description: [
      recognizer.contract.description,
      ...recognizer.contract.warnings,
      ...remarks(request, recognizer),
    ].join('; '),
    modelSha256: await modelDigest(recognizer.contract.files),
    precision: recognizer.contract.precision ?? request.precision,
    requestedProvider: request.provider,
    effectiveProvider,
    threads: request.threads,
    loadMs,
    peakMemoryMiB: null,
  };
}

function remarks({ concurrency }: OnnxModel, { batchesStreams }: StreamingRecognizer): readonly string[] {
  if (concurrency === 1) return [];
  return batchesStreams
    ? ['streams encoded together']
    : ['streams encoded one by one, because the export takes one per call'];
}

/**
 * Silence through every chunk size, with a rest that fills none: the first stream of a size loads the encoders for it, and their
 * first runs allocate.
 */
async function warmUp(loaded: StreamingRecognizer): Promise<void> {
  const { contract } = loaded;
  const language = contract.languages?.[0] ?? 'auto';
  const silence = new Float32Array(2 * SAMPLE_RATE + 4 * HOP_SAMPLES);
  for (const lookAhead of contract.lookAheads) {
    const hear = () => transcribeClip(loaded, silence, { language, lookAhead, delivery: 'batch' });
    await hear();
    if (!loaded.batchesStreams) continue;
    const [together] = await Promise.allSettled([hear(), hear()]);
    if (together.status === 'rejected') loaded.stopBatching();
  }
}

async function transcribe(
  request: TranscribeRequest,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Hypothesis> {
  if (recognizer === null) throw new Error('an utterance came before the model');
  const { language, acceleration, delivery, sendsPartials } = request;
  const decoding = new DecodingTime();
  const audio = await decodes.take(() => decoding.of(streamAudio(request.audio)));
  const lookAhead = LOOK_AHEADS[acceleration];
  const options = { language, lookAhead, delivery, signal, ...(sendsPartials ? { onText } : {}) };
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

serveModel({ open, transcribe });
