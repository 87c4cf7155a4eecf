import { changeOf } from '../text/partials.ts';
import type { PartialChange } from '../types.ts';
import { SAMPLE_RATE } from './features.ts';
import { samplesForChunk, type ChunkGeometry } from './geometry.ts';
import type { Pace } from './pace.ts';
import type { ChunkTimes, RecognizerStream } from './recognizer.ts';

/** A chunk of a clip and what it made of the text. */
export interface RecognizedChunk extends ChunkTimes {
  /** What it made of the text before it; `null` where it made nothing of it. */
  readonly change: Pick<PartialChange, 'keep' | 'add'> | null;
}

/** A chunk in real time; milliseconds since the start of the audio. */
export interface PacedChunk extends RecognizedChunk {
  readonly finishedMs: number;
  readonly slipMs: number;
}

export function isPaced(chunk: RecognizedChunk): chunk is PacedChunk {
  return 'finishedMs' in chunk;
}

interface Recognized {
  readonly chunks: readonly RecognizedChunk[];
  readonly sampleCount: number;
}

type OnText = ((text: string) => void) | undefined;

type Pieces = Iterable<Float32Array> | AsyncIterable<Float32Array>;

/** Recognizes pieces as they come. */
export async function recognizeAll(stream: RecognizerStream, pieces: Pieces, onText: OnText): Promise<Recognized> {
  const chunks: RecognizedChunk[] = [];
  const shown = new ShownText(onText);
  const recognizeReady = async (): Promise<void> => {
    for (let times = await stream.step(); times !== null; times = await stream.step()) {
      chunks.push({ ...times, change: shown.changeTo(stream.text) });
    }
  };
  let sampleCount = 0;
  for await (const samples of pieces) {
    stream.accept(samples);
    sampleCount += samples.length;
    await recognizeReady();
  }
  stream.end();
  await recognizeReady();
  return { chunks, sampleCount };
}

/**
 * Hands each chunk over when its last sample has been spoken, by deadlines counted from the start of the audio, so that
 * being late once does not move what follows.
 */
export async function recognizePaced({
  stream,
  pieces,
  onText,
  pace,
  idleSinceMs,
}: {
  readonly stream: RecognizerStream;
  readonly pieces: Pieces;
  readonly onText: OnText;
  readonly pace: Pace;
  readonly idleSinceMs: () => number;
}): Promise<Recognized> {
  const feed = new Feed(pieces, stream);
  const chunks: PacedChunk[] = [];
  const shown = new ShownText(onText);
  await feed.fill(samplesForChunk(stream.geometry, 0));
  const startMs = pace.now();
  for (;;) {
    await feed.fill(samplesForChunk(stream.geometry, chunks.length));
    const dueMs = startMs + availableMs(stream.geometry, chunks.length, feed.sampleCount);
    await pace.waitUntil(dueMs);
    // What the recognizer is busy with is its own latency; anything else that makes the audio late is slip.
    const slipMs = Math.max(0, pace.now() - Math.max(dueMs, idleSinceMs()));
    const times = await stream.step();
    if (times === null) return { chunks, sampleCount: feed.sampleCount };
    const finishedMs = pace.now() - startMs;
    chunks.push({ ...times, change: shown.changeTo(stream.text), finishedMs, slipMs });
  }
}

/** Gives a stream its samples as far as they are needed. */
class Feed {
  sampleCount = 0;
  readonly #pieces: AsyncIterator<Float32Array> | Iterator<Float32Array>;
  readonly #stream: RecognizerStream;
  #isOver = false;

  constructor(pieces: Pieces, stream: RecognizerStream) {
    this.#pieces = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
    this.#stream = stream;
  }

  async fill(sampleCount: number): Promise<void> {
    while (this.sampleCount < sampleCount && !this.#isOver) {
      const next = await this.#pieces.next();
      if (next.done) {
        this.#isOver = true;
        this.#stream.end();
      } else {
        this.#stream.accept(next.value);
        this.sampleCount += next.value.length;
      }
    }
  }
}

/** The text as a listener sees it. */
class ShownText {
  readonly #onText: OnText;
  #text = '';

  constructor(onText: OnText) {
    this.#onText = onText;
  }

  changeTo(text: string): RecognizedChunk['change'] {
    if (text === this.#text) return null;
    const change = changeOf(this.#text, text);
    this.#text = text;
    this.#onText?.(text);
    return change;
  }
}

/** When a chunk's last sample was spoken. The last chunk need not wait for audio that will never come. */
export function availableMs(geometry: ChunkGeometry, index: number, sampleCount: number): number {
  return (Math.min(sampleCount, samplesForChunk(geometry, index)) / SAMPLE_RATE) * 1000;
}
