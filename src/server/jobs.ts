import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { decodeAudio } from '../audio/decode-audio.ts';
import type { Recognizer } from '../backends/backend.ts';
import { BackendError, UserError } from '../errors.ts';
import { Ending } from '../transfer/ending.ts';
import { takeIn, type IntakeLimits } from './audio-intake.ts';
import type { Faults } from './faults.ts';
import type { FileStore } from './file-store.ts';
import type { EndpointInput } from './input.ts';
import type { Bill, Ledger } from './ledger.ts';
import { badField, infrastructure, Refusal } from './refusal.ts';

/** The host's three states; a job that failed is completed, with an error. */
export type JobState = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';

/** One request on its way through the server. */
export interface Job {
  readonly id: string;
  readonly input: EndpointInput;
  readonly transport: Bill['transport'];
  state: JobState;
  text: string | null;
  failure: Refusal | null;
  /** Minutes billed. */
  units: number;
  /** What a client should come to measure. */
  queueMs: number;
  inferenceMs: number;
  /** Emits `change` with each new state and `partial` with each new text. */
  readonly events: EventEmitter<{ change: []; partial: [text: string] }>;
  readonly cancel: AbortController;
}

export interface JobLimits extends IntakeLimits {
  /** Requests in progress at once, as an account has them. */
  readonly concurrency: number;
  readonly maxAudioSeconds: number;
  /** Unfinished requests. */
  readonly maxJobs: number;
}

export interface JobsOptions {
  readonly recognizer: Recognizer;
  readonly store: FileStore;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly limits: JobLimits;
  readonly origin: () => string;
}

const keptJobs = 10_000;

/** Takes requests in, runs so many at once, bills the answered ones. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #unfinished = new Set<Job>();
  readonly #waiting: (() => void)[] = [];
  #inProgress = 0;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  get all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  get isFull(): boolean {
    return this.#inProgress >= this.#options.limits.concurrency;
  }

  /** @throws Refusal when too many are unfinished. */
  accept(input: EndpointInput, transport: Bill['transport']): Job {
    if (this.#unfinished.size >= this.#options.limits.maxJobs) {
      throw new Refusal(429, { detail: 'The queue is full' }, { 'retry-after': '1' });
    }
    const job: Job = {
      id: randomUUID(),
      input,
      transport,
      state: 'IN_QUEUE',
      text: null,
      failure: null,
      units: 0,
      queueMs: 0,
      inferenceMs: 0,
      events: new EventEmitter(),
      cancel: new AbortController(),
    };
    job.events.setMaxListeners(0);
    this.#jobs.set(job.id, job);
    this.#unfinished.add(job);
    void this.#process(job);
    return job;
  }

  /** @throws Refusal for an id that was never given or is long forgotten. */
  find(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new Refusal(404, { status: 'NOT_FOUND' });
    return job;
  }

  /** How many requests are before this one. */
  positionOf(job: Job): number {
    const queued = [...this.#unfinished].filter(({ state }) => state === 'IN_QUEUE');
    return Math.max(0, queued.indexOf(job));
  }

  async finished(job: Job): Promise<void> {
    while (job.state !== 'COMPLETED') await once(job.events, 'change');
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#unfinished].map((job) => this.finished(job)));
  }

  cancel(job: Job): void {
    if (job.state === 'COMPLETED') throw new Refusal(400, { status: 'ALREADY_COMPLETED' });
    job.cancel.abort();
  }

  async #process(job: Job): Promise<void> {
    const { faults } = this.#options;
    const acceptedAtMs = performance.now();
    try {
      await pause(faults.queueMs(), job.cancel.signal);
      await this.#enter(job);
      try {
        if (faults.happens('back-to-queue')) {
          this.#change(job, 'IN_PROGRESS');
          await pause(20, job.cancel.signal);
          this.#change(job, 'IN_QUEUE');
          await pause(20, job.cancel.signal);
        }
        job.queueMs = performance.now() - acceptedAtMs;
        this.#change(job, 'IN_PROGRESS');
        await this.#recognize(job);
      } finally {
        this.#inProgress--;
        this.#waiting.shift()?.();
      }
    } catch (error) {
      job.failure = job.cancel.signal.aborted
        ? infrastructure(499, 'Request was cancelled', 'client_cancelled')
        : asRefusal(error);
    }
    this.#unfinished.delete(job);
    this.#change(job, 'COMPLETED');
    for (const [id] of this.#jobs) {
      if (this.#jobs.size <= keptJobs) break;
      if (this.#jobs.get(id)!.state === 'COMPLETED') this.#jobs.delete(id);
    }
  }

  async #recognize(job: Job): Promise<void> {
    const { recognizer, store, ledger, faults, limits, origin } = this.#options;
    const { audioUrl, language, acceleration } = job.input;
    const bytes = await takeIn(audioUrl, store, origin(), limits);
    const lent = await store.lendPath(bytes);
    try {
      const audio = { path: lent.path, offsetSeconds: 0, durationSeconds: null };
      const { durationSeconds } = await decodeAudio(audio).catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        throw badField('audio_url', 'Unsupported audio format', 'unsupported_audio_format', {
          supported_formats: ['wav', 'flac', 'mp3', 'ogg'],
        });
      });
      if (durationSeconds > limits.maxAudioSeconds) {
        const context = { max_duration: limits.maxAudioSeconds, provided_duration: durationSeconds };
        throw badField(
          'audio_url',
          `Audio is longer than ${limits.maxAudioSeconds} seconds`,
          'audio_duration_too_long',
          context,
        );
      }
      const startedAtMs = performance.now();
      const ending = new Ending(limits.timeoutMs, job.cancel.signal);
      const abandoned = ending.signal;
      const onPartial = (text: string) => {
        if (!abandoned.aborted) job.events.emit('partial', text);
      };
      const work = recognizer.transcribe(audio, { language, acceleration, onPartial, abandoned });
      const hypothesis = await unlessEnded(work, ending);
      await pause(faults.inferenceMs(), job.cancel.signal);
      job.inferenceMs = performance.now() - startedAtMs;
      if (faults.happens('job-failed')) throw infrastructure(500, 'Internal server error', 'internal_server_error');
      job.text = faults.happens('empty-output') ? '' : hypothesis.text;
      job.units = durationSeconds / 60;
      const { id: requestId, units, transport, queueMs, inferenceMs } = job;
      ledger.add({ requestId, units, transport, audio: audioUrl.slice(0, 120), queueMs, inferenceMs });
    } finally {
      lent.giveBack();
    }
  }

  async #enter(job: Job): Promise<void> {
    while (this.isFull) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        job.cancel.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      job.cancel.signal.throwIfAborted();
    }
    this.#inProgress++;
  }

  #change(job: Job, state: JobState): void {
    job.state = state;
    job.events.emit('change');
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof BackendError && error.kind !== 'unsupported') {
    return infrastructure(500, error.message, 'internal_server_error');
  }
  if (error instanceof BackendError || error instanceof UserError)
    return badField('language', error.message, 'value_error');
  return infrastructure(500, 'Internal server error', 'internal_server_error');
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Does not wait until a recognizer that is to end early has done so. */
async function unlessEnded<Result>(work: Promise<Result>, ending: Ending): Promise<Result> {
  const end = new Promise<never>((_, reject) => {
    const onAbort = () => {
      const tookTooLong = infrastructure(504, 'The request took too long', 'generation_timeout');
      reject(ending.isByTime ? tookTooLong : new Error('cancelled'));
    };
    if (ending.signal.aborted) onAbort();
    ending.signal.addEventListener('abort', onAbort);
  });
  return Promise.race([end, work]).finally(() => ending.release());
}
