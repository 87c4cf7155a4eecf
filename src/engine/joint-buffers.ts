import type { Tensor } from 'onnxruntime-node';
import type { JointFrames } from './contracts/contract.ts';
import type { EncodedChunk } from './encoder.ts';
import { writeMatrix } from './float-data.ts';
import type { TensorFactory } from './tensors.ts';

/** The encoder frames that a model's joiner reads, for one call at a time: streams take turns with it. */
export class JointBuffers {
  /** Encoder frames that one call can take. */
  readonly framesPerCall: number;
  readonly #tensors: TensorFactory;
  readonly #contract: JointFrames;
  readonly #width: number;
  /** By number of frames. */
  readonly #buffers = new Map<number, Tensor>();

  constructor(tensors: TensorFactory, contract: JointFrames, width: number) {
    this.framesPerCall = contract.framesPerCall ?? Infinity;
    this.#tensors = tensors;
    this.#contract = contract;
    this.#width = width;
  }

  /** `count` frames of a chunk, from `first` on. */
  with(chunk: EncodedChunk, first: number, count: number): Tensor {
    const frames = this.#of(count);
    const part = {
      rows: this.#width,
      stride: chunk.totalFrames,
      first,
      count,
      isTransposed: this.#contract.takesTimeFirst,
    };
    writeMatrix(frames, chunk.frames, part);
    return frames;
  }

  #of(count: number): Tensor {
    const known = this.#buffers.get(count);
    if (known) return known;
    const { floatType, takesTimeFirst } = this.#contract;
    const frames = this.#tensors.zeros(floatType, takesTimeFirst ? [1, count, this.#width] : [1, this.#width, count]);
    this.#buffers.set(count, frames);
    return frames;
  }
}
