import { relative } from 'node:path';
import type { Recognizer, RequestTracking } from './backends/backend.ts';
import { BackendError, UserError } from './errors.ts';
import type { RequestLog } from './request-log.ts';
import type { Cell, FailedAttempt, Hypothesis, ResultRecord, Utterance } from './types.ts';

/** The identity of a piece of work within a sweep. */
export function recordKey(cell: Cell, utteranceId: string): string {
  const { backend, corpus, language, languageHint, acceleration, concurrency } = cell;
  // Absent from the key where it is absent from the sweep, so that runs of before can be gone on with.
  const load = concurrency === undefined ? [] : [`${concurrency} at once`];
  return [backend, corpus, language, languageHint, acceleration, ...load, utteranceId].join('/');
}

/** One utterance in one cell. */
export interface Work {
  readonly cell: Cell;
  readonly utterance: Utterance;
}

export interface AttemptOptions {
  readonly mostAttempts: number;
  /** Absent where requests need not survive the process. */
  readonly requests: RequestLog | undefined;
  readonly stretch: number;
  /** When the stretch began, on the clock `now`. */
  readonly stretchStartMs: number;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Whether the budget has room for one more call; if so, its price is set aside. */
  readonly affordAnother: () => boolean;
  /** The run's folder; the journal names audio relative to it. */
  readonly folder: string;
  /** When an open loop meant to send this, on the clock `now`; `null` in a closed loop. */
  readonly dueMs: number | null;
}

export interface Attempted {
  readonly record: ResultRecord;
  /** The host has taken the request and may still answer and bill it: to be gone on with, not to be sent again. */
  readonly isUnderWay: boolean;
}

const firstBackoffMs = 500;
const longestBackoffMs = 120_000;
const jitter = 0.25;

/**
 * Asks until there is an answer, a failure that trying again cannot mend, or no try left. Waits between tries are the
 * host's wish, or double each time.
 * @throws BackendError with `stopsBackend` when no call can succeed; nothing of it is a result.
 */
export async function attempt(recognizer: Recognizer, work: Work, options: AttemptOptions): Promise<Attempted> {
  const { now, mostAttempts, requests, signal, affordAnother } = options;
  const key = recordKey(work.cell, work.utterance.id);
  const left = requests?.stateOf(key) ?? 'ended';
  const firstSentAtMs = now();
  const failedAttempts: FailedAttempt[] = [];
  // A try that was billed, or may have been, leaves the next one to be paid for as well.
  const mayGoOn = (failure: BackendError): boolean =>
    !failure.retryable || failure.facts.resumeId != null || costOf(failure) === 0 || affordAnother();
  let resumeId = typeof left === 'object' ? left.requestId : null;
  for (;;) {
    const sentAtMs = now();
    const finish = (): Times => ({ ...options, firstSentAtMs, sentAtMs, finishedAtMs: now(), failedAttempts });
    if (left === 'unknown') return { record: failed(work, interruptedRequest(), finish()), isUnderWay: false };
    try {
      const hypothesis = await recognizer.transcribe(work.utterance.audio, {
        language: work.cell.languageHint === 'auto' ? 'auto' : work.cell.language,
        acceleration: work.cell.acceleration,
        signal,
        ...(requests ? { tracking: tracking(requests, key, resumeId) } : {}),
      });
      return { record: answered(work, hypothesis, finish()), isUnderWay: false };
    } catch (error) {
      const failure = asBackendError(error);
      const { facts } = failure;
      resumeId = facts.resumeId ?? null;
      if (resumeId === null) requests?.ended(key);
      const isLast = failedAttempts.length + 1 >= mostAttempts || signal.aborted || !mayGoOn(failure);
      if (facts.stopsBackend || (isLast && facts.isUnreachable)) throw stopping(failure);
      if (!failure.retryable || isLast) {
        return { record: failed(work, failure, finish()), isUnderWay: resumeId !== null };
      }
      const backoffMs = backoff(failedAttempts.length, facts.retryAfterMs);
      const requestId = facts.hosted?.requestId ?? resumeId;
      failedAttempts.push({
        kind: failure.kind,
        message: failure.message,
        requestId,
        durationMs: now() - sentAtMs,
        costUsd: resumeId === null ? costOf(failure) : 0,
        backoffMs,
      });
      await sleep(backoffMs, signal);
    }
  }
}

function stopping({ kind, message, facts }: BackendError): BackendError {
  return new BackendError(kind, message, false, { ...facts, stopsBackend: true });
}

function tracking(requests: RequestLog, key: string, resumeId: string | null): RequestTracking {
  return {
    resumeId,
    onSending: () => requests.sending(key),
    onAccepted: (requestId) => requests.accepted(key, requestId),
  };
}

function interruptedRequest(): BackendError {
  const message = 'an earlier process was killed while it sent this; whether it was billed is not known';
  return new BackendError('unknown-outcome', `${message}; --retry-failed sends it again`, false, { costUsd: null });
}

/** Spread a little, so that what failed together does not come back together. */
function backoff(triesBefore: number, retryAfterMs: number | undefined): number {
  const wantedMs = retryAfterMs ?? firstBackoffMs * 2 ** triesBefore;
  return Math.min(longestBackoffMs, wantedMs) * (1 + jitter * Math.random());
}

/** Ends early when the run is interrupted; the try that follows is then the last. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** Audio that cannot be read fails its utterance; anything that is no fault of backend or audio is a bug and surfaces. */
function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof UserError) return new BackendError('audio', error.message, false);
  throw error;
}

interface Times {
  readonly stretch: number;
  readonly stretchStartMs: number;
  readonly folder: string;
  readonly dueMs: number | null;
  readonly firstSentAtMs: number;
  readonly sentAtMs: number;
  readonly finishedAtMs: number;
  readonly failedAttempts: readonly FailedAttempt[];
}

function common({ cell, utterance }: Work, times: Times) {
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
    audioPath: relative(times.folder, utterance.audio.path),
    audioOffsetSeconds: utterance.audio.offsetSeconds,
    isExcerpt: utterance.audio.durationSeconds !== null,
    stretch: times.stretch,
    startedAtMs: times.sentAtMs - times.stretchStartMs,
    finishedAtMs: times.finishedAtMs - times.stretchStartMs,
    ...(times.failedAttempts.length > 0 ? { failedAttempts: times.failedAttempts } : {}),
  };
}

function retrySpan({ failedAttempts, sentAtMs, firstSentAtMs }: Times) {
  return failedAttempts.length === 0 ? {} : { retryMs: sentAtMs - firstSentAtMs };
}

function answered(work: Work, { heardSeconds, ...hypothesis }: Hypothesis, times: Times): ResultRecord {
  return {
    ...common(work, times),
    // A manifest may be wrong about its clips; speed and cost rest on what was heard.
    ...(heardSeconds === null ? {} : { durationSeconds: heardSeconds }),
    ...hypothesis,
    status: hypothesis.text.trim() === '' ? 'empty' : 'ok',
    spans: { ...hypothesis.spans, ...retrySpan(times) },
    error: null,
    timeToAnswerMs: times.finishedAtMs - times.firstSentAtMs,
    ...(times.dueMs === null ? {} : { latencyFromDueMs: times.finishedAtMs - times.dueMs }),
  };
}

/** Results travel: a message names the clip as the record does, not by where it lies on this machine. */
function withoutPath(message: string, { utterance }: Work, { folder }: Times): string {
  return message.replaceAll(utterance.audio.path, relative(folder, utterance.audio.path));
}

/** A hosted failure that states no cost is one that the host does not bill, but for a request that it still has. */
function costOf({ facts: { costUsd, hosted, resumeId } }: BackendError): number | null {
  return costUsd ?? (hosted && costUsd === undefined && resumeId === undefined ? 0 : null);
}

function failed(work: Work, failure: BackendError, times: Times): ResultRecord {
  const { hosted } = failure.facts;
  return {
    ...common(work, times),
    status: 'failed',
    text: null,
    delivery: null,
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: null,
    spans: retrySpan(times),
    costUsd: costOf(failure),
    error: { kind: failure.kind, message: withoutPath(failure.message, work, times), retryable: failure.retryable },
    audioSha256: null,
    ...(hosted ? { hosted } : {}),
  };
}
