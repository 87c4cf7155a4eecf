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

/** Inputs of calls with so many streams, but for the caches, and two sets of caches: what a call reads and what it writes, in turn. */
interface Buffers {
  readonly inputs: readonly Tensor[];
  readonly caches: readonly [Caches, Caches];
}

/** Streams whose caches lie in the batch from one call to the next; their own are out of date. */
interface Residents {
  readonly encoders: readonly StreamingEncoder[];
  readonly caches: Caches;
  /** What the next call writes. */
  readonly spare: Caches;
}

/**
 * Encodes the chunks of several streams in one call, their inputs laid beside each other on the batch axis. Caches, which
 * are by far the most of it, are copied only when other streams have part in a call than in the one before.
 */
export class EncoderBatch {
  readonly #graph: Graph;
  readonly #tensors: TensorFactory;
  readonly #contract: EncoderContract;
  #buffers = new Map<number, Buffers>();
  #largest: Buffers | null = null;
  #largestCount = 0;
  #residents: Residents | null = null;

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
    const buffers = this.#of(count, own[0]!);
    const residents = this.#reside(members, own, buffers);
    for (const [place, input] of buffers.inputs.entries()) {
      if (isCache(place)) continue;
      const axis = batchAxis(this.#contract, place);
      for (const [index, { [place]: from }] of own.entries()) copy('into', input, from!, axis, index, count);
    }
    const inputs = buffers.inputs.with(CHANNEL_CACHE, residents.caches[0]).with(TIME_CACHE, residents.caches[1]);
    const outputs = [null, null, ...residents.spare, null];
    const [frames, encodedLengths, , , cacheLengths] = await this.#graph.run(inputs, outputs);
    this.#residents = { ...residents, caches: residents.spare, spare: residents.caches };
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

  #reside(members: readonly BatchMember[], own: readonly (readonly Tensor[])[], { caches }: Buffers): Residents {
    const encoders = members.map(({ encoder }) => encoder);
    const before = this.#residents;
    if (before?.encoders.length === encoders.length && encoders.every((encoder, i) => encoder === before.encoders[i]))
      return before;
    this.#vacate();
    for (const [index, inputs] of own.entries()) {
      for (const [which, cache] of [inputs[CHANNEL_CACHE]!, inputs[TIME_CACHE]!].entries())
        copy('into', caches[0][which]!, cache, this.#contract.cacheBatchAxis, index, members.length);
    }
    return { encoders, caches: caches[0], spare: caches[1] };
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
  #of(count: number, own: readonly Tensor[]): Buffers {
    const known = this.#buffers.get(count);
    if (known) return known;
    if (count > this.#largestCount) {
      const widened = (tensor: Tensor, place: number): Tensor =>
        this.#tensors.zerosLike(tensor, this.#wide(tensor, place, count));
      const widenedCaches = (): Caches => [
        widened(own[CHANNEL_CACHE]!, CHANNEL_CACHE),
        widened(own[TIME_CACHE]!, TIME_CACHE),
      ];
      this.#largest = {
        inputs: own.map((tensor, place) => (isCache(place) ? tensor : widened(tensor, place))),
        caches: [widenedCaches(), widenedCaches()],
      };
      this.#largestCount = count;
      this.#buffers = new Map();
    }
    const { inputs, caches } = this.#largest!;
    const view = (tensor: Tensor, like: Tensor, place: number): Tensor =>
      this.#tensors.beginning(tensor, this.#wide(like, place, count));
    const viewed = ([channel, time]: Caches): Caches => [
      view(channel, own[CHANNEL_CACHE]!, CHANNEL_CACHE),
      view(time, own[TIME_CACHE]!, TIME_CACHE),
    ];
    const buffers: Buffers = {
      inputs: inputs.map((tensor, place) => (isCache(place) ? tensor : view(tensor, own[place]!, place))),
      caches: [viewed(caches[0]), viewed(caches[1])],
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
