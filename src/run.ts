import { relative } from 'node:path';
import type { Recognizer } from './backends/backend.ts';
import type { Config } from './config.ts';
import type { CorpusSurvey } from './corpora/survey.ts';
import { BackendError, UserError } from './errors.ts';
import type { Journal } from './journal.ts';
import { seededRandom } from './stats/random.ts';
import { shuffle } from './stats/shuffle.ts';
import type { Cell, Hypothesis, RecognizerInfo, ResultRecord, Utterance } from './types.ts';

/** A backend of the sweep, ready to be opened. */
export interface RunnableBackend {
  readonly name: string;
  readonly location: 'local' | 'hosted';
  readonly concurrency: number;
  /** `null` where a call's price is not known before it is made. */
  readonly usdPerAudioMinute: number | null;
  open(): Promise<Recognizer>;
}

export interface RunOptions {
  readonly config: Config;
  readonly cells: readonly Cell[];
  readonly corpora: ReadonlyMap<string, CorpusSurvey>;
  readonly backends: readonly RunnableBackend[];
  /** Keys whose work is done: see {@link recordKey}. */
  readonly done: ReadonlySet<string>;
  readonly journal: Journal;
  /** Which stretch of work this is: 0 for a new run, one more for each time it is resumed. */
  readonly stretch: number;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
  /** Ends the run after the utterances in flight. */
  readonly signal: AbortSignal;
  /** No call is made that would bring the run's cost above this. */
  readonly maxUsd: number | null;
  /** What earlier stretches of this run cost. */
  readonly spentUsd: number;
  /** The run's folder; the journal names audio relative to it. */
  readonly folder: string;
  readonly onOpen: (name: string) => void;
  readonly onRecord: (record: ResultRecord) => void;
}

export interface RunOutcome {
  /** Facts about what was opened, by backend name. */
  readonly recognizers: Readonly<Record<string, RecognizerInfo>>;
  /** True when work is left because the next call would have passed `maxUsd`. */
  readonly stoppedByBudget: boolean;
}

/** The identity of a piece of work within a sweep. */
export function recordKey(cell: Cell, utteranceId: string): string {
  return [cell.backend, cell.corpus, cell.language, cell.languageHint, cell.acceleration, utteranceId].join('/');
}

/**
 * Runs what is not done yet, journaling each result before the next piece of work of its lane begins.
 * Local models are in memory one at a time. Hosted backends run together. Within either, the settings
 * of one clip follow each other in seeded random order, so that a drifting machine or host cannot look like an effect
 * of a setting.
 */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const used = options.backends.filter(({ name }) => options.cells.some((cell) => cell.backend === name));
  const groups = [
    ...used.filter(({ location }) => location === 'local').map((backend) => [backend]),
    used.filter(({ location }) => location === 'hosted'),
  ].filter((group) => group.length > 0);
  const recognizers: Record<string, RecognizerInfo> = {};
  const stretch = { startMs: options.now(), budget: new Budget(options.maxUsd, options.spentUsd) };
  for (const group of groups) {
    if (options.signal.aborted || stretch.budget.exhausted) break;
    await runGroup(group, options, stretch, recognizers);
  }
  return { recognizers, stoppedByBudget: stretch.budget.exhausted };
}

interface Stretch {
  readonly startMs: number;
  readonly budget: Budget;
}

/** Reserves the price of a call before it is made, so that calls in flight count too. */
class Budget {
  exhausted = false;
  readonly #maxUsd: number;
  #committedUsd: number;

  constructor(maxUsd: number | null, spentUsd: number) {
    this.#maxUsd = maxUsd ?? Infinity;
    this.#committedUsd = spentUsd;
  }

  reserve(usd: number): boolean {
    if (this.#committedUsd + usd > this.#maxUsd) this.exhausted = true;
    else this.#committedUsd += usd;
    return !this.exhausted;
  }

  settle(reservedUsd: number, actualUsd: number): void {
    this.#committedUsd += actualUsd - reservedUsd;
  }
}

async function runGroup(
  group: readonly RunnableBackend[],
  options: RunOptions,
  stretch: Stretch,
  infos: Record<string, RecognizerInfo>,
): Promise<void> {
  const names = new Set(group.map(({ name }) => name));
  const cells = options.cells.filter((cell) => names.has(cell.backend));
  const recognizers = new Map<string, Promise<Recognizer>>();
  const work = pendingWork(cells, options);
  const lane = async () => {
    for (let next = await work.next(); !next.done && !options.signal.aborted; next = await work.next()) {
      const { cell, utterance } = next.value;
      const backend = group.find(({ name }) => name === cell.backend)!;
      const priceUsd = (utterance.durationSeconds / 60) * (backend.usdPerAudioMinute ?? 0);
      if (!stretch.budget.reserve(priceUsd)) return;
      const recognizer = await openOnce(backend, recognizers, options);
      const record = await attempt(recognizer, cell, utterance, options, stretch.startMs);
      options.journal.append(record);
      stretch.budget.settle(priceUsd, record.costUsd ?? priceUsd);
      options.onRecord(record);
    }
  };
  const lanes = Math.max(...group.map(({ concurrency }) => concurrency));
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    for (const [name, opening] of recognizers) {
      // One that could not be opened has thrown where it was asked for.
      const recognizer = await opening.catch(() => null);
      if (recognizer) infos[name] = await recognizer.close();
    }
  }
}

/** Lanes share what is open; the promise is kept, so that two lanes never open the same backend twice. */
function openOnce(
  backend: RunnableBackend,
  recognizers: Map<string, Promise<Recognizer>>,
  options: RunOptions,
): Promise<Recognizer> {
  const opened = recognizers.get(backend.name);
  if (opened) return opened;
  options.onOpen(backend.name);
  const opening = backend.open();
  recognizers.set(backend.name, opening);
  return opening;
}

async function* pendingWork(
  cells: readonly Cell[],
  { corpora, config, done }: RunOptions,
): AsyncGenerator<{ cell: Cell; utterance: Utterance }> {
  const random = seededRandom(config.seed);
  for (const [corpus, survey] of corpora) {
    for await (const utterance of survey.selected()) {
      const matching = cells.filter((cell) => cell.corpus === corpus && cell.language === utterance.language);
      for (const cell of shuffle(matching, random)) {
        if (!done.has(recordKey(cell, utterance.id))) yield { cell, utterance };
      }
    }
  }
}

const mostAttempts = 3;

async function attempt(
  recognizer: Recognizer,
  cell: Cell,
  utterance: Utterance,
  { now, stretch, signal, folder }: RunOptions,
  stretchStart: number,
): Promise<ResultRecord> {
  const language = cell.languageHint === 'auto' ? 'auto' : cell.language;
  const firstSentAt = now();
  for (let attemptNumber = 1; ; attemptNumber++) {
    const sentAt = now();
    const times = { stretch, startedAtMs: sentAt - stretchStart, retryMs: attemptNumber === 1 ? null : sentAt - firstSentAt };
    try {
      const options = { language, acceleration: cell.acceleration, signal };
      const hypothesis = await recognizer.transcribe(utterance.audio, options);
      return answered({ cell, utterance, folder }, hypothesis, { ...times, finishedAtMs: now() - stretchStart });
    } catch (error) {
      const failure = asBackendError(error);
      if (!failure.retryable || attemptNumber === mostAttempts || signal.aborted) {
        return failed({ cell, utterance, folder }, failure, { ...times, finishedAtMs: now() - stretchStart });
      }
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attemptNumber));
    }
  }
}

/** Audio that cannot be read fails its utterance; anything that is no fault of backend or audio is a bug and surfaces. */
function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof UserError) return new BackendError('audio', error.message, false);
  throw error;
}

interface Times {
  readonly stretch: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly retryMs: number | null;
}

interface Work {
  readonly cell: Cell;
  readonly utterance: Utterance;
  readonly folder: string;
}

function common({ cell, utterance, folder }: Work, times: Times) {
  return {
    key: recordKey(cell, utterance.id),
    cell,
    utterance: utterance.id,
    reference: utterance.reference,
    durationSeconds: utterance.durationSeconds,
    speaker: utterance.speaker,
    session: utterance.session,
    sentence: utterance.sentence,
    referenceWords: utterance.words,
    attributes: utterance.attributes,
    audioPath: relative(folder, utterance.audio.path),
    audioOffsetSeconds: utterance.audio.offsetSeconds,
    stretch: times.stretch,
    startedAtMs: times.startedAtMs,
    finishedAtMs: times.finishedAtMs,
  };
}

function answered(work: Work, hypothesis: Hypothesis, times: Times): ResultRecord {
  const { spans, ...heard } = hypothesis;
  return {
    ...common(work, times),
    ...heard,
    status: hypothesis.text.trim() === '' ? 'empty' : 'ok',
    spans: times.retryMs === null ? spans : { ...spans, retryMs: times.retryMs },
    error: null,
  };
}

function failed(work: Work, failure: BackendError, times: Times): ResultRecord {
  return {
    ...common(work, times),
    status: 'failed',
    text: null,
    delivery: null,
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: null,
    spans: times.retryMs === null ? {} : { retryMs: times.retryMs },
    costUsd: null,
    error: { kind: failure.kind, message: failure.message, retryable: failure.retryable },
    audioSha256: null,
  };
}
