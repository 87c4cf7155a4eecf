import { attempt, recordKey, type Work } from './attempt.ts';
import type { Recognizer } from './backends/backend.ts';
import type { Config } from './config.ts';
import type { CorpusSurvey } from './corpora/survey.ts';
import { BackendError, invariant, UserError } from './errors.ts';
import type { Journal } from './journal.ts';
import { loadsOf, withMostProcesses, type Load, type RunnableBackend } from './loads.ts';
import { streamLevels, type StreamLevel } from './analysis/stream-levels.ts';
import { closedLoop, openLoop, type Perform } from './pace.ts';
import type { RequestLog } from './request-log.ts';
import { nextLevel, type LevelSearch } from './search-level.ts';
import { seededRandom } from './stats/random.ts';
import { listUsd, spentUsd } from './spending.ts';
import { shuffle } from './stats/shuffle.ts';
import type { Cell, RecognizerInfo, ResultRecord } from './types.ts';

export interface RunOptions {
  readonly config: Config;
  readonly cells: readonly Cell[];
  readonly corpora: ReadonlyMap<string, CorpusSurvey>;
  readonly backends: readonly RunnableBackend[];
  /** Keys whose work is done: see {@link recordKey}. */
  readonly done: ReadonlySet<string>;
  readonly journal: Journal;
  /** Absent where no request needs to survive the process. */
  readonly requests?: RequestLog;
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
  /** What earlier stretches opened, by backend name: another model under the same name would mix two things. */
  readonly earlierRecognizers: Readonly<Record<string, RecognizerInfo>>;
  readonly onOpen: (name: string) => void;
  readonly onRecord: (record: ResultRecord) => void;
  /** For a sweep that searches capacity. */
  readonly search?: {
    /** What the journal holds, earlier stretches included. */
    readonly readRecords: () => Promise<readonly ResultRecord[]>;
    /** Told what is tried next. */
    readonly onTry: (setting: Pick<Cell, 'backend' | 'acceleration'>) => void;
    /** Told each number of streams that was tried. */
    readonly onLevel: (level: StreamLevel) => void;
  };
}

export interface RunOutcome {
  /** Facts about what was opened, by backend name. */
  readonly recognizers: Readonly<Record<string, RecognizerInfo>>;
  /** True when work is left because the next call would have passed `maxUsd`. */
  readonly stoppedByBudget: boolean;
  /** Backends whose every further call would fail, with the reason; their open work is left undone. */
  readonly stoppedBackends: Readonly<Record<string, string>>;
  /** Sending times of open loops that passed while `concurrency` requests were still unanswered, by backend. */
  readonly missedSlots: Readonly<Record<string, number>>;
  /** The cells that a search for capacity made of those that were planned; `null` without one. */
  readonly searchedCells: readonly Cell[] | null;
}

/**
 * Runs what is not done yet, journaling each result before the next piece of work of its lane begins.
 * Local models are in memory one at a time. Hosted backends of one load run together, loads after each other. Within
 * either, the settings of one clip follow each other in seeded random order, so that a drifting machine or host cannot
 * look like an effect of a setting.
 */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const stretch: Stretch = {
    startMs: options.now(),
    budget: new Budget(options.maxUsd, options.spentUsd),
    recognizers: {},
    stoppedBackends: {},
    missedSlots: {},
  };
  const { capacity } = options.config;
  const searchedCells: Cell[] = [];
  for (const load of loadsOf(options.cells, options.backends)) {
    if (isOver(options, stretch)) break;
    if (capacity) searchedCells.push(...(await searchCapacity(load, capacity, options, stretch)));
    else await runLoad(load, options, stretch);
  }
  const { recognizers, stoppedBackends, missedSlots } = stretch;
  return {
    recognizers,
    stoppedBackends,
    missedSlots,
    stoppedByBudget: stretch.budget.exhausted,
    searchedCells: capacity ? searchedCells : null,
  };
}

function isOver({ signal }: RunOptions, { budget }: Stretch): boolean {
  return signal.aborted || budget.exhausted;
}

/**
 * For each setting of a load, runs its cells with more and fewer streams at once until it is known how many fit. What an
 * earlier stretch has tried is not tried again.
 */
async function searchCapacity(
  load: Load,
  search: LevelSearch,
  options: RunOptions,
  stretch: Stretch,
): Promise<readonly Cell[]> {
  const searched: Cell[] = [];
  for (const acceleration of new Set(load.cells.map((cell) => cell.acceleration))) {
    const own = load.cells.filter((cell) => cell.acceleration === acceleration);
    // Fewer clips than twice the streams would leave too few streams for most of the time.
    const most = Math.max(1, Math.min(search.most, utterancesOf(own, options) >> 1));
    const tried = new Map<number, boolean>();
    const next = () => nextLevel(tried, { from: search.from, most });
    for (let streams = next(); streams !== null; streams = next()) {
      const concurrency = streams;
      const cells = own.map((cell): Cell => ({ ...cell, concurrency }));
      searched.push(...cells);
      options.search?.onTry(cells[0]!);
      await runLoad({ ...load, cells, concurrency }, options, stretch);
      if (isOver(options, stretch) || load.backends.some(({ name }) => name in stretch.stoppedBackends))
        return searched;
      const level = await levelOf(cells, options);
      if (level === null) break;
      options.search?.onLevel(level);
      tried.set(streams, level.fits);
    }
  }
  return searched;
}

function utterancesOf(cells: readonly Cell[], { corpora }: RunOptions): number {
  return cells.reduce((sum, { corpus, language }) => {
    return sum + (corpora.get(corpus)?.languages.get(language)?.utterances ?? 0);
  }, 0);
}

/** `null` where no stream was answered. */
async function levelOf([cell]: readonly Cell[], { search }: RunOptions): Promise<StreamLevel | null> {
  invariant(search, 'a search for capacity needs what was journaled');
  const { backend, acceleration, concurrency } = cell!;
  const own = (await search.readRecords()).filter((record) => {
    const is = record.cell;
    return is.backend === backend && is.acceleration === acceleration && is.concurrency === concurrency;
  });
  return streamLevels(own)[0] ?? null;
}

/** What the loads of one stretch share. */
interface Stretch {
  readonly startMs: number;
  readonly budget: Budget;
  readonly recognizers: Record<string, RecognizerInfo>;
  readonly stoppedBackends: Record<string, string>;
  readonly missedSlots: Record<string, number>;
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

async function runLoad(load: Load, options: RunOptions, stretch: Stretch): Promise<void> {
  const { cells, concurrency, arrivals } = load;
  const opened = new Map<string, Promise<Recognizer>>();
  const work = pendingWork(cells, options, stretch);
  const perform: Perform = (piece, dueMs) => performOnce(piece, dueMs, { load, options, stretch, opened });
  const onMissed = (backend: string) => void (stretch.missedSlots[backend] = (stretch.missedSlots[backend] ?? 0) + 1);
  try {
    if (arrivals)
      await openLoop(work, arrivals, concurrency, perform, { ...options, seed: options.config.seed }, onMissed);
    else await closedLoop(work, concurrency, perform, options.signal);
  } finally {
    for (const [name, opening] of opened) {
      // One that could not be opened has thrown where it was asked for.
      const recognizer = await opening.catch(() => null);
      if (recognizer)
        stretch.recognizers[name] = withMostProcesses(await recognizer.close(), stretch.recognizers[name]);
    }
  }
}

interface Surroundings {
  readonly load: Load;
  readonly options: RunOptions;
  readonly stretch: Stretch;
  readonly opened: Map<string, Promise<Recognizer>>;
}

async function performOnce(
  piece: Work,
  dueMs: number | null,
  { load, options, stretch, opened }: Surroundings,
): Promise<void> {
  const { journal, requests } = options;
  const backend = load.backends.find(({ name }) => name === piece.cell.backend)!;
  const priceUsd = listUsd(backend, piece.utterance.durationSeconds);
  let reservedUsd = 0;
  const afford = (): boolean => {
    if (!stretch.budget.reserve(priceUsd)) return false;
    reservedUsd += priceUsd;
    return true;
  };
  if (!afford()) return;
  try {
    const recognizer = await openOnce(backend, load.concurrency, opened, options);
    const { record, isUnderWay } = await attempt(recognizer, piece, {
      ...options,
      requests,
      mostAttempts: backend.mostAttempts ?? usualAttempts,
      stretchStartMs: stretch.startMs,
      affordAnother: afford,
      dueMs,
    });
    journal.append(record);
    if (!isUnderWay) requests?.ended(record.key);
    stretch.budget.settle(reservedUsd, spentUsd(record, backend));
    options.onRecord(record);
  } catch (error) {
    if (!(error instanceof BackendError && error.facts.stopsBackend)) throw error;
    stretch.stoppedBackends[backend.name] = error.message;
    stretch.budget.settle(reservedUsd, error.facts.resumeId === undefined ? reservedUsd - priceUsd : reservedUsd);
  }
}

const usualAttempts = 3;

/** Lanes share what is open; the promise is kept, so that two lanes never open the same backend twice. */
function openOnce(
  backend: RunnableBackend,
  concurrency: number,
  recognizers: Map<string, Promise<Recognizer>>,
  options: RunOptions,
): Promise<Recognizer> {
  const opened = recognizers.get(backend.name);
  if (opened) return opened;
  options.onOpen(backend.name);
  const opening = openAsBefore(backend, concurrency, options.earlierRecognizers[backend.name]);
  recognizers.set(backend.name, opening);
  return opening;
}

/** A backend that cannot be opened stops, as one whose key is refused does; the others go on. */
async function openAsBefore(
  backend: RunnableBackend,
  concurrency: number,
  before: RecognizerInfo | undefined,
): Promise<Recognizer> {
  try {
    const recognizer = await backend.open(concurrency);
    const { modelSha256 } = recognizer.info;
    if (before === undefined || before.modelSha256 === modelSha256) return recognizer;
    await recognizer.close();
    throw new UserError('its model changed since this run began; restore the model or start a new run');
  } catch (error) {
    if (!(error instanceof UserError || error instanceof BackendError)) throw error;
    throw new BackendError('open', error.message, false, { cause: error, stopsBackend: true });
  }
}

async function* pendingWork(
  cells: readonly Cell[],
  { corpora, config, done }: RunOptions,
  { budget, stoppedBackends }: Stretch,
): AsyncGenerator<Work> {
  const random = seededRandom(config.seed);
  for (const [corpus, survey] of corpora) {
    for await (const utterance of survey.selected()) {
      const matching = cells.filter((cell) => cell.corpus === corpus && cell.language === utterance.language);
      for (const cell of shuffle(matching, random)) {
        if (budget.exhausted) return;
        if (cell.backend in stoppedBackends || done.has(recordKey(cell, utterance.id))) continue;
        yield { cell, utterance };
      }
    }
  }
}
