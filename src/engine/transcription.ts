import { changeOf } from '../text/partials.ts';
import type { PartialChange, Spans, WordTime } from '../types.ts';
import type { ModelContract } from './contracts/contract.ts';
import { SAMPLE_RATE } from './features.ts';
import { ENCODER_FRAME_SECONDS, samplesForChunk } from './geometry.ts';
import type { ChunkTimes, RecognizerStream, StreamingRecognizer, StreamOptions } from './recognizer.ts';
import { beginsWord, detokenize, isText } from './tokens.ts';
import type { EmittedToken } from './transducer.ts';
import { finishTimesMs, type ScheduledChunk } from './virtual-clock.ts';

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
  readonly spans: Required<Pick<Spans, 'inferenceMs' | 'featuresMs' | 'encoderMs' | 'decoderMs'>>;
}

export interface TranscriptionOptions extends StreamOptions {
  readonly delivery: 'batch' | 'streaming-virtual';
  /** Told the text so far each time it changed, outside of what is measured. */
  readonly onText?: (text: string) => void;
}

interface RecognizedChunk extends ChunkTimes {
  /** What it made of the text before it; `null` where it made nothing of it. */
  readonly change: Pick<PartialChange, 'keep' | 'add'> | null;
}

/**
 * Recognizes a whole clip, mono at 16 kHz, through the chunks of its look-ahead. Streaming on the virtual clock and batch
 * compute the same; they differ in what a latency means.
 *
 * @param audio the samples, or pieces of them in order: a recording of hours is then never in memory whole.
 * @throws UserError for a language or look-ahead that the model lacks, BackendError when inference fails.
 */
export async function transcribeClip(
  recognizer: StreamingRecognizer,
  audio: Float32Array | AsyncIterable<Float32Array>,
  options: TranscriptionOptions,
): Promise<Transcription> {
  const stream = await recognizer.createStream(options);
  const isBatch = options.delivery === 'batch';
  const { chunks, sampleCount } = await recognizeAll(stream, audio, options.onText);
  const spans = sumSpans(chunks);
  const schedule = chunks.map((chunk, index) => scheduledChunk(stream, sampleCount, chunk, index));
  const finishes = finishTimesMs(schedule);
  const audioMs = (sampleCount / SAMPLE_RATE) * 1000;
  return {
    text: stream.text,
    detectedLanguage: stream.detectedLanguage,
    partials: isBatch ? null : partialsOf(chunks, finishes),
    words: wordsOf(recognizer.contract, stream.tokens),
    latencyMs: isBatch ? spans.inferenceMs : (finishes.at(-1) ?? audioMs) - audioMs,
    spans,
  };
}

async function recognizeAll(
  stream: RecognizerStream,
  audio: Float32Array | AsyncIterable<Float32Array>,
  onText: TranscriptionOptions['onText'],
): Promise<{ readonly chunks: readonly RecognizedChunk[]; readonly sampleCount: number }> {
  const chunks: RecognizedChunk[] = [];
  let shown = '';
  const recognizeReady = async (): Promise<void> => {
    for (let times = await stream.step(); times !== null; times = await stream.step()) {
      const { text } = stream;
      const change = text === shown ? null : changeOf(shown, text);
      if (change) onText?.(text);
      shown = text;
      chunks.push({ ...times, change });
    }
  };
  let sampleCount = 0;
  for await (const samples of audio instanceof Float32Array ? [audio] : audio) {
    stream.accept(samples);
    sampleCount += samples.length;
    await recognizeReady();
  }
  stream.end();
  await recognizeReady();
  return { chunks, sampleCount };
}

function scheduledChunk(
  stream: RecognizerStream,
  sampleCount: number,
  chunk: ChunkTimes,
  index: number,
): ScheduledChunk {
  // The last chunk need not wait for audio that will never come: the end of the audio makes it available.
  const needed = Math.min(sampleCount, samplesForChunk(stream.geometry, index));
  return {
    availableMs: (needed / SAMPLE_RATE) * 1000,
    computeMs: chunk.featuresMs + chunk.encoderMs + chunk.decoderMs,
  };
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
