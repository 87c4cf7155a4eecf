import { BackendError } from '../errors.ts';
import type { EncoderBatch, BatchMember } from './encoder-batch.ts';
import type { EncodedChunk, StreamingEncoder } from './encoder.ts';
import type { Turns } from './turns.ts';

/** A chunk and its stream's share of the call that encoded it. */
export interface SharedChunk {
  readonly chunk: EncodedChunk;
  readonly encoderMs: number;
}

interface Waiting extends BatchMember {
  readonly resolve: (shared: SharedChunk) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Streams of one look-ahead that are encoded together. A call is made as soon as every stream that is at a chunk has its
 * features ready; one that comes during a call has part in the next. Nobody waits for a stream that has no chunk yet.
 */
export class EncoderGroup {
  readonly #batch: EncoderBatch;
  readonly #turns: Turns;
  readonly #clock: () => number;
  /** Streams between the beginning of a chunk and its end. */
  #atChunk = 0;
  #waiting: Waiting[] = [];

  /** @param turns shared with everything else that computes, so that no measured time has another's work in it. */
  constructor(batch: EncoderBatch, turns: Turns, clock: () => number) {
    this.#batch = batch;
    this.#turns = turns;
    this.#clock = clock;
  }

  /** Runs all that is to be done for one chunk of one stream. */
  async chunk<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#atChunk++;
    try {
      return await work();
    } finally {
      this.#atChunk--;
      this.#callIfAllWait();
    }
  }

  /** Encodes the chunk of a stream that is within {@link chunk}. */
  encode(encoder: StreamingEncoder, validFrames: number): Promise<SharedChunk> {
    const shared = new Promise<SharedChunk>((resolve, reject) => {
      this.#waiting.push({ encoder, validFrames, resolve, reject });
    });
    this.#callIfAllWait();
    return shared;
  }

  #callIfAllWait(): void {
    // Not at once: a stream goes from one chunk straight to the next, and should be met there.
    setImmediate(() => {
      if (this.#waiting.length === 0 || this.#waiting.length < this.#atChunk) return;
      const members = this.#waiting;
      this.#waiting = [];
      void this.#turns.take(() => this.#call(members));
    });
  }

  async #call(members: readonly Waiting[]): Promise<void> {
    const start = this.#clock();
    try {
      const chunks = await this.#encodeAll(members);
      const encoderMs = (this.#clock() - start) / members.length;
      for (const [index, { resolve, reject }] of members.entries()) {
        const chunk = chunks[index]!;
        if (chunk instanceof BackendError) reject(chunk);
        else resolve({ chunk, encoderMs });
      }
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
  }

  async #encodeAll(members: readonly Waiting[]): Promise<readonly (EncodedChunk | BackendError)[]> {
    const [{ encoder, validFrames }] = members as readonly [Waiting, ...Waiting[]];
    // Alone, a stream goes without the copies, through the graph that was loaded for its very shapes.
    if (members.length > 1) return this.#batch.encode(members);
    this.#batch.giveBack(encoder);
    return [await encoder.encode(validFrames)];
  }
}
