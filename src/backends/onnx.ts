import { resolve } from 'node:path';
import { z } from 'zod';
import { readContract } from '../engine/contracts/index.ts';
import { accelerationsOf } from '../engine/geometry.ts';
import { BackendError, invariant, UserError } from '../errors.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../types.ts';
import type { Backend, BackendFacts, Recognizer, TranscribeOptions } from './backend.ts';
import { OnnxChild } from './onnx-child.ts';
import type { OpenRequest } from './onnx-messages.ts';

const MS_PER_HOUR = 3_600_000;
const MINUTES_PER_HOUR = 60;

const settings = z.strictObject({
  model: z.string().min(1).describe('Folder with an export, such as encoder, decoder, joiner and tokens.txt.'),
  precision: z.enum(['fp32', 'int8']).default('fp32').describe('Which graphs of the folder: *.onnx or *.int8.onnx.'),
  mode: z
    .enum(['batch', 'streaming'])
    .default('streaming')
    .describe('Whole clips at once, or chunks at their real-time deadlines on a virtual clock.'),
  threads: z.int().min(1).default(1).describe('Threads of the encoder.'),
  provider: z.string().min(1).default('cpu').describe('Execution provider of onnxruntime, such as cpu or webgpu.'),
  allowFallback: z
    .boolean()
    .default(false)
    .describe('Whether to go on where onnxruntime silently runs the whole encoder on another provider.'),
  machineUsdPerHour: z.number().nonnegative().optional().describe('Price of the machine, for costs.'),
  expectedRtf: z.number().positive().optional().describe('Real-time factor to estimate a plan with.'),
});

type OnnxSettings = z.output<typeof settings>;

/** Streaming FastConformer transducers in one of the layouts of the engine's contracts on onnxruntime, in a process of their own. */
export const onnxBackend: Backend<typeof settings> = {
  kind: 'onnx',
  summary: 'local streaming FastConformer transducers (Nemotron) on onnxruntime',
  settings,

  async inspect(given: OnnxSettings, folder: string): Promise<BackendFacts> {
    const contract = await readContract(resolve(folder, given.model), given.precision);
    const { machineUsdPerHour, expectedRtf } = given;
    const isPriced = machineUsdPerHour !== undefined && expectedRtf !== undefined;
    return {
      languages: contract.languages,
      accelerations: accelerationsOf(contract.lookAheads),
      supportsAuto: contract.supportsAuto,
      usdPerAudioMinute: isPriced ? (machineUsdPerHour / MINUTES_PER_HOUR) * expectedRtf : null,
      expectedRtf: expectedRtf ?? null,
      concurrency: 1,
      location: 'local',
    };
  },

  async open(given: OnnxSettings, folder: string): Promise<Recognizer> {
    const { precision, provider, threads, allowFallback } = given;
    const recognizer = new OnnxRecognizer(given, {
      type: 'open',
      model: resolve(folder, given.model),
      precision,
      provider,
      threads,
      allowFallback,
    });
    await recognizer.start();
    return recognizer;
  },
};

/** Keeps one child with the model in it, and starts another when that one died. Utterances wait for each other. */
class OnnxRecognizer implements Recognizer {
  readonly #settings: OnnxSettings;
  readonly #openRequest: OpenRequest;
  #child: OnnxChild | null = null;
  #info: RecognizerInfo | null = null;
  #peakMemoryMiB = 0;
  #lastCall: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(given: OnnxSettings, openRequest: OpenRequest) {
    this.#settings = given;
    this.#openRequest = openRequest;
  }

  get info(): RecognizerInfo {
    invariant(this.#info, 'the recognizer is used before it is open');
    return this.#info;
  }

  async start(): Promise<void> {
    this.#info = await this.#openChild();
  }

  /** An utterance in flight is finished even if `signal` aborts: that is quicker than loading the model anew. */
  async transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const call = this.#lastCall.then(() => this.#transcribe(audio, options));
    this.#lastCall = call.catch(() => undefined);
    return call;
  }

  async close(): Promise<RecognizerInfo> {
    this.#isClosed = true;
    await this.#stopChild();
    return { ...this.info, peakMemoryMiB: this.#peakMemoryMiB };
  }

  async #transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const { language, acceleration, onPartial } = options;
    const { mode, machineUsdPerHour } = this.#settings;
    const delivery = mode === 'batch' ? 'batch' : 'streaming-virtual';
    const child = await this.#livingChild();
    try {
      const sendsPartials = onPartial !== undefined;
      const request = { type: 'transcribe', audio, language, acceleration, delivery, sendsPartials } as const;
      const reply = await child.ask(request, onPartial);
      invariant(reply.type === 'transcribed', `an utterance was answered with ${reply.type}`);
      const { hypothesis } = reply;
      const inferenceMs = hypothesis.spans.inferenceMs ?? 0;
      return {
        ...hypothesis,
        costUsd: machineUsdPerHour === undefined ? null : (machineUsdPerHour * inferenceMs) / MS_PER_HOUR,
      };
    } catch (error) {
      if (error instanceof UserError) throw new BackendError('unsupported', error.message, false, { cause: error });
      throw error;
    } finally {
      this.#peakMemoryMiB = Math.max(this.#peakMemoryMiB, child.peakMemoryMiB);
    }
  }

  async #livingChild(): Promise<OnnxChild> {
    if (this.#isClosed) throw new BackendError('closed', 'the recognizer was closed', false);
    if (this.#child === null || this.#child.hasEnded) await this.#openChild();
    invariant(this.#child, 'a child was opened but is not there');
    return this.#child;
  }

  async #openChild(): Promise<RecognizerInfo> {
    await this.#stopChild();
    this.#child = new OnnxChild();
    try {
      const reply = await this.#child.ask(this.#openRequest);
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
