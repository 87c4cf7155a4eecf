import type { Tensor } from 'onnxruntime-node';
import { BackendError } from '../errors.ts';
import { CHANNEL_CACHE, TIME_CACHE, type EncoderContract } from './contracts/contract.ts';
import type { EncodedChunk, StreamingEncoder } from './encoder.ts';
import { floatsOf } from './float-data.ts';
import type { TensorFactory } from './tensors.ts';
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
  return isCache(place) ? contract.cacheBatchAxis : 0;
}

function isCache(place: number): boolean {
  return place === CHANNEL_CACHE || place === TIME_CACHE;
}

/** A channel cache and a time cache. */
type Caches = readonly [Tensor, Tensor];

/** Streams whose caches lie in the batch from one call to the next; their own are out of date. */
interface Residents {
  readonly encoders: readonly StreamingEncoder[];
  readonly caches: Caches;
}

/**
 * Encodes the chunks of several streams in one call, their inputs laid beside each other on the batch axis. Caches, which
 * are by far the most of it, are copied only when other streams have part in a call than in the one before.
 */
export class EncoderBatch {
  readonly #graph: Graph;
  readonly #tensors: TensorFactory;
  readonly #contract: EncoderContract;
  /** Inputs of calls, by number of streams. */
  #buffers = new Map<number, readonly Tensor[]>();
  #largest: readonly Tensor[] = [];
  #largestCount = 0;
  #residents: Residents | null = null;

  /** @param graph an encoder for several streams. */
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
    const buffers = this.#of(count, own[0]!);
    const { encoders, caches } = this.#reside(members, own, buffers);
    for (const [place, input] of buffers.entries()) {
      if (isCache(place)) continue;
      const axis = batchAxis(this.#contract, place);
      for (const [index, { [place]: from }] of own.entries()) copy('into', input, from!, axis, index, count);
    }
    const outputs = await this.#graph.run(buffers.with(CHANNEL_CACHE, caches[0]).with(TIME_CACHE, caches[1]));
    const [frames, encodedLengths, channelCaches, timeCaches, cacheLengths] = outputs;
    this.#residents = { encoders, caches: [channelCaches!, timeCaches!] };
    const values = floatsOf(frames!);
    const size = values.length / count;
    return members.map(({ encoder }, index) => {
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

  /** To be called before a stream is encoded alone: gives it its caches back, if they lie in the batch. */
  giveBack(encoder: StreamingEncoder): void {
    if (this.#residents?.encoders.includes(encoder)) this.#vacate();
  }

  #reside(members: readonly BatchMember[], own: readonly (readonly Tensor[])[], buffers: readonly Tensor[]): Residents {
    const encoders = members.map(({ encoder }) => encoder);
    const before = this.#residents;
    if (before?.encoders.length === encoders.length && encoders.every((encoder, i) => encoder === before.encoders[i]))
      return before;
    this.#vacate();
    for (const [index, inputs] of own.entries()) {
      for (const place of [CHANNEL_CACHE, TIME_CACHE])
        copy('into', buffers[place]!, inputs[place]!, this.#contract.cacheBatchAxis, index, members.length);
    }
    return { encoders, caches: [buffers[CHANNEL_CACHE]!, buffers[TIME_CACHE]!] };
  }

  /** Copies the caches in the batch to the streams that they belong to. */
  #vacate(): void {
    if (this.#residents === null) return;
    const { encoders, caches } = this.#residents;
    for (const [index, encoder] of encoders.entries()) {
      for (const [which, cache] of encoder.caches.entries())
        copy('out of', caches[which]!, cache, this.#contract.cacheBatchAxis, index, encoders.length);
    }
    this.#residents = null;
  }

  /** All numbers of streams share the memory of the largest. */
  #of(count: number, own: readonly Tensor[]): readonly Tensor[] {
    const known = this.#buffers.get(count);
    if (known) return known;
    if (count > this.#largestCount) {
      this.#largest = own.map((tensor, place) => this.#tensors.zerosLike(tensor, this.#wide(tensor, place, count)));
      this.#largestCount = count;
      this.#buffers = new Map();
    }
    const buffers = own.map((tensor, place) =>
      this.#tensors.beginning(this.#largest[place]!, this.#wide(tensor, place, count)),
    );
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
