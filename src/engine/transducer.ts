import type { Tensor } from 'onnxruntime-node';
import { BackendError } from '../errors.ts';
import type { ModelContract } from './contract.ts';
import type { EncodedChunk } from './encoder.ts';
import { setInteger, type Graphs } from './graphs.ts';
import type { Graph } from './sessions.ts';

/** Symbols that one encoder frame may emit; as in NeMo's and sherpa-onnx's greedy search. */
export const MAX_SYMBOLS_PER_FRAME = 10;

/** A token and the encoder frame, from the start of the stream, that emitted it. */
export interface EmittedToken {
  readonly id: number;
  readonly frame: number;
}

interface PredictorState {
  readonly output: Tensor;
  readonly hidden: Tensor;
  readonly cell: Tensor;
}

/**
 * Greedy search over one stream's encoder frames.
 *
 * The predictor runs only when a token was emitted; its output and state stay across frames and chunks. Most frames emit
 * nothing, so the joiner is asked about all the frames that are left at once, and again only behind each emission: the
 * large output matrix is then read once per token instead of once per frame.
 */
export class GreedyTransducer {
  readonly #decoder: Graph;
  readonly #joiner: Graph;
  readonly #graphs: Graphs;
  readonly #contract: ModelContract;
  readonly #target: Tensor;
  readonly #targetLength: Tensor;
  /** Buffers of the joiner by number of frames. */
  readonly #joints = new Map<number, { readonly frames: Tensor; readonly logits: Tensor }>();
  #state: PredictorState;
  #nextState: PredictorState;
  #started = false;
  #framesSeen = 0;

  constructor(graphs: Graphs, contract: ModelContract) {
    const { decoder } = contract;
    const { tensors } = graphs;
    this.#graphs = graphs;
    this.#decoder = graphs.decoder;
    this.#joiner = graphs.joiner;
    this.#contract = contract;
    this.#target = tensors.integers(decoder.targetType, 0, [1, 1]);
    this.#targetLength = tensors.integers(decoder.targetLengthType, 1, [1]);
    const emptyState = (): PredictorState => ({
      output: tensors.zeros([1, decoder.width, 1]),
      hidden: tensors.zeros(decoder.state),
      cell: tensors.zeros(decoder.state),
    });
    this.#state = emptyState();
    this.#nextState = emptyState();
  }

  /** Tokens of the next chunk. */
  async decode(chunk: EncodedChunk): Promise<EmittedToken[]> {
    if (!this.#started) await this.#predict(this.#contract.vocabulary.blank);
    this.#started = true;
    const emitted: EmittedToken[] = [];
    let frame = 0;
    let symbols = 0;
    while (frame < chunk.validFrames) {
      const count = Math.min(this.#contract.joiner.framesPerCall ?? Infinity, chunk.validFrames - frame);
      const logits = await this.#join(chunk.frames, frame, count);
      const { frames, token } = this.#firstToken(logits, count);
      // Fresh frames may emit again; only the frame that emitted last time has used up symbols.
      if (frames > 0) symbols = 0;
      frame += frames;
      if (token === null) continue;
      emitted.push({ id: token, frame: this.#framesSeen + frame });
      await this.#predict(token);
      if (++symbols < MAX_SYMBOLS_PER_FRAME) continue;
      frame++;
      symbols = 0;
    }
    this.#framesSeen += chunk.validFrames;
    return emitted;
  }

  /** How many of the `count` frames are blank up to the first that emits, and what that one emits. */
  #firstToken(logits: Float32Array, count: number): { frames: number; token: number | null } {
    const { blank } = this.#contract.vocabulary;
    for (let frame = 0; frame < count; frame++) {
      const token = largest(logits, frame * (blank + 1), blank + 1);
      if (token !== blank) return { frames: frame, token };
    }
    return { frames: count, token: null };
  }

  async #predict(token: number): Promise<void> {
    setInteger(this.#target, token);
    const { hidden, cell } = this.#state;
    const next = this.#nextState;
    await this.#decoder.run(
      [this.#target, this.#targetLength, hidden, cell],
      [next.output, null, next.hidden, next.cell],
    );
    [this.#state, this.#nextState] = [next, this.#state];
  }

  async #join(encoded: Tensor, first: number, count: number): Promise<Float32Array> {
    const width = this.#contract.encoder.width;
    const joint = this.#joint(count);
    const total = encoded.dims[2]!;
    const source = encoded.data as Float32Array;
    const target = joint.frames.data as Float32Array;
    for (let row = 0; row < width; row++) {
      for (let i = 0; i < count; i++) target[row * count + i] = source[row * total + first + i]!;
    }
    await this.#joiner.run([joint.frames, this.#state.output], [joint.logits]);
    return joint.logits.data as Float32Array;
  }

  #joint(count: number): { readonly frames: Tensor; readonly logits: Tensor } {
    const known = this.#joints.get(count);
    if (known) return known;
    const { tensors } = this.#graphs;
    const joint = {
      frames: tensors.zeros([1, this.#contract.encoder.width, count]),
      logits: tensors.zeros([1, count, 1, this.#contract.vocabulary.pieces.length]),
    };
    this.#joints.set(count, joint);
    return joint;
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
