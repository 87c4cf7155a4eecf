/**
 * The nouns of Earshot. Types only, no code.
 *
 * Conventions: rates are fractions; unknown is `null`, never 0; units stand in names
 * (`durationSeconds`, `latencyMs`, `costUsd`); language tags are BCP 47.
 */

/**
 * Chunk size of the streaming recognizer, by the hosted endpoint's names.
 * The look-ahead is 13, 6, 3 or 0 encoder frames of 80 ms: chunks of 1.12, 0.56, 0.32 and 0.08 s.
 */
export type Acceleration = 'none' | 'regular' | 'high' | 'full';

/** Whether the recognizer is told the utterance's language or has to find it. */
export type LanguageHint = 'given' | 'auto';

/** The unit in which a language's primary error rate is counted. */
export type ScoringUnit = 'word' | 'character';

/** What counts as one character: a Unicode code point, or what a reader takes for one. */
export type CharacterUnit = 'code-point' | 'grapheme';

/** How the interval of an error rate is made of resampled blocks. */
export type IntervalMethod = 'percentile' | 'bca';

/** A word with its place in the audio, seconds from the start of the utterance. */
export interface WordTime {
  readonly word: string;
  readonly startSeconds: number | null;
  readonly endSeconds: number;
}

/** Where an utterance's audio lies: a whole file, or a part of it. */
export interface AudioSource {
  /** Absolute path. */
  readonly path: string;
  readonly offsetSeconds: number;
  /** `null` means: to the end of the file. */
  readonly durationSeconds: number | null;
  /** The channel that is heard, counted from 0; absent: the mean of all. */
  readonly channel?: number;
}

/** One piece of speech with its reference transcript. */
export interface Utterance {
  /** Unique within its corpus. */
  readonly id: string;
  readonly audio: AudioSource;
  readonly durationSeconds: number;
  readonly language: string;
  readonly reference: string;
  readonly speaker: string | null;
  readonly session: string | null;
  /** Several readers may share one sentence (FLEURS); then it is the unit to resample. */
  readonly sentence: string | null;
  /** Aligned words of the reference, where the corpus has them. */
  readonly words: readonly WordTime[] | null;
  /** Everything to slice by: noise, SNR, gender, accent, … */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
}

/** Mono samples in [-1, 1] with their digest. */
export interface AudioClip {
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  readonly durationSeconds: number;
  /** SHA-256 of the samples as little-endian 16-bit integers, hex. */
  readonly sha256: string;
}

/** One point of the sweep's matrix. */
export interface Cell {
  readonly language: string;
  readonly acceleration: Acceleration;
  /** The name that the configuration gives to a backend entry. */
  readonly backend: string;
  /** The name that the configuration gives to a corpus entry. */
  readonly corpus: string;
  readonly languageHint: LanguageHint;
  /** Requests in flight at once, where the matrix names it; absent: as the backend's entry says. */
  readonly concurrency?: number;
}

/** How audio reached the recognizer, which decides what a latency means. */
export type AudioDelivery =
  /** The whole clip at once; latency runs from the request to the answer. */
  | 'batch'
  /** Chunks at their real-time deadlines on a virtual clock; latency runs from the end of the audio. */
  | 'streaming-virtual'
  /** Chunks at their real-time deadlines by the wall clock. */
  | 'streaming-real';

/** A transcript shown before the final one, or the final one itself (the last of the list). */
export interface Partial {
  /** When it was shown, milliseconds after the start of the audio (streaming) or of the request (batch). */
  readonly atMs: number;
  readonly text: string;
}

/** A partial as what it changed of the one before it, the first of nothing. */
export interface PartialChange {
  readonly atMs: number;
  /** UTF-16 code units of the text before that stay. */
  readonly keep: number;
  /** What follows them. */
  readonly add: string;
}

/** With its whole text or as a change; `wholePartials` gives the texts. */
export type ShownPartial = Partial | PartialChange;

/**
 * Parts of a request's time in milliseconds, never overlapping and never mixed.
 * Absent means: not applicable or not known.
 */
export interface Spans {
  /** Reading, decoding and resampling the audio; before any clock that counts. */
  readonly decodeMs?: number;
  /** Waiting in the client before the request was sent. */
  readonly clientWaitMs?: number;
  readonly uploadMs?: number;
  /** Parts of `uploadMs`: asking for a place, and sending the bytes. */
  readonly uploadInitiateMs?: number;
  readonly uploadPutMs?: number;
  /** From sending a request to its acceptance into the host's queue. */
  readonly submitMs?: number;
  /** Waiting in the host's queue. */
  readonly queueMs?: number;
  /** Recognition itself: measured (local) or as the host reports it. */
  readonly inferenceMs?: number;
  /** Parts of `inferenceMs` of the local engine. */
  readonly featuresMs?: number;
  readonly encoderMs?: number;
  readonly decoderMs?: number;
  readonly downloadMs?: number;
  /** Earlier attempts and the waits between them. */
  readonly retryMs?: number;
}

/** How well a stream in real time kept it. */
export interface Pacing {
  /** Audio from one chunk to the next. */
  readonly chunkMs: number;
  /**
   * Most that a chunk was handed over late, the recognizer's own work aside: timers, reading, other programs. More than
   * `chunkMs` makes the record's times worthless.
   */
  readonly slipMs: number;
}

/** How a request travels to a hosted endpoint, which decides what its latency contains. */
export type Transport = 'run' | 'queue' | 'stream';

/** What is known of a request to a hosted endpoint besides its answer. */
export interface HostedRequest {
  readonly endpoint: string;
  readonly transport: Transport;
  /** `null` when the host never named it. */
  readonly requestId: string | null;
  /** The machine that served it, where the host tells. */
  readonly runnerId: string | null;
  /** As billed, in the unit of the endpoint's price. */
  readonly billableUnits: number | null;
  /** List price × duration of the audio, to hold against what was billed. */
  readonly listCostUsd: number | null;
  /** The first request of a process meets cold connections and perhaps a cold runner. */
  readonly cold: boolean;
  /** Answered to a request that an earlier attempt or process had sent; it then has no latency. */
  readonly resumed: boolean;
  /** How changes of state were seen; a poll delays what it sees by up to its interval. */
  readonly watchedBy: 'response' | 'events' | 'poll';
  readonly pollIntervalMs: number | null;
  /** Shortest exchange with the host during this request: what the network alone takes. */
  readonly roundTripMs: number | null;
}

/** A try at an answer that another try followed. */
export interface FailedAttempt {
  readonly kind: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly durationMs: number;
  /** `null` where nobody knows whether it was billed; 0 where the next try goes on with the same request. */
  readonly costUsd: number | null;
  /** Waiting after it. */
  readonly backoffMs: number;
}

/** What a recognizer made of one utterance. */
export interface Hypothesis {
  /** Verbatim, never normalized. An empty string is a result. */
  readonly text: string;
  readonly detectedLanguage: string | null;
  readonly delivery: AudioDelivery;
  /** In order of time, the final transcript last; `null` where the backend has none. */
  readonly partials: readonly ShownPartial[] | null;
  /** Recognized words with their times, where the backend has them. */
  readonly words: readonly WordTime[] | null;
  /** See {@link AudioDelivery}; negative values are kept. */
  readonly latencyMs: number | null;
  readonly spans: Spans;
  /** Of each chunk of a stream, in order: from when its last sample was spoken to its result. Absent where not known. */
  readonly chunkLatenciesMs?: readonly number[];
  /** Of streams in real time only. */
  readonly pacing?: Pacing;
  /** Most that the recognizer's process has taken so far, or its processes each by itself, where they are ours. */
  readonly processMemoryMiB?: number;
  /** What this attempt cost, billed or computed from the machine's price; `null` if unknown. */
  readonly costUsd: number | null;
  /** Digest of the samples that were heard, at 16 bits; equal digests prove equal input. */
  readonly audioSha256: string | null;
  /** Length of these samples; `null` where the backend did not decode them. */
  readonly heardSeconds: number | null;
  /** Absent for a local model. */
  readonly hosted?: HostedRequest;
}

export interface RecordedError {
  /** A short stable word, such as `timeout` or `audio`. */
  readonly kind: string;
  readonly message: string;
  readonly retryable: boolean;
}

/**
 * One attempt at one utterance in one cell: a line of `results.jsonl`.
 * Holds what the backend said, never what a normalizer made of it.
 */
export interface ResultRecord {
  /** Identifies the attempt's place in the sweep; equal keys are the same work. */
  readonly key: string;
  readonly cell: Cell;
  readonly utterance: string;
  readonly status: 'ok' | 'empty' | 'failed';
  /** `null` when failed. */
  readonly text: string | null;
  readonly reference: string;
  /** Of the samples that were heard; as the corpus states it where nothing decoded them. */
  readonly durationSeconds: number;
  readonly speaker: string | null;
  readonly session: string | null;
  readonly sentence: string | null;
  readonly referenceWords: readonly WordTime[] | null;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  readonly delivery: AudioDelivery | null;
  readonly detectedLanguage: string | null;
  readonly partials: readonly ShownPartial[] | null;
  readonly words: readonly WordTime[] | null;
  readonly latencyMs: number | null;
  readonly spans: Spans;
  /** As in {@link Hypothesis}. */
  readonly chunkLatenciesMs?: readonly number[];
  readonly pacing?: Pacing;
  readonly processMemoryMiB?: number;
  readonly costUsd: number | null;
  readonly error: RecordedError | null;
  readonly audioSha256: string | null;
  /** Absent for a local model. */
  readonly hosted?: HostedRequest;
  /** In order; absent when the first try ended it. */
  readonly failedAttempts?: readonly FailedAttempt[];
  /** From the first try to the end of the last, waits included. */
  readonly timeToAnswerMs?: number;
  /** Under an open loop: from the moment at which the request was due to its answer. */
  readonly latencyFromDueMs?: number;
  /** Path of the clip, relative to the run's folder when it lies on the same disk. */
  readonly audioPath: string;
  readonly audioOffsetSeconds: number;
  /** True when the clip is only a part of its file. */
  readonly isExcerpt: boolean;
  /** Which stretch of work of the run this belongs to: resuming starts a new one. */
  readonly stretch: number;
  /** Milliseconds since that stretch began, on its monotonic clock. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** Additive counts of an alignment. Rates are ratios of sums of these; rates themselves never add. */
export interface ErrorCounts {
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** One step of an alignment; indices point into the token lists. */
export interface AlignmentStep {
  readonly operation: 'hit' | 'substitution' | 'deletion' | 'insertion';
  readonly reference: string | null;
  readonly hypothesis: string | null;
}

/**
 * A file that accepts alternatives of references without editing a corpus: YAML, or JSON, which is a part of YAML.
 *
 * ```yaml
 * name: heard-otherwise
 * version: '2'
 * entries:
 *   - utterance: 1089-134686-0000
 *     corpus: test-clean
 *     replaces: he hoped there would be stew for dinner
 *     reference: he hoped there would be {stew / stu} for dinner
 *     by: Ada
 *     at: '2026-03-01'
 *     why: the name of a dish or of a person
 * ```
 */
export interface Overlay {
  readonly name: string;
  /** A change of entries is a new version. */
  readonly version: string;
  readonly entries: readonly OverlayEntry[];
}

/** What one utterance's reference reads like in scoring. */
export interface OverlayEntry {
  /** As in the journal. */
  readonly utterance: string;
  /** The corpus by its name in the sweep; left out: the utterance of whichever corpus has it. */
  readonly corpus?: string | undefined;
  /**
   * The whole reference as the corpus has it. Where the corpus says something else by now, the entry is stale and is
   * not applied; left out: applied whatever the corpus says.
   */
  readonly replaces?: string | undefined;
  /** The whole reference in NIST's notation: `{a / b / @}` is any of these, `@` nothing; `(uh)` may be left out. */
  readonly reference: string;
  readonly by?: string | undefined;
  /** Date or time, ISO 8601. */
  readonly at?: string | undefined;
  readonly why?: string | undefined;
}

/** A record with what scoring made of it. A failed record has `null` counts; it is never an empty answer. */
export interface ScoredRecord extends ResultRecord {
  /** `name@version#hash` of the normalizer. */
  readonly normalizer: string;
  /** `name@version#hash` of the overlay of references that was asked for; `null` without one. */
  readonly overlay: string | null;
  readonly characters: CharacterUnit;
  /**
   * The reference with its alternatives, of which `reference` is the reading that was scored: the best for this
   * transcript, the first for a failure. `null` where the reference has one reading.
   */
  readonly notatedReference: string | null;
  readonly primaryUnit: ScoringUnit;
  readonly normalizedReference: string;
  readonly normalizedHypothesis: string | null;
  readonly word: ErrorCounts | null;
  readonly character: ErrorCounts | null;
  /** Reference tokens, needed to count a failure as deletions. */
  readonly referenceWordCount: number;
  readonly referenceCharacterCount: number;
  /** In the primary unit. */
  readonly alignment: readonly AlignmentStep[] | null;
}

/** What was resampled to get an interval: speakers where they are known, and so on down. */
export type ResamplingUnit = 'speaker' | 'session' | 'sentence' | 'utterance';

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Such as 0.95. */
  readonly level: number;
}

/** A measured value with its uncertainty. */
export interface Estimate {
  readonly value: number | null;
  readonly interval: Interval | null;
  /** Records that the value rests on. */
  readonly n: number;
  /** `null` for order statistics, whose intervals need no resampling. */
  readonly resampled: ResamplingUnit | null;
  /** Blocks of the resampling unit; below 15 an interval is too narrow and the note says so. */
  readonly blocks: number | null;
  /** Why the value or interval is missing or weak, such as `n too small`. */
  readonly note: string | null;
}

/** Every cell of the matrix appears in a summary: those that ran, and those that could not. */
export interface CellSummary {
  readonly cell: Cell;
  readonly primaryUnit: ScoringUnit;
  /** The metric name of the primary error rate: `wer` or `cer`. */
  readonly primaryMetric: 'wer' | 'cer';
  readonly utterances: number;
  readonly audioSeconds: number;
  readonly statuses: { readonly ok: number; readonly empty: number; readonly failed: number; readonly missing: number };
  readonly word: ErrorCounts;
  readonly character: ErrorCounts;
  readonly delivery: AudioDelivery | null;
  /** By metric name. */
  readonly metrics: Readonly<Record<string, Estimate>>;
}

export interface SkippedCell {
  readonly cell: Cell;
  readonly reason: string;
}

/** The content of `summary.json`. */
export interface Summary {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly normalizer: string;
  /** `name@version#hash` of the overlay of references. */
  readonly overlay: string | null;
  readonly characters: CharacterUnit;
  readonly intervals: IntervalMethod;
  readonly cells: readonly CellSummary[];
  readonly skipped: readonly SkippedCell[];
}

/** Facts about the machine and versions that a number is a function of. */
export interface Environment {
  readonly earshotVersion: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly gitRevision: string | null;
  readonly packages: Readonly<Record<string, string>>;
}

/** What was opened for a backend entry of the configuration. */
export interface RecognizerInfo {
  readonly model: string;
  /** Says in a few words what the model is; small and synthetic models say so here. */
  readonly description: string;
  /** Digest of the model's files, hex; `null` for a hosted model. */
  readonly modelSha256: string | null;
  readonly precision: string | null;
  /** Execution provider asked for and the one that ran. */
  readonly requestedProvider: string | null;
  readonly effectiveProvider: string | null;
  readonly threads: number | null;
  /** Most processes that shared utterances out between them, each with the model and these threads; absent: one. */
  readonly processes?: number;
  /** Of all processes, one after the other. */
  readonly loadMs: number | null;
  readonly peakMemoryMiB: number | null;
}

export interface CorpusInfo {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  /** True for speech that nobody spoke; reports and documents say so. */
  readonly synthetic: boolean;
  /** Digest over the manifest's rows that were selected, hex. */
  readonly sha256: string;
  readonly utterances: number;
  readonly audioSeconds: number;
}

/** The content of `run.json`. */
export interface RunInfo {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly question: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly command: readonly string[];
  /** The validated configuration, environment references unresolved. */
  readonly config: unknown;
  readonly configPath: string;
  readonly configSha256: string;
  /** What `scoring.overlay` named when the run began, so that scoring it again needs no other file. */
  readonly overlay?: Overlay | null;
  readonly environment: Environment;
  readonly corpora: readonly CorpusInfo[];
  /** By the backend's name in the configuration. */
  readonly recognizers: Readonly<Record<string, RecognizerInfo>>;
  readonly cells: readonly Cell[];
  readonly skipped: readonly SkippedCell[];
  /** For each cell, in the order of `cells`: what the journal lacks of these is missing. */
  readonly plannedUtterances: readonly number[];
  /** Work done in one process; more than one means that the run was resumed. */
  readonly stretches: readonly {
    readonly startedAt: string;
    readonly endedAt: string | null;
    /** By backend: sending times of its open loop that passed while too many requests were unanswered. */
    readonly missedSlots?: Readonly<Record<string, number>>;
  }[];
  /** Of several runs that are shown as one: each of them. */
  readonly parts?: readonly RunInfo[];
}

/** Everything that a report, chart or other writer may look at. */
export interface ReportInput {
  readonly run: RunInfo;
  readonly summary: Summary;
  readonly records: readonly ScoredRecord[];
}
