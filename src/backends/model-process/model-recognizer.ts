import { Turns } from '../../engine/turns.ts';
import { BackendError, invariant, UserError } from '../../errors.ts';
import type { AudioDelivery, AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';
import type { Recognizer, TranscribeOptions } from '../backend.ts';
import { machineCostUsd } from './machine-price.ts';
import { ModelChild } from './model-child.ts';
import { abandonedError } from './model-messages.ts';

export interface ModelRecognizerOptions<Model> {
  /** Program of the process, made with `serveModel`. */
  readonly worker: URL;
  readonly model: Model;
  readonly delivery: AudioDelivery;
  /** Whether the process can have several utterances under way. Otherwise they wait for each other here. */
  readonly takesSeveral: boolean;
  readonly machineUsdPerHour: number | undefined;
}

/** Keeps one child with the model in it, and starts another when that one died. */
export class ModelRecognizer<Model> implements Recognizer {
  readonly #options: ModelRecognizerOptions<Model>;
  #child: ModelChild | null = null;
  #info: RecognizerInfo | null = null;
  #peakMemoryMiB = 0;
  #opening: Promise<void> | null = null;
  readonly #turns = new Turns(() => performance.now());
  #isClosed = false;

  private constructor(options: ModelRecognizerOptions<Model>) {
    this.#options = options;
  }

  /** @throws UserError for a model that cannot be loaded. */
  static async open<Model>(options: ModelRecognizerOptions<Model>): Promise<Recognizer> {
    const recognizer = new ModelRecognizer(options);
    recognizer.#info = await recognizer.#openChild();
    return recognizer;
  }

  get info(): RecognizerInfo {
    invariant(this.#info, 'the recognizer is used before it is open');
    return this.#info;
  }

  /** An utterance in flight is finished even if `signal` aborts: what was computed for it is then not lost. */
  async transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const call = () => this.#transcribe(audio, options);
    return this.#options.takesSeveral ? call() : this.#turns.take(call);
  }

  async close(): Promise<RecognizerInfo> {
    this.#isClosed = true;
    await this.#stopChild();
    return { ...this.info, peakMemoryMiB: this.#peakMemoryMiB };
  }

  async #transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const { language, acceleration, onPartial, abandoned } = options;
    const { delivery, machineUsdPerHour } = this.#options;
    const child = await this.#livingChild();
    if (abandoned?.aborted) throw abandonedError();
    try {
      const sendsPartials = onPartial !== undefined;
      const request = { type: 'transcribe', audio, language, acceleration, delivery, sendsPartials } as const;
      const reply = await child.ask(request, { onPartial, abandoned });
      invariant(reply.type === 'transcribed', `an utterance was answered with ${reply.type}`);
      const { hypothesis } = reply;
      const inferenceMs = hypothesis.spans.inferenceMs ?? 0;
      return {
        ...hypothesis,
        costUsd: machineCostUsd({ machineUsdPerHour }, inferenceMs),
      };
    } catch (error) {
      if (error instanceof UserError) throw new BackendError('unsupported', error.message, false, { cause: error });
      throw error;
    } finally {
      this.#peakMemoryMiB = Math.max(this.#peakMemoryMiB, child.peakMemoryMiB);
    }
  }

  async #livingChild(): Promise<ModelChild> {
    if (this.#isClosed) throw closedError();
    if (this.#opening === null && (this.#child === null || this.#child.hasEnded)) {
      this.#opening = this.#reopen().finally(() => (this.#opening = null));
    }
    // Utterances that were under way together lose their child together, and need one new child between them.
    if (this.#opening !== null) await this.#opening;
    invariant(this.#child, 'a child was opened but is not there');
    return this.#child;
  }

  /** @throws BackendError without the reason, which names the model's place: results travel. */
  async #reopen(): Promise<void> {
    const { modelSha256 } = await this.#openChild().catch((cause: unknown) => {
      if (!(cause instanceof UserError)) throw cause;
      const message = 'the model cannot be loaded any more; see that its files are whole and that memory is left';
      throw new BackendError('process', message, true, { cause, isUnreachable: true });
    });
    if (modelSha256 === this.info.modelSha256) return;
    await this.#stopChild();
    const message = 'the files of the model are others than at the start; start the run anew';
    throw new BackendError('process', message, false, { stopsBackend: true });
  }

  async #openChild(): Promise<RecognizerInfo> {
    await this.#stopChild();
    if (this.#isClosed) throw closedError();
    this.#child = new ModelChild(this.#options.worker);
    try {
      const reply = await this.#child.ask({ type: 'open', model: this.#options.model });
      invariant(reply.type === 'opened', `opening was answered with ${reply.type}`);
      this.#peakMemoryMiB = Math.max(this.#peakMemoryMiB, reply.peakMemoryMiB);
      return reply.info;
    } catch (error) {
      await this.#stopChild();
      throw error;
    }
  }

  async #stopChild(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    await child?.stop();
  }
}

function closedError(): BackendError {
  return new BackendError('closed', 'the recognizer was closed', false);
}
