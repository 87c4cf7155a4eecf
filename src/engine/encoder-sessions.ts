import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { InferenceSession, InferenceSessionFactory } from 'onnxruntime-node';
import { CHANNEL_CACHE, LENGTH, type EncoderContract, type ModelContract } from './contracts/contract.ts';
import { agree } from './agreement.ts';
import { encoderShapes } from './encoder.ts';
import type { ChunkGeometry } from './geometry.ts';
import { SessionProfile } from './profile.ts';
import { MalformedError } from './protobuf.ts';
import { joinCacheUpdates } from './rewriting/cache-updates.ts';
import { withConstantInput, withShapes } from './rewriting/fixed-inputs.ts';
import { REWRITINGS } from './rewriting/index.ts';
import { OnnxModel } from './rewriting/onnx-model.ts';
import { projectCache } from './rewriting/projected-cache.ts';
import { gatherShifts } from './rewriting/relative-shifts.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { integerOf, type TensorFactory } from './tensors.ts';

/** A larger graph is not read into memory to be changed, nor larger weights loaded once for each of several shapes. */
const LARGEST_BYTES = 256 * 2 ** 20;

/** Larger weights are not loaded once more for the end of an utterance: the fewer steps of a full window are a small part there. */
const LARGEST_PAIR_BYTES = 64 * 2 ** 20;

/** What a session is for: single streams that are cut in this way or, where `null`, any; and full windows alone. */
interface Purpose {
  readonly geometry: ChunkGeometry | null;
  readonly isFull: boolean;
}

const ANY: Purpose = { geometry: null, isFull: false };

/** Sizes of the encoder's files: of the graph's own, and of those beside it that hold weights. */
interface ModelBytes {
  readonly graph: number;
  readonly weights: number;
}

/** The encoder as it is run, and the channel cache that it takes. */
interface RewrittenEncoder {
  /** As its file has it. */
  readonly stored: OnnxModel;
  readonly model: OnnxModel;
  readonly channelCache: readonly number[];
}

/** The sessions of an encoder, opened as they are asked for. */
export class EncoderSessions {
  /** How the sessions are called: as the model's contract says, but for the channel cache where that is projected. */
  readonly encoder: EncoderContract;
  readonly #factory: InferenceSessionFactory;
  readonly #tensors: TensorFactory;
  readonly #contract: ModelContract;
  readonly #options: ExecutionOptions;
  readonly #profile: SessionProfile | null;
  readonly #bytes: ModelBytes;
  readonly #sessions = new Map<string, Promise<InferenceSession>>();
  /** By look-ahead. */
  readonly #graphs = new Map<number | null, Promise<Graph>>();

  private constructor(
    factory: InferenceSessionFactory,
    tensors: TensorFactory,
    contract: ModelContract,
    options: ExecutionOptions,
    encoder: EncoderContract,
    bytes: ModelBytes,
  ) {
    this.encoder = encoder;
    this.#bytes = bytes;
    this.#factory = factory;
    this.#tensors = tensors;
    this.#contract = contract;
    this.#options = options;
    // The CPU has no other provider to fall back to, so there is nothing to find out and no profile to slow it down.
    this.#profile = options.provider === 'cpu' ? null : new SessionProfile();
  }

  /** Opens no session yet. */
  static async of(
    factory: InferenceSessionFactory,
    tensors: TensorFactory,
    contract: ModelContract,
    options: ExecutionOptions,
  ): Promise<EncoderSessions> {
    const rewritten = options.provider === 'cpu' ? await rewrittenEncoder(contract, options.provider) : null;
    const channelCache = rewritten?.channelCache ?? contract.encoder.channelCache;
    const encoder = { ...contract.encoder, channelCache };
    return new EncoderSessions(factory, tensors, contract, options, encoder, await bytesOf(contract));
  }

  /**
   * @param geometry how single streams are cut; `null` for any streams.
   * @throws UserError as `openSession` does.
   */
  graph(geometry: ChunkGeometry | null): Promise<Graph> {
    const lookAhead = geometry?.lookAhead ?? null;
    const graph = this.#graphs.get(lookAhead) ?? this.#graphFor(geometry);
    this.#graphs.set(lookAhead, graph);
    graph.catch(() => this.#graphs.delete(lookAhead));
    return graph;
  }

  async #graphFor(geometry: ChunkGeometry | null): Promise<Graph> {
    const { graph, weights } = this.#bytes;
    const isOpen = this.encoder.inputs.some(({ shape }) => shape.includes(null));
    const specializedBytes = this.#contract.lookAheads.length === 1 ? graph : graph + weights;
    if (geometry === null || !isOpen || specializedBytes > LARGEST_BYTES) return this.#bound(ANY);
    if (this.#options.provider === 'cpu' && graph + weights <= LARGEST_PAIR_BYTES) {
      const full = await this.#bound({ geometry, isFull: true });
      const rest = await this.#bound(ANY);
      const { windowFrames } = geometry;
      if (await agree([rest, full], this.#tensors, this.encoder, geometry))
        return {
          run: (inputs, outputs) => (integerOf(inputs[LENGTH]!) === windowFrames ? full : rest).run(inputs, outputs),
        };
    }
    return this.#bound({ geometry, isFull: false });
  }

  /** Every session that was opened. */
  async sessions(): Promise<readonly InferenceSession[]> {
    return Promise.all(this.#sessions.values());
  }

  /** The providers that ran the nodes of the first session; the others place theirs alike. */
  async effectiveProvider(): Promise<string | null> {
    if (this.#profile === null) return 'cpu';
    const [first] = await this.sessions();
    return first ? this.#profile.ranOn(first) : null;
  }

  async #bound(purpose: Purpose): Promise<Graph> {
    const key = JSON.stringify(purpose);
    let session = this.#sessions.get(key);
    if (session === undefined) {
      // Decided here, where no other session can come between: one profile is for one session.
      const profiling = this.#sessions.size === 0 ? this.#profile?.sessionOptions : undefined;
      session = this.#open(purpose, profiling);
      this.#sessions.set(key, session);
      session.catch(() => this.#sessions.delete(key));
    }
    return bindGraph(await session, this.encoder, this.#contract.files.encoder);
  }

  async #open(
    { geometry, isFull }: Purpose,
    profiling: InferenceSession.SessionOptions | undefined,
  ): Promise<InferenceSession> {
    const { encoder, files } = this.#contract;
    const rewritten = await rewrittenEncoder(this.#contract, this.#options.provider);
    let model = rewritten?.model ?? null;
    if (model && geometry) {
      const shapes = encoderShapes(this.encoder, geometry);
      model = withShapes(model, new Map(encoder.inputs.map(({ name }, i) => [name, shapes[i]!])));
      if (isFull) model = forFullWindows(model, encoder, geometry);
    }
    const isStored = model === null || model === rewritten!.stored;
    return openSession(this.#factory, files.encoder, this.#options, isStored ? null : model!.encode(), profiling);
  }
}

function forFullWindows(model: OnnxModel, { inputs, outputs, leftContext }: EncoderContract, geometry: ChunkGeometry) {
  const { windowFrames, outputFrames } = geometry;
  const cache = { input: inputs[CHANNEL_CACHE]!.name, output: outputs[CHANNEL_CACHE]!.name };
  const fixed = withConstantInput(model, inputs[LENGTH]!.name, windowFrames);
  const shifted = gatherShifts(fixed, outputFrames, leftContext + outputFrames);
  return joinCacheUpdates(shifted, cache, outputFrames);
}

async function bytesOf({ files }: ModelContract): Promise<ModelBytes> {
  const sizes = [files.encoder, ...files.weights].map(async (path) => (await stat(path)).size);
  const [graph, ...weights] = await Promise.all(sizes);
  return { graph: graph!, weights: weights.reduce((sum, size) => sum + size, 0) };
}

/** Read anew each time, so that no graph stays in memory; `null` for one that is not to be changed. */
async function rewrittenEncoder(contract: ModelContract, provider: string): Promise<RewrittenEncoder | null> {
  const { encoder, files } = contract;
  if ((await stat(files.encoder)).size > LARGEST_BYTES || !(await holdsItsWeights(contract))) return null;
  try {
    const { channelCache } = encoder;
    const stored = OnnxModel.parse(await readFile(files.encoder));
    // The others have optimizations of their own; and to a GPU the cache travels in every call, where its doubled size
    // would cost more than the products.
    if (provider !== 'cpu') return { stored, model: stored, channelCache };
    const model = REWRITINGS.reduce((rewritten, rewrite) => rewrite(rewritten), stored);
    const { name: input } = encoder.inputs[CHANNEL_CACHE]!;
    const { name: output } = encoder.outputs[CHANNEL_CACHE]!;
    const projected = projectCache(model, { input, output, shape: channelCache });
    return projected
      ? { stored, model: projected.model, channelCache: projected.shape }
      : { stored, model, channelCache };
  } catch (error) {
    // onnxruntime says of such a file what it is.
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/**
 * Whether the weights lie in the graph's own folder. From a graph in memory onnxruntime takes no others, while from its path
 * it follows links, as those of a Hugging Face cache.
 */
async function holdsItsWeights({ files }: ModelContract): Promise<boolean> {
  const folder = await realpath(dirname(files.encoder));
  const weights = await Promise.all(files.weights.map((path) => realpath(path)));
  return weights.every((path) => dirname(path) === folder);
}
