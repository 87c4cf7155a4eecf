import type { InferenceSession } from 'onnxruntime-node';
import type { GraphContract, ModelContract } from './contracts/contract.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import { JointBuffers } from './joint-buffers.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { TensorFactory } from './tensors.ts';

/** The graphs of a model and the means to make tensors for them. */
export interface Graphs {
  readonly encoders: EncoderSessions;
  readonly decoder: Graph;
  /** `null` where the decoder is the joiner too. */
  readonly joiner: Graph | null;
  readonly tensors: TensorFactory;
  /** What streams give the joiner, one at a time. */
  readonly jointBuffers: JointBuffers;
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
  const tensors = new TensorFactory(runtime.Tensor);
  const encoders = await EncoderSessions.of(runtime.InferenceSession, tensors, contract, options);
  return {
    encoders,
    decoder,
    joiner,
    tensors,
    jointBuffers: new JointBuffers(tensors, head.kind === 'split' ? head.joiner : head, contract.encoder.width),
    release: async () => {
      for (const session of [...(await encoders.sessions()), ...sessions]) await session.release();
    },
  };
}
