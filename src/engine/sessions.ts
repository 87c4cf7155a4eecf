import { basename, dirname } from 'node:path';
import type { InferenceSession, InferenceSessionFactory, Tensor } from 'onnxruntime-node';
import { BackendError, UserError } from '../errors.ts';

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
   * Inputs and outputs are in the graph's order. What an output is made of is new in each call: onnxruntime-node copies it even
   * out of memory that it was given to write to.
   */
  run(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
}

/**
 * Loads a graph.
 *
 * @param content what to load instead of the file's own bytes; the file's folder still has its external weights.
 * @throws UserError for a provider that is not there and for a file that onnxruntime cannot load.
 */
export async function openSession(
  factory: InferenceSessionFactory,
  path: string,
  options: ExecutionOptions,
  content: Uint8Array | null = null,
  moreOptions: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  const sessionOptions: InferenceSession.SessionOptions = {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    ...moreOptions,
  };
  try {
    if (content === null) return await factory.create(path, sessionOptions);
    const extra = { session: { model_external_initializers_file_folder_path: dirname(path) } };
    return await factory.create(content, { ...sessionOptions, extra });
  } catch (error) {
    const reason = firstLine(error);
    if (/backend not found|Failed to load shared library|Failed to get a WebGPU adapter|not supported/i.test(reason)) {
      throw new UserError(`the execution provider ${options.provider} cannot be used on this machine: ${reason}`);
    }
    throw new UserError(`onnxruntime cannot load ${path}: ${reason}`);
  }
}

interface GraphNames {
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly { readonly name: string }[];
}

/**
 * A session whose inputs and outputs go by their order. Inputs that became constants in it are left out. Failures name the
 * file at `path`.
 */
export function bindGraph(session: InferenceSession, names: GraphNames, path: string): Graph {
  const fed = names.inputs.flatMap(({ name }, i) => (session.inputNames.includes(name) ? [{ name, i }] : []));
  const outputNames = names.outputs.map((value) => value.name);
  return {
    run: async (inputs) => {
      const feeds = Object.fromEntries(fed.map(({ name, i }) => [name, inputs[i]!]));
      try {
        const results = await session.run(feeds, outputNames);
        return outputNames.map((name) => results[name] as Tensor);
      } catch (error) {
        const label = basename(path);
        throw new BackendError('inference', `${label} failed: ${firstLine(error)}`, false, { cause: error });
      }
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}
