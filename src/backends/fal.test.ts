import { afterEach, describe, expect, it } from 'vitest';
import { BackendError } from '../errors.ts';
import { serveLocally, textFor, writeClips } from '../server/__fixtures__/local-server.ts';
import type { RunningServer } from '../server/serve.ts';
import { wholePartials } from '../text/partials.ts';
import type { Transport } from '../types.ts';
import type { Recognizer, TranscribeOptions } from './backend.ts';
import { falBackend } from './fal.ts';

const transports: readonly Transport[] = ['run', 'queue', 'stream'];
const asked: TranscribeOptions = { language: 'pl-PL', acceleration: 'high' };
const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function serve(...args: Parameters<typeof serveLocally>): Promise<RunningServer> {
  const server = await serveLocally(...args);
  servers.push(server);
  return server;
}

function open(target: string, settings: object = {}): Promise<Recognizer> {
  return falBackend.open(falBackend.settings.parse({ target, ...settings }), '/');
}

async function failureOf(call: Promise<unknown>): Promise<BackendError> {
  const error: unknown = await call.then(
    () => new Error('it was answered'),
    (failure: unknown) => failure,
  );
  if (error instanceof BackendError) return error;
  throw error;
}

describe('each transport', () => {
  it.each(transports)('brings the answer by %s with what it cost and which samples were heard', async (transport) => {
    const server = await serve();
    const recognizer = await open(server.url, { transport });
    const [clip] = writeClips(1);
    const { text, audioSha256, hosted, costUsd, latencyMs } = await recognizer.transcribe(clip!, asked);
    expect(text).toBe(textFor(audioSha256!));
    expect(hosted).toMatchObject({
      transport,
      requestId: server.ledger.bills[0]!.requestId,
      cold: true,
      resumed: false,
    });
    expect(hosted!.runnerId === null).toBe(transport === 'stream');
    if (transport !== 'stream') expect(costUsd).toBeCloseTo((0.1 / 60) * 0.008, 10);
    expect(latencyMs).toBeGreaterThan(0);
    expect(server.ledger.bills).toHaveLength(1);
  });

  it.each(transports)('takes an empty transcript by %s for an answer', async (transport) => {
    const { url } = await serve({ rates: { 'empty-output': 1 } });
    const recognizer = await open(url, { transport });
    expect((await recognizer.transcribe(writeClips(1)[0]!, asked)).text).toBe('');
  });

  it('sends a clip once, however many calls want it at the same time', async () => {
    const server = await serve();
    const recognizer = await open(server.url, { concurrency: 8 });
    const [clip] = writeClips(1);
    const accelerations = ['none', 'regular', 'high', 'full'] as const;
    await Promise.all(
      accelerations.map((acceleration) => recognizer.transcribe(clip!, { language: 'auto', acceleration })),
    );
    expect(new Set(server.ledger.bills.map(({ audio }) => audio)).size).toBe(1);
    expect(server.jobs.map(({ input }) => input.acceleration).sort()).toEqual([...accelerations].sort());
  });

  it('sends a clip once for all backends that send to one place', async () => {
    const server = await serve();
    const [clip] = writeClips(1);
    for (const transport of transports) {
      const recognizer = await open(server.url, { transport });
      await recognizer.transcribe(clip!, asked);
      await recognizer.close();
    }
    expect(server.ledger.bills).toHaveLength(transports.length);
    expect(new Set(server.ledger.bills.map(({ audio }) => audio)).size).toBe(1);
  });

  it('sends a small clip inline where that is asked for', async () => {
    const server = await serve();
    const recognizer = await open(server.url, { send: 'inline' });
    const { spans } = await recognizer.transcribe(writeClips(1)[0]!, asked);
    expect(spans.uploadMs).toBeUndefined();
    expect(server.ledger.bills[0]!.audio).toMatch(/^data:audio\/x-wav;base64,/);
  });

  it('shows every partial transcript as it comes, whole even where the network splits a character', async () => {
    const { url } = await serve({ rates: { 'split-character': 1 } });
    const recognizer = await open(url, { transport: 'stream' });
    const shown: string[] = [];
    const { text, partials } = await recognizer.transcribe(writeClips(1)[0]!, {
      ...asked,
      onPartial: (one) => shown.push(one),
    });
    expect(text).not.toContain('\ufffd');
    expect(shown).toEqual(wholePartials(partials!).map((partial) => partial.text));
    expect(shown).toHaveLength(3);
    expect(shown[0]).toBe(text.slice(0, 5));
  });

  it('follows the queue by polling where that is asked for, and says so', async () => {
    const { url } = await serve({ latency: { inferenceMs: { constant: 30 } } });
    const recognizer = await open(url, { pollIntervalMs: 10 });
    const { hosted, spans } = await recognizer.transcribe(writeClips(1)[0]!, asked);
    expect(hosted).toMatchObject({ watchedBy: 'poll', pollIntervalMs: 10 });
    expect(spans.inferenceMs).toBeGreaterThan(25);
  });
});

describe('a failure', () => {
  it.each([
    ['run', { 'status-401': 1 }, { kind: 'auth', retryable: false, stops: true }],
    ['queue', { 'status-402': 1 }, { kind: 'balance', retryable: false, stops: true }],
    ['stream', { 'status-403': 1 }, { kind: 'balance', retryable: false, stops: true }],
    ['queue', { 'status-422': 1 }, { kind: 'bad-input', retryable: false, stops: false }],
    ['queue', { 'status-500': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['stream', { 'status-503': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['run', { 'html-502': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['run', { 'too-many-requests': 1 }, { kind: 'rate-limit', retryable: true, stops: false }],
    ['run', { 'reset-before-acceptance': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['run', { 'reset-after-acceptance': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['run', { 'truncated-json': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['stream', { 'stream-drop': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['stream', { 'event-error': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['stream', { 'partial-last': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['queue', { 'reset-after-acceptance': 1 }, { kind: 'unknown-outcome', retryable: false, stops: false }],
    ['queue', { 'status-stream-drop': 1 }, { kind: 'network', retryable: true, stops: false }],
    ['queue', { 'result-unavailable': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['queue', { 'job-failed': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['queue', { 'job-failed': 1, 'failed-state': 1 }, { kind: 'host', retryable: true, stops: false }],
    ['queue', { 'expired-file': 1 }, { kind: 'audio-download', retryable: true, stops: false }],
  ] as const)('by %s with %o', async (transport, rates, expected) => {
    const server = await serve({ rates });
    const recognizer = await open(server.url, { transport });
    const { kind, retryable, facts, message } = await failureOf(recognizer.transcribe(writeClips(1)[0]!, asked));
    expect({ kind, retryable, stops: facts.stopsBackend ?? false }).toEqual(expected);
    expect(message).not.toContain('\n');
    expect(facts.hosted?.transport).toBe(transport);
    expect(server.jobs.length, 'one attempt, never a second behind our back').toBeLessThanOrEqual(1);
  });

  it('keeps the id of a request whose acceptance was cut short, and goes on with it', async () => {
    const { url } = await serve({ rates: { 'truncated-json': 1 } });
    const recognizer = await open(url);
    expect((await recognizer.transcribe(writeClips(1)[0]!, asked)).text).toMatch(/^ok/);
  });

  it('of the storage costs nothing and says how long to wait', async () => {
    const server = await serve({ rates: { 'storage-too-many-requests': 1 }, retryAfterSeconds: 3 });
    const { kind, retryable, facts } = await failureOf((await open(server.url)).transcribe(writeClips(1)[0]!, asked));
    expect({ kind, retryable, ...facts }).toEqual({
      kind: 'rate-limit',
      retryable: true,
      costUsd: 0,
      retryAfterMs: 3000,
    });
    expect(server.jobs).toEqual([]);
  });

  it('says how long the host wants to be left alone', async () => {
    const { url } = await serve({ rates: { 'too-many-requests': 1 }, retryAfterSeconds: 7 });
    const { facts } = await failureOf((await open(url)).transcribe(writeClips(1)[0]!, asked));
    expect(facts.retryAfterMs).toBe(7000);
  });

  it('ends a call that is never answered', async () => {
    const { url } = await serve({ rates: { hang: 1 } });
    const recognizer = await open(url, { transport: 'run', timeoutSeconds: 0.2 });
    expect(await failureOf(recognizer.transcribe(writeClips(1)[0]!, asked))).toMatchObject({ kind: 'unknown-outcome' });
  });

  it('names a host that cannot be reached', async () => {
    const server = await serveLocally();
    await server.close(0);
    const recognizer = await open(server.url, { send: 'inline' });
    const failure = await failureOf(recognizer.transcribe(writeClips(1)[0]!, asked));
    expect(failure).toMatchObject({ kind: 'network', retryable: true });
    expect(failure.message).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it('shows what the endpoint says of audio that is too long', async () => {
    const { url } = await serve(
      {},
      {
        limits: {
          concurrency: 2,
          maxJobs: 9,
          maxAudioSeconds: 0.05,
          maxBytes: 1e6,
          timeoutMs: 1e4,
          allowsPrivateUrls: false,
        },
      },
    );
    const failure = await failureOf((await open(url)).transcribe(writeClips(1)[0]!, asked));
    expect(failure).toMatchObject({ kind: 'audio-too-long', retryable: false });
    expect(failure.message).toContain('longer than 0.05 seconds');
  });

  it('refuses a language that the endpoint does not have, before anything is sent', async () => {
    const server = await serve();
    const recognizer = await open(server.url);
    expect(await failureOf(recognizer.transcribe(writeClips(1)[0]!, { ...asked, language: 'cy-GB' }))).toMatchObject({
      kind: 'language',
    });
    expect(server.jobs).toEqual([]);
  });
});

describe('going on with a request', () => {
  it('fetches what an earlier process was promised instead of paying again', async () => {
    const server = await serve();
    const [clip] = writeClips(1);
    const ids: string[] = [];
    const tracking = { resumeId: null, onSending: () => undefined, onAccepted: (id: string) => void ids.push(id) };
    const recognizer = await open(server.url);
    const first = await recognizer.transcribe(clip!, { ...asked, tracking });
    const second = await recognizer.transcribe(clip!, { ...asked, tracking: { ...tracking, resumeId: ids[0]! } });
    expect(second.text).toBe(first.text);
    expect(second.hosted).toMatchObject({ requestId: ids[0], resumed: true });
    expect(second.latencyMs, 'what it took is not known any more').toBeNull();
    expect(server.ledger.bills).toHaveLength(1);
  });
});
