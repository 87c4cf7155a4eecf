import { stat } from 'node:fs/promises';
import type { InferenceSession, InferenceSessionFactory } from 'onnxruntime-node';
import { UserError } from '../errors.ts';
import { sum } from '../stats/sum.ts';
import { agree } from './agreement.ts';
import { LENGTH, type EncoderContract, type ModelContract } from './contracts/contract.ts';
import type { ChunkGeometry } from './geometry.ts';
import { keepingCache } from './kept-cache.ts';
import { opened } from './opened.ts';
import { SessionProfile } from './profile.ts';
import {
  forBatches,
  forFullWindows,
  forStreams,
  LARGEST_BYTES,
  rewrittenEncoder,
  type RewrittenEncoder,
} from './rewritten-encoder.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { integerOf, type TensorFactory } from './tensors.ts';

/** Larger weights are not loaded once more for the end of an utterance: the fewer steps of a full window are a small part there. */
const LARGEST_PAIR_BYTES = 64 * 2 ** 20;

/** What a session is for: any streams, or streams that are cut in this way, one by one, in full windows alone, or together. */
type Purpose = { readonly kind: 'any' } | { readonly kind: keyof typeof SPECIAL; readonly geometry: ChunkGeometry };

const SPECIAL = { streams: forStreams, 'full windows': forFullWindows, batches: forBatches };

const ANY: Purpose = { kind: 'any' };

interface Encoder {
  /** How the sessions are called: as the model's contract says, but for the channel cache where that is projected. */
  readonly contract: EncoderContract;
  readonly isProjected: boolean;
  /** Sizes of its files: of the graph's own, and of those beside it that hold weights. */
  readonly bytes: { readonly graph: number; readonly weights: number };
}

/** The sessions of an encoder, opened as they are asked for. */
export class EncoderSessions {
  readonly #factory: InferenceSessionFactory;
  readonly #tensors: TensorFactory;
  readonly #model: ModelContract;
  readonly #options: ExecutionOptions;
  readonly #profile: SessionProfile | null;
  readonly #encoder: Encoder;
  /** For sessions that are opened in a row; left to the next collection of garbage. */
  #rewritten: WeakRef<RewrittenEncoder> | null = null;
  /** By purpose. */
  readonly #sessions = new Map<string, Promise<InferenceSession>>();
  /** By look-ahead. */
  readonly #forStreams = new Map<number, Promise<Graph>>();
  readonly #forBatches = new Map<number, Promise<Graph>>();

  private constructor(
    factory: InferenceSessionFactory,
    tensors: TensorFactory,
    model: ModelContract,
    options: ExecutionOptions,
    encoder: Encoder,
  ) {
    this.#factory = factory;
    this.#tensors = tensors;
    this.#model = model;
    this.#options = options;
    this.#encoder = encoder;
    // The CPU has no other provider to fall back to, so there is nothing to find out and no profile to slow it down.
    this.#profile = options.provider === 'cpu' ? null : new SessionProfile();
  }

  /** Opens no session yet. */
  static async of(
    factory: InferenceSessionFactory,
    tensors: TensorFactory,
    model: ModelContract,
    options: ExecutionOptions,
  ): Promise<EncoderSessions> {
    const rewritten = options.provider === 'cpu' ? await rewrittenEncoder(model, options.provider) : null;
    const { contract = model.encoder, fresh = null } = rewritten ?? {};
    const encoder = { contract, isProjected: fresh !== null, bytes: await bytesOf(model) };
    const sessions = new EncoderSessions(factory, tensors, model, options, encoder);
    sessions.#rewritten = rewritten && new WeakRef(rewritten);
    return sessions;
  }

  /** How the encoder is called, which may be with another channel cache than the export's own. */
  get contract(): EncoderContract {
    return this.#encoder.contract;
  }

  /**
   * For streams that are cut in this way and go one by one. Knowing the shapes of inputs beforehand, onnxruntime leaves out of
   * every call what depends on them alone.
   *
   * @throws UserError as `openSession` does.
   */
  forStreams(geometry: ChunkGeometry): Promise<Graph> {
    return opened(this.#forStreams, geometry.lookAhead, async () => {
      if (!this.#isSpecialized) return this.#bound(ANY);
      return (await this.#pairFor(geometry)) ?? this.#bound({ kind: 'streams', geometry });
    });
  }

  /**
   * For streams that are cut in this way and go together.
   *
   * @throws UserError as `openSession` does.
   */
  forBatches(geometry: ChunkGeometry): Promise<Graph> {
    return opened(this.#forBatches, geometry.lookAhead, async () => {
      const any = await this.#bound(ANY);
      const own = this.#isSmall && this.#encoder.isProjected ? await this.#keepingFor('batches', geometry, any) : null;
      return own ?? any;
    });
  }

  get #isSpecialized(): boolean {
    const { contract, bytes } = this.#encoder;
    const isOpen = contract.inputs.some(({ shape }) => shape.includes(null));
    const ownBytes = this.#model.lookAheads.length === 1 ? bytes.graph : bytes.graph + bytes.weights;
    return isOpen && ownBytes <= LARGEST_BYTES;
  }

  /** Whether it may be loaded several times. */
  get #isSmall(): boolean {
    const { graph, weights } = this.#encoder.bytes;
    return this.#options.provider === 'cpu' && graph + weights <= LARGEST_PAIR_BYTES;
  }

  /** Full windows through a session of their own, and others through one for any. */
  async #pairFor(geometry: ChunkGeometry): Promise<Graph | null> {
    if (!this.#isSmall) return null;
    const any = await this.#bound(ANY);
    const full = this.#encoder.isProjected
      ? await this.#keepingFor('full windows', geometry, any)
      : await this.#bound({ kind: 'full windows', geometry });
    const { windowFrames } = geometry;
    return full && { run: (inputs) => (integerOf(inputs[LENGTH]!) === windowFrames ? full : any).run(inputs) };
  }

  /**
   * Of a projected encoder, which gives the new frames of its cache; `null` where it does not give what `any` gives, or cannot
   * be loaded as it was changed.
   */
  async #keepingFor(kind: keyof typeof SPECIAL, geometry: ChunkGeometry, any: Graph): Promise<Graph | null> {
    const purpose = { kind, geometry };
    const bound = await this.#bound(purpose).catch((error: unknown) => {
      if (error instanceof UserError) return null;
      throw error;
    });
    if (bound === null) return null;
    const graph = keepingCache(bound);
    if (await agree([any, graph], this.#tensors, this.#encoder.contract, geometry)) return graph;
    await this.#close(purpose);
    return null;
  }

  /** Every session that is open. */
  async sessions(): Promise<readonly InferenceSession[]> {
    // Whoever asked for one that cannot be opened is told of it.
    const sessions = await Promise.allSettled(this.#sessions.values());
    return sessions.flatMap((session) => (session.status === 'fulfilled' ? [session.value] : []));
  }

  /** The providers that ran the nodes of the first session; the others place theirs alike. */
  async effectiveProvider(): Promise<string | null> {
    if (this.#profile === null) return 'cpu';
    const [first] = await this.sessions();
    return first ? this.#profile.ranOn(first) : null;
  }

  async #bound(purpose: Purpose): Promise<Graph> {
    const session = opened(this.#sessions, JSON.stringify(purpose), () => {
      // Decided here, where no other session can come between: one profile is for one session.
      const profiling = this.#sessions.size === 0 ? this.#profile?.sessionOptions : undefined;
      return this.#open(purpose, profiling);
    });
    return bindGraph(await session, this.#encoder.contract, this.#model.files.encoder);
  }

  async #close(purpose: Purpose): Promise<void> {
    const key = JSON.stringify(purpose);
    const session = await this.#sessions.get(key);
    this.#sessions.delete(key);
    await session?.release();
  }

  async #open(purpose: Purpose, profiling: InferenceSession.SessionOptions | undefined): Promise<InferenceSession> {
    const { encoder: path } = this.#model.files;
    const rewritten = this.#rewritten?.deref() ?? (await rewrittenEncoder(this.#model, this.#options.provider));
    this.#rewritten = rewritten && new WeakRef(rewritten);
    const special = purpose.kind !== 'any' && rewritten && SPECIAL[purpose.kind](rewritten, purpose.geometry);
    const model = special || (rewritten?.model ?? null);
    const content = model === null || model === rewritten!.stored ? null : model.encode();
    return openSession(this.#factory, path, this.#options, content, profiling);
  }
}

async function bytesOf({ files }: ModelContract): Promise<Encoder['bytes']> {
  const sizes = [files.encoder, ...files.weights].map(async (path) => (await stat(path)).size);
  const [graph, ...weights] = await Promise.all(sizes);
  return { graph: graph!, weights: sum(weights) };
}
