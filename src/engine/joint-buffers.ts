import type { Tensor } from 'onnxruntime-node';
import type { JointFrames } from './contracts/contract.ts';
import type { EncodedChunk } from './encoder.ts';
import { writeMatrix } from './float-data.ts';
import type { TensorFactory } from './tensors.ts';

/** A joiner's input and output for one number of frames. */
export interface JointBuffer {
  readonly frames: Tensor;
  /** 1 × frames × 1 × classes. */
  readonly scores: Tensor;
}

/** The buffers of a joiner by number of frames, so that a look at frames allocates nothing. */
export class JointBuffers {
  readonly #tensors: TensorFactory;
  readonly #contract: JointFrames;
  readonly #width: number;
  readonly #classes: number;
  readonly #buffers = new Map<number, JointBuffer>();

  constructor(tensors: TensorFactory, contract: JointFrames, width: number, classes: number) {
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
    const { floatType, takesTimeFirst } = this.#contract;
    const buffer = {
      frames: this.#tensors.zeros(floatType, takesTimeFirst ? [1, count, this.#width] : [1, this.#width, count]),
      scores: this.#tensors.zeros(floatType, [1, count, 1, this.#classes]),
    };
    this.#buffers.set(count, buffer);
    return buffer;
  }
}
