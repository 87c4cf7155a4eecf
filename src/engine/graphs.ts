import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import type { EncoderContract, FloatType, GraphContract, IntegerType, ModelContract } from './contracts/contract.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';

/** The graphs of a model and the means to make tensors for them. */
export interface Graphs {
  /**
   * The encoder for inputs of these shapes, in the contract's order, opened at the first request for them. Knowing the shapes
   * beforehand, onnxruntime leaves out of every call what depends on them alone. `null`: for any shapes that the export allows.
   *
   * @throws UserError for a provider that is not there and for a file that onnxruntime cannot load.
   */
  encoder(shapes: readonly (readonly number[])[] | null): Promise<Graph>;
  /** How the encoder is called, which may be with another channel cache than the export's own. */
  readonly encoderContract: EncoderContract;
  readonly decoder: Graph;
  /** `null` where the decoder is the joiner too. */
  readonly joiner: Graph | null;
  readonly tensors: TensorFactory;
  /** The providers that ran the encoders' nodes since they were opened, which may be others than the one asked for. */
  effectiveProvider(): Promise<string | null>;
  release(): Promise<void>;
}

/**
 * Opens the decoder and the joiner, and the encoder as it is asked for.
 *
 * @throws UserError for a provider that is not there and for files that onnxruntime cannot load.
 */
export async function openGraphs(contract: ModelContract, options: ExecutionOptions): Promise<Graphs> {
  const runtime = await import('onnxruntime-node');
  const { files, head } = contract;
  const oneThread = { ...options, threads: 1 };
  const sessions: InferenceSession[] = [];
  const open = async (path: string, graph: GraphContract): Promise<Graph> => {
    const session = await openSession(runtime.InferenceSession, path, oneThread);
    sessions.push(session);
    return bindGraph(session, graph, path);
  };
  const decoder = await open(files.decoder, head.kind === 'split' ? head.decoder : head);
  const joiner = head.kind === 'split' ? await open(files.joiner!, head.joiner) : null;
  const encoders = await EncoderSessions.of(runtime.InferenceSession, contract, options);
  return {
    encoder: (shapes) => encoders.graph(shapes),
    encoderContract: encoders.encoder,
    decoder,
    joiner,
    tensors: new TensorFactory(runtime.Tensor),
    effectiveProvider: () => encoders.effectiveProvider(),
    release: async () => {
      for (const session of [...(await encoders.sessions()), ...sessions]) await session.release();
    },
  };
}

/** Makes tensors over memory that the caller keeps, so that a run allocates nothing. */
export class TensorFactory {
  readonly #Tensor: TensorConstructor;

  constructor(constructor: TensorConstructor) {
    this.#Tensor = constructor;
  }

  floats(data: Float32Array, shape: readonly number[]): Tensor {
    return new this.#Tensor('float32', data, shape);
  }

  zeros(type: FloatType, shape: readonly number[]): Tensor {
    const size = shape.reduce((product, length) => product * length, 1);
    if (type === 'float32') return this.floats(new Float32Array(size), shape);
    return new this.#Tensor(type, new Uint16Array(size), shape);
  }

  /** The same memory in another shape. */
  reshaped(tensor: Tensor, shape: readonly number[]): Tensor {
    return new this.#Tensor(tensor.type as 'float32', tensor.data as Float32Array, shape);
  }

  /** Of the same type in another shape. */
  zerosLike(tensor: Tensor, shape: readonly number[]): Tensor {
    const { type } = tensor;
    if (type === 'float32' || type === 'float16') return this.zeros(type, shape);
    const size = shape.reduce((product, length) => product * length, 1);
    return type === 'int64'
      ? new this.#Tensor(type, new BigInt64Array(size), shape)
      : new this.#Tensor('int32', new Int32Array(size), shape);
  }

  /** The memory that a tensor begins with, in another shape. */
  beginning(tensor: Tensor, shape: readonly number[]): Tensor {
    const size = shape.reduce((product, length) => product * length, 1);
    const { type, data } = tensor;
    return new this.#Tensor(type as 'float32', (data as Float32Array).subarray(0, size), shape);
  }

  integers(type: IntegerType, value: number, shape: readonly number[]): Tensor {
    const tensor =
      type === 'int64'
        ? new this.#Tensor(type, new BigInt64Array(1), shape)
        : new this.#Tensor(type, new Int32Array(1), shape);
    setInteger(tensor, value);
    return tensor;
  }
}

/** Writes the only element of an integer tensor. */
export function setInteger(tensor: Tensor, value: number): void {
  if (tensor.data instanceof BigInt64Array) tensor.data[0] = BigInt(value);
  else (tensor.data as Int32Array)[0] = value;
}

/** Reads the only element of an integer tensor. */
export function integerOf(tensor: Tensor): number {
  return Number(tensor.data[0]);
}
