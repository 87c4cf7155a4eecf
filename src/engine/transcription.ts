import type { AudioDelivery, Pacing, PartialChange, Spans, WordTime } from '../types.ts';
import type { ModelContract } from './contracts/contract.ts';
import { SAMPLE_RATE } from './features.ts';
import { ENCODER_FRAME_SECONDS, type ChunkGeometry } from './geometry.ts';
import { wallPace, type Pace } from './pace.ts';
import {
  availableMs,
  isPaced,
  recognizeAll,
  recognizePaced,
  type PacedChunk,
  type RecognizedChunk,
} from './recognize.ts';
import type { ChunkTimes, StreamingRecognizer, StreamOptions } from './recognizer.ts';
import { beginsWord, detokenize, isText } from './tokens.ts';
import type { EmittedToken } from './transducer.ts';
import { finishTimesMs } from './virtual-clock.ts';

/** What the recognizer made of a clip, with the time it took. */
export interface Transcription {
  readonly text: string;
  readonly detectedLanguage: string | null;
  /** `null` in batch mode. */
  readonly partials: readonly PartialChange[] | null;
  /** Starts are `null`: a transducer tells when it has heard a token, not when the token began. */
  readonly words: readonly WordTime[];
  /** Batch: from request to answer. Streaming: from the end of the audio to the answer, negative when it came before. */
  readonly latencyMs: number;
  /** Of each chunk of a stream: from when its last sample was spoken to its result. */
  readonly chunkLatenciesMs?: readonly number[];
  /** How well real time was kept; of streams in real time only. */
  readonly pacing?: Pacing;
  readonly spans: Required<Pick<Spans, 'inferenceMs' | 'featuresMs' | 'encoderMs' | 'decoderMs'>>;
}

export interface TranscriptionOptions extends StreamOptions {
  readonly delivery: AudioDelivery;
  /** Told the text so far each time it changed, outside of what is measured. */
  readonly onText?: (text: string) => void;
  /** What paces a stream in real time; the wall clock by default. */
  readonly pace?: Pace;
}

/**
 * Recognizes a whole clip, mono at 16 kHz, through the chunks of its look-ahead. Every delivery computes the same; they
 * differ in what a latency means, and in real time the audio comes at its own pace.
 *
 * @param audio the samples, or pieces of them in order: a recording of hours is then never in memory whole.
 * @throws UserError for a language or look-ahead that the model lacks, BackendError when inference fails, the reason of
 * a signal that aborted.
 */
export async function transcribeClip(
  recognizer: StreamingRecognizer,
  audio: Float32Array | AsyncIterable<Float32Array>,
  options: TranscriptionOptions,
): Promise<Transcription> {
  const stream = await recognizer.createStream(options);
  const { delivery, onText, pace = wallPace } = options;
  const pieces = audio instanceof Float32Array ? [audio] : audio;
  const isReal = delivery === 'streaming-real';
  const { chunks, sampleCount } = isReal
    ? await recognizePaced({ stream, pieces, onText, pace, idleSinceMs: () => recognizer.idleSinceMs })
    : await recognizeAll(stream, pieces, onText);
  const spans = sumSpans(chunks);
  const heard = {
    text: stream.text,
    detectedLanguage: stream.detectedLanguage,
    words: wordsOf(recognizer.contract, stream.tokens),
    spans,
  };
  if (delivery === 'batch') {
    const waitMs = chunks.reduce((sum, chunk) => sum + chunk.waitMs, 0);
    return { ...heard, partials: null, latencyMs: spans.inferenceMs + waitMs };
  }
  const available = chunks.map((_, index) => availableMs(stream.geometry, index, sampleCount));
  const finishes = chunks.every(isPaced)
    ? chunks.map(({ finishedMs }) => finishedMs)
    : finishTimesMs(chunks.map((chunk, index) => ({ availableMs: available[index]!, computeMs: computeMs(chunk) })));
  const audioMs = (sampleCount / SAMPLE_RATE) * 1000;
  return {
    ...heard,
    partials: partialsOf(chunks, finishes),
    latencyMs: (finishes.at(-1) ?? audioMs) - audioMs,
    chunkLatenciesMs: finishes.map((finish, index) => rounded(finish - available[index]!)),
    ...(isReal ? { pacing: pacingOf(stream.geometry, chunks.filter(isPaced)) } : {}),
  };
}

function computeMs({ featuresMs, encoderMs, decoderMs }: ChunkTimes): number {
  return featuresMs + encoderMs + decoderMs;
}

function pacingOf({ outputFrames }: ChunkGeometry, chunks: readonly PacedChunk[]): Pacing {
  return {
    chunkMs: Math.round(outputFrames * ENCODER_FRAME_SECONDS * 1000),
    slipMs: rounded(chunks.reduce((largest, { slipMs }) => Math.max(largest, slipMs), 0)),
  };
}

/** To microseconds: a journal holds one for each chunk. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Texts as they changed; the last one always stands for the final transcript. */
function partialsOf(chunks: readonly RecognizedChunk[], finishes: readonly number[]): PartialChange[] {
  const partials: PartialChange[] = [];
  let length = 0;
  for (const [index, { change }] of chunks.entries()) {
    const isFinal = index === chunks.length - 1;
    if (change === null && !isFinal) continue;
    const { keep, add } = change ?? { keep: length, add: '' };
    partials.push({ atMs: finishes[index]!, keep, add });
    length = keep + add.length;
  }
  return partials;
}

/** Words with the ends of the encoder frames that emitted their last tokens. */
export function wordsOf(contract: Pick<ModelContract, 'vocabulary'>, tokens: readonly EmittedToken[]): WordTime[] {
  const { vocabulary } = contract;
  const groups: EmittedToken[][] = [];
  for (const token of tokens) {
    if (!isText(vocabulary, token.id)) continue;
    const group = groups.at(-1);
    if (group === undefined || beginsWord(vocabulary.pieces[token.id]!)) groups.push([token]);
    else group.push(token);
  }
  return groups.flatMap((group) => {
    const ids = group.map((token) => token.id);
    const word = detokenize(vocabulary, ids);
    return word === ''
      ? []
      : [{ word, startSeconds: null, endSeconds: (group.at(-1)!.frame + 1) * ENCODER_FRAME_SECONDS }];
  });
}

function sumSpans(chunks: readonly ChunkTimes[]): Transcription['spans'] {
  let [featuresMs, encoderMs, decoderMs] = [0, 0, 0];
  for (const chunk of chunks) {
    featuresMs += chunk.featuresMs;
    encoderMs += chunk.encoderMs;
    decoderMs += chunk.decoderMs;
  }
  return { inferenceMs: featuresMs + encoderMs + decoderMs, featuresMs, encoderMs, decoderMs };
}
