import { readFile, stat } from 'node:fs/promises';
import type { InferenceSession, InferenceSessionFactory } from 'onnxruntime-node';
import { CHANNEL_CACHE, type EncoderContract, type ModelContract } from './contracts/contract.ts';
import { SessionProfile } from './profile.ts';
import { projectCache, type ProjectedCache } from './projected-cache.ts';
import { MalformedError } from './protobuf.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { specialize } from './specialize.ts';

/** A larger graph is not read into memory to be changed, nor larger weights loaded once for each of several shapes. */
const LARGEST_SPECIALIZED_BYTES = 256 * 2 ** 20;

type Shapes = readonly (readonly number[])[];

/** The sessions of an encoder, one for each set of input shapes that it is asked for. */
export class EncoderSessions {
  /** How the sessions are called: as the model's contract says, but for the channel cache where that is projected. */
  readonly encoder: EncoderContract;
  readonly #factory: InferenceSessionFactory;
  readonly #contract: ModelContract;
  readonly #options: ExecutionOptions;
  readonly #profile: SessionProfile | null;
  readonly #sessions = new Map<string, Promise<InferenceSession>>();

  private constructor(
    factory: InferenceSessionFactory,
    contract: ModelContract,
    options: ExecutionOptions,
    encoder: EncoderContract,
  ) {
    this.encoder = encoder;
    this.#factory = factory;
    this.#contract = contract;
    this.#options = options;
    // The CPU has no other provider to fall back to, so there is nothing to find out and no profile to slow it down.
    this.#profile = options.provider === 'cpu' ? null : new SessionProfile();
  }

  /** Opens no session yet. */
  static async of(
    factory: InferenceSessionFactory,
    contract: ModelContract,
    options: ExecutionOptions,
  ): Promise<EncoderSessions> {
    // To a GPU the cache travels in every call, so there its doubled size would cost more than the products.
    const shape = options.provider === 'cpu' ? (await projected(contract))?.shape : undefined;
    const encoder = shape === undefined ? contract.encoder : { ...contract.encoder, channelCache: shape };
    return new EncoderSessions(factory, contract, options, encoder);
  }

  /**
   * @param shapes `null` for any.
   * @throws UserError as `openSession` does.
   */
  async graph(shapes: Shapes | null): Promise<Graph> {
    const { encoder, files } = this.#contract;
    const key = shapes !== null && (await this.#isSpecialized()) ? JSON.stringify(shapes) : 'any';
    let session = this.#sessions.get(key);
    if (session === undefined) {
      // Decided here, where no other session can come between: one profile is for one session.
      const profiling = this.#sessions.size === 0 ? this.#profile?.sessionOptions : undefined;
      session = this.#open(key === 'any' ? null : shapes, profiling);
      this.#sessions.set(key, session);
      session.catch(() => this.#sessions.delete(key));
    }
    return bindGraph(await session, encoder, files.encoder);
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

  async #isSpecialized(): Promise<boolean> {
    const { encoder, files, lookAheads } = this.#contract;
    if (!encoder.inputs.some(({ shape }) => shape.includes(null))) return false;
    const sizes = await Promise.all([files.encoder, ...files.weights].map(async (path) => (await stat(path)).size));
    const bytes = lookAheads.length === 1 ? sizes[0]! : sizes.reduce((sum, size) => sum + size, 0);
    return bytes <= LARGEST_SPECIALIZED_BYTES;
  }

  async #open(
    shapes: Shapes | null,
    profiling: InferenceSession.SessionOptions | undefined,
  ): Promise<InferenceSession> {
    const path = this.#contract.files.encoder;
    const { inputs } = this.#contract.encoder;
    const byName = shapes && new Map(inputs.map(({ name }, i) => [name, shapes[i]!]));
    const cached = this.encoder === this.#contract.encoder ? null : (await projected(this.#contract))!.model;
    const content = byName ? specialize(cached ?? (await readFile(path)), byName) : cached;
    return openSession(this.#factory, path, this.#options, content, profiling);
  }
}

/** The encoder with keys and values in its cache; `null` where that cannot be done, or where the file is large. */
async function projected({ encoder, files }: ModelContract): Promise<ProjectedCache | null> {
  if ((await stat(files.encoder)).size > LARGEST_SPECIALIZED_BYTES) return null;
  const { name: input } = encoder.inputs[CHANNEL_CACHE]!;
  const { name: output } = encoder.outputs[CHANNEL_CACHE]!;
  try {
    return projectCache(await readFile(files.encoder), { input, output, shape: encoder.channelCache });
  } catch (error) {
    // onnxruntime says of such a file what it is.
    if (error instanceof MalformedError) return null;
    throw error;
  }
}
