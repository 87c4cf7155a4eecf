import { UserError } from '../errors.ts';
import type { ModelContract } from './contracts/contract.ts';
import { readContract } from './contracts/index.ts';
import { LogMelFeatures, type Conventions } from './features.ts';
import { chunkGeometry, type ChunkGeometry } from './geometry.ts';
import { openGraphs, type Graphs } from './graphs.ts';
import type { Precision } from './model-files.ts';
import { EncoderBatch, takesBatches } from './encoder-batch.ts';
import { EncoderGroup, type SharedChunk } from './encoder-group.ts';
import { StreamingEncoder, type EncodedChunk } from './encoder.ts';
import { opened } from './opened.ts';
import type { ExecutionOptions, Graph } from './sessions.ts';
import { detokenize } from './tokens.ts';
import { GreedyTransducer, type EmittedToken } from './transducer.ts';
import { Turns } from './turns.ts';
import { FeatureWindows } from './windows.ts';

export interface EngineOptions extends ExecutionOptions {
  readonly precision: Precision;
  /** Whether the chunks of streams that are under way together are encoded together. Default `false`. */
  readonly batchesStreams?: boolean;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
}

export interface StreamOptions {
  /** A language that the model's prompts name, or `auto`; ignored by models without prompts. */
  readonly language: string;
  /** Encoder frames of look-ahead; one of the contract's. */
  readonly lookAhead: number;
  /** Default `nemo`. */
  readonly conventions?: Conventions;
  /** Ends the stream before its next chunk. */
  readonly signal?: AbortSignal | undefined;
}

/** Measured time of one chunk, milliseconds; of a call that several streams had part in, a stream's share. */
export interface ChunkTimes {
  readonly featuresMs: number;
  readonly encoderMs: number;
  readonly decoderMs: number;
  /** Waiting for other streams' turns; 0 for a stream that is alone. */
  readonly waitMs: number;
}

/** A loaded model. Streams share its graphs and nothing else. */
export class StreamingRecognizer {
  readonly contract: ModelContract;
  readonly #graphs: Graphs;
  readonly #clock: () => number;
  #batchesStreams: boolean;
  readonly #turns: Turns;
  /** By look-ahead. */
  readonly #groups = new Map<number, Promise<EncoderGroup>>();

  private constructor(contract: ModelContract, graphs: Graphs, { clock, batchesStreams = false }: EngineOptions) {
    this.contract = contract;
    this.#graphs = graphs;
    this.#clock = clock;
    this.#turns = new Turns(clock);
    this.#batchesStreams = batchesStreams && takesBatches(contract.encoder);
  }

  /** When a graph ended its last work; now, while there is any to do. */
  get idleSinceMs(): number {
    return this.#turns.idleSinceMs;
  }

  /** Whether streams are encoded together: as asked for, unless the export takes one stream per call. */
  get batchesStreams(): boolean {
    return this.#batchesStreams;
  }

  /**
   * Loads a model folder; see `readContract` for its layout.
   *
   * @throws UserError for a folder, precision, provider or number of threads that cannot work.
   */
  static async load(folder: string, options: EngineOptions): Promise<StreamingRecognizer> {
    const contract = await readContract(folder, options.precision);
    return new StreamingRecognizer(contract, await openGraphs(contract, options), options);
  }

  /** For an export that declares an open batch axis and then fails with several streams. */
  stopBatching(): void {
    this.#batchesStreams = false;
  }

  /**
   * A new stream. The first one of a look-ahead also loads the encoder for it.
   *
   * @throws UserError for a language or look-ahead that the model does not have.
   */
  async createStream(options: StreamOptions): Promise<RecognizerStream> {
    const { lookAheads } = this.contract;
    if (!lookAheads.includes(options.lookAhead)) {
      const possible = lookAheads.join(', ');
      throw new UserError(`the model cannot look ahead ${options.lookAhead} encoder frames; it can do ${possible}`);
    }
    const geometry = chunkGeometry(options.lookAhead);
    const encoder = await this.#graphs.encoders.forStreams(geometry);
    const group = this.#batchesStreams ? await this.#group(geometry) : null;
    return new RecognizerStream(
      this.contract,
      this.#graphs,
      { encoder, group, turns: this.#turns },
      this.#clock,
      options,
    );
  }

  #group(geometry: ChunkGeometry): Promise<EncoderGroup> {
    return opened(this.#groups, geometry.lookAhead, async () => {
      const { tensors, encoders } = this.#graphs;
      const batch = new EncoderBatch(await encoders.forBatches(geometry), tensors, encoders.contract);
      return new EncoderGroup(batch, this.#turns, this.#clock);
    });
  }

  /**
   * The execution providers that ran the encoder so far, the busiest first; `null` when nothing ran. To be asked once,
   * behind the first utterance: telling ends the profile that knows.
   */
  async effectiveProvider(): Promise<string | null> {
    return this.#graphs.encoders.effectiveProvider();
  }

  async release(): Promise<void> {
    await this.#graphs.release();
  }
}

interface StreamPlace {
  readonly encoder: Graph;
  readonly group: EncoderGroup | null;
  readonly turns: Turns;
}

/**
 * One utterance on its way through the model. Either `push` samples and read the text, or `accept` samples and `step`
 * chunk by chunk to see what each one cost. Calls must not overlap.
 */
export class RecognizerStream {
  readonly geometry: ChunkGeometry;
  readonly #contract: ModelContract;
  readonly #clock: () => number;
  readonly #features: LogMelFeatures;
  readonly #windows: FeatureWindows;
  readonly #encoder: StreamingEncoder;
  readonly #group: EncoderGroup | null;
  readonly #turns: Turns;
  readonly #transducer: GreedyTransducer;
  readonly #signal: AbortSignal | undefined;
  readonly #tokens: EmittedToken[] = [];
  #text = '';
  #ended = false;

  /**
   * @param encoder the encoder for streams of the options' look-ahead.
   * @param group those that it is encoded together with.
   * @param turns of everything that computes with these graphs.
   */
  constructor(
    contract: ModelContract,
    graphs: Graphs,
    { encoder, group, turns }: StreamPlace,
    clock: () => number,
    options: StreamOptions,
  ) {
    const { melCount } = contract.encoder;
    this.geometry = chunkGeometry(options.lookAhead);
    this.#contract = contract;
    this.#clock = clock;
    const conventions = options.conventions ?? 'nemo';
    this.#features = new LogMelFeatures(melCount, conventions);
    this.#windows = new FeatureWindows(this.#features, this.geometry, melCount, conventions);
    const prompt = promptIndex(contract, options.language);
    this.#encoder = new StreamingEncoder(
      encoder,
      graphs.tensors,
      graphs.encoders.contract,
      this.geometry,
      this.#windows.data,
      prompt,
    );
    this.#group = group;
    this.#turns = turns;
    this.#transducer = new GreedyTransducer(graphs, contract);
    this.#signal = options.signal;
  }

  /** The text so far. */
  get text(): string {
    return this.#text;
  }

  /** The tokens so far, language tags included. */
  get tokens(): readonly EmittedToken[] {
    return this.#tokens;
  }

  /** The last language tag that the model wrote, or `null`. */
  get detectedLanguage(): string | null {
    const { tags } = this.#contract.vocabulary;
    return this.#tokens.reduce<string | null>((language, { id }) => tags.get(id) ?? language, null);
  }

  /** Takes samples, mono at 16 kHz in [-1, 1], without computing anything. */
  accept(samples: Float32Array): void {
    this.#features.push(samples);
  }

  /** Declares the end of the audio, without computing anything. */
  end(): void {
    this.#features.finish();
    this.#ended = true;
  }

  /**
   * Recognizes one chunk; `null` when there is none yet.
   *
   * @throws BackendError of kind `non-finite` or `inference`, and the reason of the stream's signal once that aborted.
   */
  async step(): Promise<ChunkTimes | null> {
    this.#signal?.throwIfAborted();
    if (!this.#windows.isComplete && !(this.#ended && this.#windows.isPartial)) return null;
    return this.#group === null ? this.#recognizeChunk() : this.#group.chunk(() => this.#recognizeChunk());
  }

  async #recognizeChunk(): Promise<ChunkTimes> {
    const start = this.#clock();
    const validFrames = this.#windows.fill();
    const featuresDone = this.#clock();
    const { chunk, encoderMs } = await (this.#group?.encode(this.#encoder, validFrames) ??
      this.#turns.take(() => this.#encode(validFrames)));
    const { emitted, decoderMs } = await this.#turns.take(() => this.#decode(chunk));
    const featuresMs = featuresDone - start;
    const waitMs = this.#group === null ? 0 : this.#clock() - start - featuresMs - encoderMs - decoderMs;
    // Behind the clock: writing out the whole text anew grows with the stream, which recognition does not.
    if (emitted.length > 0) {
      this.#tokens.push(...emitted);
      this.#text = detokenize(
        this.#contract.vocabulary,
        this.#tokens.map((token) => token.id),
      );
    }
    return { featuresMs, encoderMs, decoderMs, waitMs };
  }

  async #encode(validFrames: number): Promise<SharedChunk> {
    const start = this.#clock();
    const chunk = await this.#encoder.encode(validFrames);
    return { chunk, encoderMs: this.#clock() - start };
  }

  async #decode(
    chunk: EncodedChunk,
  ): Promise<{ readonly emitted: readonly EmittedToken[]; readonly decoderMs: number }> {
    const start = this.#clock();
    const emitted = await this.#transducer.decode(chunk);
    return { emitted, decoderMs: this.#clock() - start };
  }

  /** Takes samples, recognizes every chunk that is complete, and returns the text so far. */
  async push(samples: Float32Array): Promise<string> {
    this.accept(samples);
    return this.#drain();
  }

  /** Recognizes what is left and returns the final text. */
  async finish(): Promise<string> {
    this.end();
    return this.#drain();
  }

  async #drain(): Promise<string> {
    while ((await this.step()) !== null);
    return this.#text;
  }
}

function promptIndex(contract: ModelContract, language: string): number {
  if (contract.prompts === null) return 0;
  const wanted = language.toLowerCase();
  const index = contract.prompts.get(wanted);
  if (index !== undefined) return index;
  const languages = (contract.languages ?? []).join(', ');
  throw new UserError(
    `the model has no language ${JSON.stringify(language)}; it has ${languages}${contract.supportsAuto ? ', auto' : ''}`,
  );
}
