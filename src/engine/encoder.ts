import type { Tensor } from 'onnxruntime-node';
import { BackendError } from '../errors.ts';
import type { EncoderContract } from './contracts/contract.ts';
import { floatsOf, transposed, writeMatrix } from './float-data.ts';
import type { ChunkGeometry } from './geometry.ts';
import type { Graph } from './sessions.ts';
import { integerOf, setInteger, type TensorFactory } from './tensors.ts';

/** Encoder frames of one chunk. */
export interface EncodedChunk {
  /** Width × total frames. */
  readonly frames: Float32Array;
  readonly totalFrames: number;
  /** Frames that stand for audio; the rest is padding. */
  readonly validFrames: number;
}

/** The shapes of the inputs, in the contract's order, of one stream that is cut in this way. */
export function encoderShapes(contract: EncoderContract, geometry: ChunkGeometry): readonly (readonly number[])[] {
  const shapes = [signalShape(contract, geometry), [1], contract.channelCache, contract.timeCache, [1]];
  return contract.promptType === null ? shapes : [...shapes, [1]];
}

function signalShape({ melCount, takesTimeFirst }: EncoderContract, { windowFrames }: ChunkGeometry): number[] {
  return takesTimeFirst ? [1, windowFrames, melCount] : [1, melCount, windowFrames];
}

/** One stream's encoder: its caches go from call to call. */
export class StreamingEncoder {
  readonly #graph: Graph;
  readonly #contract: EncoderContract;
  readonly #window: Float32Array;
  readonly #signal: Tensor;
  readonly #length: Tensor;
  readonly #prompt: Tensor | null;
  readonly #cacheLength: Tensor;
  #channelCache: Tensor;
  #timeCache: Tensor;

  /**
   * @param graph the encoder for the inputs of {@link encoderShapes}.
   * @param window mel bands × window frames; read at each call.
   * @param prompt index of the language; ignored by models without prompts.
   */
  constructor(
    graph: Graph,
    tensors: TensorFactory,
    contract: EncoderContract,
    geometry: ChunkGeometry,
    window: Float32Array,
    prompt: number,
  ) {
    this.#graph = graph;
    this.#contract = contract;
    this.#window = window;
    const { floatType } = contract;
    const shape = signalShape(contract, geometry);
    // The graph reads the window itself where it takes it as it is.
    const takesWindow = floatType === 'float32' && !contract.takesTimeFirst;
    this.#signal = takesWindow ? tensors.floats(window, shape) : tensors.zeros(floatType, shape);
    this.#length = tensors.integers(contract.lengthType, 0, [1]);
    this.#prompt = contract.promptType && tensors.integers(contract.promptType, prompt, [1]);
    this.#channelCache = tensors.zeros(floatType, contract.channelCache);
    this.#timeCache = tensors.zeros(floatType, contract.timeCache);
    this.#cacheLength = tensors.integers(contract.cacheLengthType, 0, [1]);
  }

  /**
   * @param validFrames feature frames in the window, the nine before the chunk included.
   * @throws BackendError of kind `inference` or `non-finite`.
   */
  async encode(validFrames: number): Promise<EncodedChunk> {
    const outputs = await this.#graph.run(this.inputs(validFrames));
    const [frames, encodedLength, channelCache, timeCache, cacheLength] = outputs;
    this.#channelCache = channelCache!;
    this.#timeCache = timeCache!;
    return this.take(floatsOf(frames!), integerOf(encodedLength!), integerOf(cacheLength!));
  }

  /** The inputs of the next call, in the contract's order. */
  inputs(validFrames: number): readonly Tensor[] {
    if (this.#signal.data !== this.#window) this.#writeSignal();
    setInteger(this.#length, validFrames);
    const inputs = [this.#signal, this.#length, this.#channelCache, this.#timeCache, this.#cacheLength];
    if (this.#prompt) inputs.push(this.#prompt);
    return inputs;
  }

  /** The channel cache and the time cache that the next call reads. */
  get caches(): readonly [Tensor, Tensor] {
    return [this.#channelCache, this.#timeCache];
  }

  /**
   * Takes what a call gave beside the caches.
   *
   * @throws BackendError of kind `non-finite`.
   */
  take(data: Float32Array, encodedLength: number, cacheLength: number): EncodedChunk {
    setInteger(this.#cacheLength, cacheLength);
    // A joiner may turn NaN into 0 (ReLU), so broken activations have to be caught here.
    if (!areFinite(data)) throw new BackendError('non-finite', 'the encoder gave values that are not finite', false);
    const { width, givesTimeFirst } = this.#contract;
    const totalFrames = data.length / width;
    return {
      frames: givesTimeFirst ? transposed(data, width) : data,
      totalFrames,
      validFrames: Math.min(totalFrames, encodedLength),
    };
  }

  #writeSignal(): void {
    const { melCount, takesTimeFirst } = this.#contract;
    const stride = this.#window.length / melCount;
    const part = { rows: melCount, stride, first: 0, count: stride, isTransposed: takesTimeFirst };
    writeMatrix(this.#signal, this.#window, part);
  }
}

/** By index, because an iterator makes an object of each number. */
function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}
