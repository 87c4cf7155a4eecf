import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recordKey } from './attempt.ts';
import { falBackend } from './backends/fal.ts';
import { parseConfig } from './config.ts';
import type { CorpusSurvey } from './corpora/survey.ts';
import { openRequestLog, type RequestLog } from './request-log.ts';
import { run, type RunOptions } from './run.ts';
import { serveLocally, writeClips } from './server/__fixtures__/local-server.ts';
import type { Bill } from './server/ledger.ts';
import type { RunningServer } from './server/serve.ts';
import type { Cell, ResultRecord, Utterance } from './types.ts';

const cell: Cell = { language: 'en-US', acceleration: 'none', backend: 'hosted', corpus: 'c', languageHint: 'given' };
const config = parseConfig(
  'name: t\ncorpora: { c: { path: x } }\nbackends: { hosted: { kind: fal } }\nmatrix: { language: en-US }\n',
  't.yaml',
);

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close(0);
  server = null;
});

function utterancesOf(count: number): readonly Utterance[] {
  return writeClips(count).map((audio, index) => ({
    id: `u${index}`,
    audio,
    durationSeconds: 0.1,
    language: 'en-US',
    reference: 'ok',
    speaker: null,
    session: null,
    sentence: null,
    words: null,
    attributes: {},
  }));
}

function newLog(): RequestLog {
  return openRequestLog(join(mkdtempSync(join(tmpdir(), 'earshot-log-')), 'requests.jsonl'));
}

interface Trial {
  readonly utterances: number;
  readonly faults?: object;
  readonly settings?: object;
  readonly over?: Partial<RunOptions>;
}

async function execute({ utterances, faults, settings, over }: Trial) {
  server ??= await serveLocally(faults);
  const chosen = falBackend.settings.parse({ target: server.url, ...settings });
  const facts = await falBackend.inspect(chosen, '/');
  const all = utterancesOf(utterances);
  const records: ResultRecord[] = [];
  const survey: CorpusSurvey = {
    description: '',
    license: '',
    synthetic: true,
    languages: new Map(),
    otherTags: new Map(),
    rejected: { count: 0, first: null },
    sha256: '',
    async *selected() {
      yield* await Promise.resolve(all);
    },
  };
  const outcome = await run({
    config,
    cells: [cell],
    corpora: new Map([['c', survey]]),
    backends: [{ name: 'hosted', ...facts, open: () => falBackend.open(chosen, '/') }],
    done: new Set(),
    journal: { append: (record) => void records.push(record), close: () => undefined },
    requests: newLog(),
    stretch: 0,
    now: () => performance.now(),
    signal: new AbortController().signal,
    maxUsd: null,
    spentUsd: 0,
    folder: '/run',
    earlierRecognizers: {},
    onOpen: () => undefined,
    onRecord: () => undefined,
    ...over,
  });
  return { records, outcome };
}

describe('a refused account', () => {
  it.each([401, 402, 403])('stops its backend at once with %i, and makes no results of it', async (status) => {
    const { records, outcome } = await execute({ utterances: 50, faults: { rates: { [`status-${status}`]: 1 } } });
    expect(records).toEqual([]);
    expect(outcome.stoppedBackends['hosted']).toContain(`(${status})`);
  });
});

describe('a host that cannot be reached', () => {
  it('stops its backend when every try for an utterance has failed, and leaves the rest undone', async () => {
    server = await serveLocally();
    await server.close(0);
    const { records, outcome } = await execute({ utterances: 50, settings: { attempts: 2 } });
    expect(records).toEqual([]);
    expect(outcome.stoppedBackends['hosted']).toMatch(/cannot be reached \(ECONNREFUSED\); is the network up\?/);
  });
});

describe('retries', () => {
  it('are ours, bounded, written down, and outside the latency', async () => {
    const faults = { seed: 2, rates: { 'too-many-requests': 0.5, 'status-stream-drop': 0.3 }, retryAfterSeconds: 0.05 };
    const { records } = await execute({ utterances: 20, faults, settings: { attempts: 12 } });
    expect(records.every(({ status }) => status === 'ok')).toBe(true);
    const retried = records.filter(({ failedAttempts }) => failedAttempts !== undefined);
    expect(retried.length).toBeGreaterThan(0);
    for (const { failedAttempts, spans, latencyMs, timeToAnswerMs, hosted } of retried) {
      const waits = failedAttempts!.map(({ durationMs, backoffMs }) => durationMs + backoffMs);
      expect(spans.retryMs! + 50).toBeGreaterThanOrEqual(waits.reduce((sum, ms) => sum + ms));
      expect(timeToAnswerMs).toBeGreaterThan(spans.retryMs!);
      if (hosted!.resumed) expect(latencyMs).toBeNull();
      else expect(latencyMs! + spans.retryMs!).toBeLessThanOrEqual(timeToAnswerMs!);
    }
    expect(server!.ledger.bills).toHaveLength(20);
  });

  it('wait where the storage has too much to do, and send each clip once', async () => {
    const faults = { seed: 6, rates: { 'storage-too-many-requests': 0.5 }, retryAfterSeconds: 0.02 };
    const { records } = await execute({ utterances: 12, faults, settings: { attempts: 12 } });
    expect(records.every(({ status }) => status === 'ok')).toBe(true);
    const kinds = records.flatMap(({ failedAttempts = [] }) => failedAttempts.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['rate-limit']));
    expect(server!.ledger.bills).toHaveLength(12);
  });

  it('end with a failure that says how often it was tried', async () => {
    const { records } = await execute({
      utterances: 1,
      faults: { rates: { 'status-503': 1 } },
      settings: { attempts: 2 },
    });
    expect(records[0]).toMatchObject({ status: 'failed', costUsd: 0, error: { kind: 'host', retryable: true } });
    expect(records[0]!.failedAttempts).toHaveLength(1);
  });
});

describe('a request that the host keeps', () => {
  const key = recordKey(cell, 'u0');

  it('is neither called free nor forgotten when its tries are used up', async () => {
    const requests = newLog();
    const { records } = await execute({
      utterances: 1,
      faults: { rates: { 'status-unavailable': 1 } },
      settings: { attempts: 1, pollIntervalMs: 20 },
      over: { requests },
    });
    expect(records[0]).toMatchObject({ status: 'failed', costUsd: null });
    expect(requests.stateOf(key)).toEqual({ requestId: expect.any(String) as string });
  });
});

describe('a run that was killed', () => {
  const key = recordKey(cell, 'u0');

  it('goes on with the request that the host keeps', async () => {
    await execute({ utterances: 1 });
    const [{ requestId }] = server!.ledger.bills as readonly [Bill];
    const requests = newLog();
    requests.sending(key);
    requests.accepted(key, requestId);
    const { records } = await execute({ utterances: 1, over: { requests } });
    expect(records[0]!.hosted).toMatchObject({ requestId, resumed: true });
    expect(server!.ledger.bills, 'nothing was paid again').toHaveLength(1);
    expect(requests.stateOf(key)).toBe('ended');
  });

  it('does not send again what may have been paid', async () => {
    const requests = newLog();
    requests.sending(key);
    const { records } = await execute({ utterances: 1, over: { requests } });
    expect(records[0]).toMatchObject({ status: 'failed', costUsd: null, error: { kind: 'unknown-outcome' } });
    expect(server!.jobs).toEqual([]);
  });

  it('knows from its log how each request stands, even where the last line is torn', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-log-'));
    const first = openRequestLog(join(folder, 'requests.jsonl'));
    first.sending('a');
    first.accepted('a', 'id-a');
    first.sending('b');
    first.sending('c');
    first.ended('c');
    first.close();
    const again = openRequestLog(join(folder, 'requests.jsonl'));
    expect([again.stateOf('a'), again.stateOf('b'), again.stateOf('c'), again.stateOf('d')]).toEqual([
      { requestId: 'id-a' },
      'unknown',
      'ended',
      'ended',
    ]);
  });
});

describe('an open loop', () => {
  const slow = { latency: { inferenceMs: { constant: 1000 } } };

  it.each(['constant', 'poisson'] as const)(
    'sends by the clock (%s), whether earlier requests are answered or not',
    async (kind) => {
      const settings = { arrivals: { kind, perSecond: 100 }, concurrency: 64, transport: 'run', send: 'inline' };
      const { records, outcome } = await execute({ utterances: 12, faults: slow, settings });
      expect(outcome.missedSlots).toEqual({});
      const lastStart = Math.max(...records.map(({ startedAtMs }) => startedAtMs));
      const firstEnd = Math.min(...records.map(({ finishedAtMs }) => finishedAtMs));
      expect(lastStart, 'all were sent before the first was answered').toBeLessThan(firstEnd);
      for (const { latencyFromDueMs, latencyMs } of records)
        expect(latencyFromDueMs).toBeGreaterThanOrEqual(latencyMs!);
    },
  );

  it('counts the slots that pass while too many are unanswered, and sends later', async () => {
    const settings = { arrivals: { kind: 'constant', perSecond: 50 }, concurrency: 1, transport: 'run' };
    const { records, outcome } = await execute({ utterances: 3, faults: slow, settings });
    expect(records).toHaveLength(3);
    expect(outcome.missedSlots['hosted']).toBeGreaterThan(2);
  });
});
