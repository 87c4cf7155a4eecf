import type { Tensor } from 'onnxruntime-node';
import type { JointFrames } from './contracts/contract.ts';
import type { EncodedChunk } from './encoder.ts';
import { floatsOf, writeMatrix } from './float-data.ts';
import type { TensorFactory } from './tensors.ts';

/** A joiner's input and output for one number of frames. */
interface JointBuffer {
  readonly frames: Tensor;
  /** 1 × frames × 1 × classes. */
  readonly scores: Tensor;
  /** What {@link floatsOf} may take for the scores. */
  readonly values: Float32Array;
}

/**
 * What a model's joiner reads and writes, for one call at a time. Streams take turns with it, and all numbers of frames share
 * the memory of the largest, so that a look at frames allocates nothing.
 */
export class JointBuffers {
  /** Encoder frames that one call can take. */
  readonly framesPerCall: number;
  readonly #tensors: TensorFactory;
  readonly #contract: JointFrames;
  readonly #width: number;
  readonly #classes: number;
  #buffers = new Map<number, JointBuffer>();
  #largest: JointBuffer | null = null;
  #largestCount = 0;

  constructor(tensors: TensorFactory, contract: JointFrames, width: number, classes: number) {
    this.framesPerCall = contract.framesPerCall ?? Infinity;
    this.#tensors = tensors;
    this.#contract = contract;
    this.#width = width;
    this.#classes = classes;
  }

  /** The buffer that holds `count` frames of a chunk, from `first` on. */
  with(chunk: EncodedChunk, first: number, count: number): JointBuffer {
    const buffer = this.#of(count);
    const part = {
      rows: this.#width,
      stride: chunk.totalFrames,
      first,
      count,
      isTransposed: this.#contract.takesTimeFirst,
    };
    writeMatrix(buffer.frames, chunk.frames, part);
    return buffer;
  }

  #of(count: number): JointBuffer {
    const known = this.#buffers.get(count);
    if (known) return known;
    if (count > this.#largestCount) {
      const { floatType } = this.#contract;
      const scores = this.#tensors.zeros(floatType, this.#scoresShape(count));
      this.#largest = {
        frames: this.#tensors.zeros(floatType, this.#framesShape(count)),
        scores,
        values: floatsOf(scores),
      };
      this.#largestCount = count;
      this.#buffers = new Map();
    }
    const { frames, scores, values } = this.#largest!;
    const buffer = {
      frames: this.#tensors.beginning(frames, this.#framesShape(count)),
      scores: this.#tensors.beginning(scores, this.#scoresShape(count)),
      values: values.subarray(0, count * this.#classes),
    };
    this.#buffers.set(count, buffer);
    return buffer;
  }

  #framesShape(count: number): readonly number[] {
    return this.#contract.takesTimeFirst ? [1, count, this.#width] : [1, this.#width, count];
  }

  #scoresShape(count: number): readonly number[] {
    return [1, count, 1, this.#classes];
  }
}
