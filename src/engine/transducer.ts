import { BackendError } from '../errors.ts';
import type { ModelContract } from './contracts/contract.ts';
import type { EncodedChunk } from './encoder.ts';
import type { Graphs } from './graphs.ts';
import { createHead, type TransducerHead } from './heads.ts';

/** Symbols that one encoder frame may emit; as in NeMo's and sherpa-onnx's greedy search. */
export const MAX_SYMBOLS_PER_FRAME = 10;

/** A token and the encoder frame, from the start of the stream, that emitted it. */
export interface EmittedToken {
  readonly id: number;
  readonly frame: number;
}

/**
 * Greedy search over one stream's encoder frames.
 *
 * Most frames emit nothing, so the head is asked about all the frames that are left at once, and again only behind each
 * emission: the large output matrix is then read once per token instead of once per frame.
 */
export class GreedyTransducer {
  readonly #head: TransducerHead;
  readonly #blank: number;
  readonly #framesPerCall: number;
  #started = false;
  #framesSeen = 0;

  constructor(graphs: Graphs, contract: ModelContract) {
    this.#head = createHead(graphs, contract);
    this.#blank = contract.vocabulary.blank;
    this.#framesPerCall = graphs.jointBuffers.framesPerCall;
  }

  /** Tokens of the next chunk. */
  async decode(chunk: EncodedChunk): Promise<EmittedToken[]> {
    if (!this.#started) await this.#head.accept(this.#blank);
    this.#started = true;
    const emitted: EmittedToken[] = [];
    let frame = 0;
    let symbols = 0;
    while (frame < chunk.validFrames) {
      const count = Math.min(this.#framesPerCall, chunk.validFrames - frame);
      const scores = await this.#head.scores(chunk, frame, count);
      const { frames, token } = this.#firstToken(scores, count);
      // Fresh frames may emit again; only the frame that emitted last time has used up symbols.
      if (frames > 0) symbols = 0;
      frame += frames;
      if (token === null) continue;
      emitted.push({ id: token, frame: this.#framesSeen + frame });
      await this.#head.accept(token);
      if (++symbols < MAX_SYMBOLS_PER_FRAME) continue;
      frame++;
      symbols = 0;
    }
    this.#framesSeen += chunk.validFrames;
    return emitted;
  }

  /** How many of the `count` frames are blank up to the first that emits, and what that one emits. */
  #firstToken(scores: Float32Array, count: number): { frames: number; token: number | null } {
    const blank = this.#blank;
    for (let frame = 0; frame < count; frame++) {
      const token = largest(scores, frame * (blank + 1), blank + 1);
      if (token !== blank) return { frames: frame, token };
    }
    return { frames: count, token: null };
  }
}

/** Index of the largest of `count` values, the first of equals. Logits and log-probabilities serve alike. */
function largest(values: Float32Array, start: number, count: number): number {
  let best = 0;
  let bestValue = -Infinity;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const value = values[start + i]!;
    // NaN loses every comparison, but a sum that it enters shows it.
    sum += value;
    if (value > bestValue) {
      bestValue = value;
      best = i;
    }
  }
  if (Number.isNaN(sum) || !Number.isFinite(bestValue)) {
    throw new BackendError('non-finite', 'the joiner gave scores that are not finite', false);
  }
  return best;
}
