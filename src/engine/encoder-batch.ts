import type { Tensor } from 'onnxruntime-node';
import { BackendError } from '../errors.ts';
import type { EncoderContract } from './contracts/contract.ts';
import type { EncodedChunk, StreamingEncoder } from './encoder.ts';
import { floatsOf } from './float-data.ts';
import type { TensorFactory } from './graphs.ts';
import type { Graph } from './sessions.ts';

/** A stream's part in a call. */
export interface BatchMember {
  readonly encoder: StreamingEncoder;
  /** Feature frames in its window. */
  readonly validFrames: number;
}

/** Whether the graph takes several streams in one call: an export may fix its batch axis to 1. */
export function takesBatches(contract: EncoderContract): boolean {
  return contract.inputs.every(({ shape }, i) => shape[batchAxis(contract, i)] === null);
}

/** Of the input at this place of the contract's order; the outputs that are caches stand at the same places. */
function batchAxis(contract: EncoderContract, place: number): number {
  return place === CHANNEL_CACHE || place === TIME_CACHE ? contract.cacheBatchAxis : 0;
}

const CHANNEL_CACHE = 2;
const TIME_CACHE = 3;

/** Inputs, and the memory for the caches that come out, of calls with so many streams. */
interface Buffers {
  readonly inputs: readonly Tensor[];
  readonly caches: readonly [Tensor, Tensor];
}

/** Encodes the chunks of several streams in one call, their inputs laid beside each other on the batch axis. */
export class EncoderBatch {
  readonly #graph: Graph;
  readonly #tensors: TensorFactory;
  readonly #contract: EncoderContract;
  #buffers = new Map<number, Buffers>();
  #largest: Buffers | null = null;
  #largestCount = 0;

  /** @param graph the encoder for any number of streams. */
  constructor(graph: Graph, tensors: TensorFactory, contract: EncoderContract) {
    this.#graph = graph;
    this.#tensors = tensors;
    this.#contract = contract;
  }

  /**
   * @param members of one look-ahead.
   * @returns for each its chunk, or the error by which it alone fails.
   * @throws BackendError of kind `inference`, by which all fail.
   */
  async encode(members: readonly BatchMember[]): Promise<readonly (EncodedChunk | BackendError)[]> {
    const count = members.length;
    const own = members.map(({ encoder, validFrames }) => encoder.inputs(validFrames));
    const { inputs, caches } = this.#of(count, own[0]!);
    for (const [place, input] of inputs.entries()) {
      const axis = batchAxis(this.#contract, place);
      for (const [index, { [place]: from }] of own.entries()) copy('into', input, from!, axis, index, count);
    }
    const [frames, encodedLengths, , , cacheLengths] = await this.#graph.run(inputs, [null, null, ...caches, null]);
    const values = floatsOf(frames!);
    const size = values.length / count;
    return members.map(({ encoder }, index) => {
      for (const [which, cache] of encoder.nextCaches.entries()) {
        copy('out of', caches[which]!, cache, this.#contract.cacheBatchAxis, index, count);
      }
      try {
        return encoder.take(
          values.subarray(index * size, (index + 1) * size),
          Number(encodedLengths!.data[index]),
          Number(cacheLengths!.data[index]),
        );
      } catch (error) {
        if (error instanceof BackendError) return error;
        throw error;
      }
    });
  }

  /** All numbers of streams share the memory of the largest. */
  #of(count: number, own: readonly Tensor[]): Buffers {
    const known = this.#buffers.get(count);
    if (known) return known;
    if (count > this.#largestCount) {
      const widened = (tensor: Tensor, place: number): Tensor =>
        this.#tensors.zerosLike(tensor, this.#wide(tensor, place, count));
      this.#largest = {
        inputs: own.map(widened),
        caches: [widened(own[CHANNEL_CACHE]!, CHANNEL_CACHE), widened(own[TIME_CACHE]!, TIME_CACHE)],
      };
      this.#largestCount = count;
      this.#buffers = new Map();
    }
    const { inputs, caches } = this.#largest!;
    const view = (tensor: Tensor, like: Tensor, place: number): Tensor =>
      this.#tensors.beginning(tensor, this.#wide(like, place, count));
    const buffers: Buffers = {
      inputs: inputs.map((tensor, place) => view(tensor, own[place]!, place)),
      caches: [view(caches[0], own[CHANNEL_CACHE]!, CHANNEL_CACHE), view(caches[1], own[TIME_CACHE]!, TIME_CACHE)],
    };
    this.#buffers.set(count, buffers);
    return buffers;
  }

  #wide(own: Tensor, place: number, count: number): number[] {
    return own.dims.map((size, axis) => (axis === batchAxis(this.#contract, place) ? count : size));
  }
}

/** Copies one stream's values into the batch or out of it. */
function copy(
  direction: 'into' | 'out of',
  batch: Tensor,
  own: Tensor,
  axis: number,
  index: number,
  count: number,
): void {
  // Both are of one type; which, does not matter for copying.
  const [many, one] = [batch.data as Float32Array, own.data as Float32Array];
  const inner = own.dims.slice(axis + 1).reduce((product, size) => product * size, 1);
  for (let from = 0, to = index * inner; from < one.length; from += inner, to += count * inner) {
    if (direction === 'into') many.set(one.subarray(from, from + inner), to);
    else one.set(many.subarray(to, to + inner), from);
  }
}
