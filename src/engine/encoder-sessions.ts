import { readFile, stat } from 'node:fs/promises';
import type { InferenceSession, InferenceSessionFactory } from 'onnxruntime-node';
import type { ModelContract } from './contracts/contract.ts';
import { SessionProfile } from './profile.ts';
import { bindGraph, openSession, type ExecutionOptions, type Graph } from './sessions.ts';
import { specialize } from './specialize.ts';

/** Larger files stay as they are: their calls take so long that what folding saves does not count. */
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

  /** @throws UserError as `openSession` does. */
  async graph(shapes: Shapes): Promise<Graph> {
    const { encoder, files } = this.#contract;
    const key = (await this.#isSpecialized()) ? JSON.stringify(shapes) : 'any';
    let session = this.#sessions.get(key);
    if (session === undefined) {
      session = this.#open(key === 'any' ? null : shapes);
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
    const { encoder, files } = this.#contract;
    const isOpen = encoder.inputs.some(({ shape }) => shape.includes(null));
    return isOpen && (await stat(files.encoder)).size <= LARGEST_SPECIALIZED_BYTES;
  }

  async #open(shapes: Shapes | null): Promise<InferenceSession> {
    const path = this.#contract.files.encoder;
    const { inputs } = this.#contract.encoder;
    const byName = shapes && new Map(inputs.map(({ name }, i) => [name, shapes[i]!]));
    const content = byName && specialize(await readFile(path), byName);
    const profiling = this.#sessions.size === 0 ? this.#profile?.sessionOptions : undefined;
    return openSession(this.#factory, path, this.#options, content, profiling);
  }
}
