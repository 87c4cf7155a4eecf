import { readFile, stat } from 'node:fs/promises';
import type { InferenceSession, InferenceSessionFactory } from 'onnxruntime-node';
import type { ModelContract } from './contracts/contract.ts';
import { SessionProfile } from './profile.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { specialize } from './specialize.ts';

/** A larger graph is not read into memory to be changed, nor larger weights loaded once for each of several shapes. */
const LARGEST_SPECIALIZED_BYTES = 256 * 2 ** 20;

type Shapes = readonly (readonly number[])[];

/** The sessions of an encoder, one for each set of input shapes that it is asked for. */
export class EncoderSessions {
  readonly #factory: InferenceSessionFactory;
  readonly #contract: ModelContract;
  readonly #options: ExecutionOptions;
  readonly #profile: SessionProfile | null;
  readonly #sessions = new Map<string, Promise<InferenceSession>>();

  constructor(factory: InferenceSessionFactory, contract: ModelContract, options: ExecutionOptions) {
    this.#factory = factory;
    this.#contract = contract;
    this.#options = options;
    // The CPU has no other provider to fall back to, so there is nothing to find out and no profile to slow it down.
    this.#profile = options.provider === 'cpu' ? null : new SessionProfile();
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
    const content = byName && specialize(await readFile(path), byName);
    return openSession(this.#factory, path, this.#options, content, profiling);
  }
}
