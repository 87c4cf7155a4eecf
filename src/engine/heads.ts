import type { Tensor } from 'onnxruntime-node';
import { invariant } from '../errors.ts';
import type { FusedHead, ModelContract, SplitHead } from './contracts/contract.ts';
import type { EncodedChunk } from './encoder.ts';
import { floatsOf } from './float-data.ts';
import { type Graphs } from './graphs.ts';
import { setInteger, type TensorFactory } from './tensors.ts';
import type { JointBuffers } from './joint-buffers.ts';
import type { Graph } from './sessions.ts';

/** One stream's predictor and joiner: what scores encoder frames, given the tokens so far. */
export interface TransducerHead {
  /** Takes the blank that opens a stream, or the token that was emitted last. */
  accept(token: number): Promise<void>;
  /** Scores (frames × classes) of `count` frames of a chunk, from `first` on. */
  scores(chunk: EncodedChunk, first: number, count: number): Promise<Float32Array>;
}

/** The head of a stream of this model. */
export function createHead(graphs: Graphs, { head }: ModelContract): TransducerHead {
  const { tensors, decoder, joiner, jointBuffers } = graphs;
  if (head.kind === 'fused') return new FusedTransducerHead(decoder, tensors, head, jointBuffers);
  invariant(joiner, 'a model with a joiner of its own was opened without it');
  return new SplitTransducerHead(decoder, joiner, tensors, head, jointBuffers);
}

/** Runs the predictor once per token; its output and states stay across frames and chunks. */
class SplitTransducerHead implements TransducerHead {
  readonly #decoder: Graph;
  readonly #joiner: Graph;
  readonly #tensors: TensorFactory;
  readonly #contract: SplitHead;
  readonly #buffers: JointBuffers;
  readonly #target: Tensor;
  readonly #targetLength: Tensor | null;
  #states: readonly Tensor[];
  /** In the shape that the joiner takes. */
  #prediction: Tensor;

  constructor(decoder: Graph, joiner: Graph, tensors: TensorFactory, contract: SplitHead, buffers: JointBuffers) {
    this.#decoder = decoder;
    this.#joiner = joiner;
    this.#tensors = tensors;
    this.#contract = contract;
    this.#buffers = buffers;
    const { targetType, targetLengthType, floatType, state } = contract.decoder;
    this.#target = tensors.integers(targetType, 0, [1, 1]);
    this.#targetLength = targetLengthType && tensors.integers(targetLengthType, 1, [1]);
    this.#states = [tensors.zeros(floatType, state), tensors.zeros(floatType, state)];
    this.#prediction = tensors.zeros(floatType, contract.joiner.predictionShape);
  }

  async accept(token: number): Promise<void> {
    setInteger(this.#target, token);
    const target = this.#targetLength ? [this.#target, this.#targetLength] : [this.#target];
    const outputs = await this.#decoder.run([...target, ...this.#states]);
    this.#prediction = this.#tensors.reshaped(outputs[0]!, this.#contract.joiner.predictionShape);
    this.#states = outputs.slice(-2);
  }

  async scores(chunk: EncodedChunk, first: number, count: number): Promise<Float32Array> {
    const frames = this.#buffers.with(chunk, first, count);
    const [scores] = await this.#joiner.run([frames, this.#prediction]);
    return floatsOf(scores!);
  }
}

/**
 * Runs the predictor with every look at frames. Its states behind the last token are kept only when that look emits: after a
 * blank, the same token has to enter the same states again.
 */
class FusedTransducerHead implements TransducerHead {
  readonly #graph: Graph;
  readonly #buffers: JointBuffers;
  readonly #target: Tensor;
  readonly #targetLength: Tensor | null;
  /** Before the last token. */
  #states: readonly Tensor[];
  /** Behind it, once a look at frames has run the predictor. */
  #nextStates: readonly Tensor[];

  constructor(graph: Graph, tensors: TensorFactory, contract: FusedHead, buffers: JointBuffers) {
    this.#graph = graph;
    this.#buffers = buffers;
    const { targetType, targetLengthType, floatType, state } = contract;
    this.#target = tensors.integers(targetType, 0, [1, 1]);
    this.#targetLength = targetLengthType && tensors.integers(targetLengthType, 1, [1]);
    this.#states = [tensors.zeros(floatType, state), tensors.zeros(floatType, state)];
    this.#nextStates = this.#states;
  }

  accept(token: number): Promise<void> {
    setInteger(this.#target, token);
    this.#states = this.#nextStates;
    return Promise.resolve();
  }

  async scores(chunk: EncodedChunk, first: number, count: number): Promise<Float32Array> {
    const frames = this.#buffers.with(chunk, first, count);
    const target = this.#targetLength ? [this.#target, this.#targetLength] : [this.#target];
    const outputs = await this.#graph.run([frames, ...target, ...this.#states]);
    this.#nextStates = outputs.slice(-2);
    return floatsOf(outputs[0]!);
  }
}
