import type { InferenceSession } from 'onnxruntime-node';
import type { EncoderContract, GraphContract, ModelContract } from './contracts/contract.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import type { ChunkGeometry } from './geometry.ts';
import { JointBuffers } from './joint-buffers.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { TensorFactory } from './tensors.ts';

/** The graphs of a model and the means to make tensors for them. */
export interface Graphs {
  /**
   * The encoder for single streams that are cut in this way, opened at the first request for it. Knowing the shapes of its
   * inputs beforehand, onnxruntime leaves out of every call what depends on them alone. `null`: for any streams, several at once
   * among them.
   *
   * @throws UserError for a provider that is not there and for a file that onnxruntime cannot load.
   */
  encoder(geometry: ChunkGeometry | null): Promise<Graph>;
  /** How the encoder is called, which may be with another channel cache than the export's own. */
  readonly encoderContract: EncoderContract;
  readonly decoder: Graph;
  /** `null` where the decoder is the joiner too. */
  readonly joiner: Graph | null;
  readonly tensors: TensorFactory;
  /** What streams call the joiner with, one at a time. */
  readonly jointBuffers: JointBuffers;
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
  const tensors = new TensorFactory(runtime.Tensor);
  const encoders = await EncoderSessions.of(runtime.InferenceSession, tensors, contract, options);
  const { encoder, vocabulary } = contract;
  return {
    encoder: (geometry) => encoders.graph(geometry),
    encoderContract: encoders.encoder,
    decoder,
    joiner,
    tensors,
    jointBuffers: new JointBuffers(
      tensors,
      head.kind === 'split' ? head.joiner : head,
      encoder.width,
      vocabulary.pieces.length,
    ),
    effectiveProvider: () => encoders.effectiveProvider(),
    release: async () => {
      for (const session of [...(await encoders.sessions()), ...sessions]) await session.release();
    },
  };
}
