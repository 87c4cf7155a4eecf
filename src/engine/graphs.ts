import { basename } from 'node:path';
import type { InferenceSession, InferenceSessionFactory, Tensor, TensorConstructor } from 'onnxruntime-node';
import { BackendError, UserError } from '../errors.ts';
import type { IntegerType, ModelContract } from './contract.ts';
import { SessionProfile } from './profile.ts';

/** How graphs are to be run. */
export interface ExecutionOptions {
  /** Name of an execution provider of onnxruntime-node: `cpu`, `webgpu`, `cuda`, … */
  readonly provider: string;
  /** Threads of the encoder. The decoder and joiner are too small to share and always take one. */
  readonly threads: number;
}

/** A graph that is ready to run. */
export interface Graph {
  /**
   * @param inputs in the graph's order.
   * @param outputs in the graph's order: what an output is written to, `null` for a tensor of its own.
   */
  run(inputs: readonly Tensor[], outputs: readonly (Tensor | null)[]): Promise<readonly Tensor[]>;
}

/** The three graphs of a model and the means to make tensors for them. */
export interface Graphs {
  readonly encoder: Graph;
  readonly decoder: Graph;
  readonly joiner: Graph;
  readonly tensors: TensorFactory;
  /** The providers that ran the encoder's nodes since it was opened, which may be others than the one asked for. */
  effectiveProvider(): Promise<string | null>;
  release(): Promise<void>;
}

/**
 * Opens the three graphs.
 *
 * @throws UserError for a provider that is not there and for files that onnxruntime cannot load.
 */
export async function openGraphs(contract: ModelContract, options: ExecutionOptions): Promise<Graphs> {
  const runtime = await import('onnxruntime-node');
  const create = (path: string, threads: number, profile?: SessionProfile): Promise<InferenceSession> =>
    createSession(runtime.InferenceSession, path, { ...options, threads }, profile);
  const { files } = contract;
  // The CPU has no other provider to fall back to, so there is nothing to find out and no profile to slow it down.
  const profile = options.provider === 'cpu' ? null : new SessionProfile();
  const encoder = await create(files.encoder, options.threads, profile ?? undefined);
  const decoder = await create(files.decoder, 1);
  const joiner = await create(files.joiner, 1);
  return {
    encoder: boundGraph(encoder, contract.encoder, basename(files.encoder)),
    decoder: boundGraph(decoder, contract.decoder, basename(files.decoder)),
    joiner: boundGraph(joiner, contract.joiner, basename(files.joiner)),
    tensors: new TensorFactory(runtime.Tensor),
    effectiveProvider: async () => (profile ? profile.ranOn(encoder) : 'cpu'),
    release: async () => {
      for (const session of [encoder, decoder, joiner]) await session.release();
    },
  };
}

interface GraphNames {
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly { readonly name: string }[];
}

async function createSession(
  factory: InferenceSessionFactory,
  path: string,
  options: ExecutionOptions,
  profile?: SessionProfile,
): Promise<InferenceSession> {
  try {
    return await factory.create(path, {
      executionProviders: [options.provider],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
      ...profile?.sessionOptions,
    });
  } catch (error) {
    const reason = firstLine(error);
    if (/backend not found|Failed to load shared library|Failed to get a WebGPU adapter|not supported/i.test(reason)) {
      throw new UserError(`the execution provider ${options.provider} cannot be used on this machine: ${reason}`);
    }
    throw new UserError(`onnxruntime cannot load ${path}: ${reason}`);
  }
}

function boundGraph(session: InferenceSession, names: GraphNames, label: string): Graph {
  const inputNames = names.inputs.map((value) => value.name);
  const outputNames = names.outputs.map((value) => value.name);
  return {
    run: async (inputs, outputs) => {
      const feeds = Object.fromEntries(inputNames.map((name, i) => [name, inputs[i]!]));
      const fetches = Object.fromEntries(outputNames.map((name, i) => [name, outputs[i] ?? null]));
      try {
        const results = await session.run(feeds, fetches);
        return outputNames.map((name, i) => outputs[i] ?? (results[name] as Tensor));
      } catch (error) {
        throw new BackendError('inference', `${label} failed: ${firstLine(error)}`, false, { cause: error });
      }
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
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

  zeros(shape: readonly number[]): Tensor {
    return this.floats(new Float32Array(shape.reduce((product, size) => product * size, 1)), shape);
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
