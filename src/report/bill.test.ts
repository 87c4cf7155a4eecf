import { describe, expect, it } from 'vitest';
import { billingEvents } from '../backends/fal/billing-events.ts';
import { falBackend } from '../backends/fal.ts';
import { bill, type Bill } from './bill.ts';
import { serveLocally, writeClips } from '../server/__fixtures__/local-server.ts';
import type { HostedRequest, ResultRecord } from '../types.ts';

const hosted: HostedRequest = {
  endpoint: 'e',
  transport: 'queue',
  requestId: 'r',
  runnerId: null,
  billableUnits: 1,
  listCostUsd: 0.008,
  cold: false,
  resumed: false,
  watchedBy: 'events',
  pollIntervalMs: null,
  roundTripMs: 1,
};

function record(over: Partial<ResultRecord>): ResultRecord {
  const cell = { language: 'en-US', acceleration: 'none', backend: 'h', corpus: 'c', languageHint: 'given' } as const;
  return { cell, utterance: 'u', status: 'ok', costUsd: 0.008, error: null, hosted, ...over } as ResultRecord;
}

describe('bill', () => {
  it('keeps money without an answer apart, and never takes unknown for nothing', () => {
    const unknown = { kind: 'unknown-outcome', message: '', retryable: false };
    const killed = record({ status: 'failed', costUsd: null, error: unknown });
    const records = [
      record({}),
      record({ costUsd: null }),
      record({ status: 'failed', costUsd: 0.002 }),
      record({ status: 'failed', costUsd: 0 }),
      killed,
      record({
        failedAttempts: [0.004, 0, null].map((costUsd) => ({
          ...{ kind: 'http', message: '', requestId: null, durationMs: 1, backoffMs: 1 },
          costUsd,
        })),
      }),
    ];
    expect(bill(records, null)).toMatchObject([
      {
        backend: 'h',
        answers: 3,
        answeredUsd: 0.016,
        answersOfUnknownCost: 1,
        answeredListUsd: 0.024,
        failures: 6,
        failedUsd: 0.006,
        failuresOfUnknownCost: 2,
      },
    ]);
  });

  it('flags what the headers, the list and the books say differently', () => {
    const records = [
      record({}),
      record({ utterance: 'rounded up', costUsd: 0.016 }),
      record({ utterance: 'booked', hosted: { ...hosted, requestId: 'b' } }),
    ];
    const [{ mismatches, unbooked }] = bill(
      [...records, record({ utterance: 'too new', hosted: { ...hosted, requestId: 'n' } })],
      new Map([
        ['r', 0.008],
        ['b', 0.02],
      ]),
    ) as readonly [Bill];
    expect(mismatches.map(({ utterance }) => utterance)).toEqual(['rounded up', 'booked']);
    expect(unbooked).toBe(1);
    expect(bill(records, null)[0]!.unbooked, 'nobody asked').toBeNull();
  });

  it('asks the books of the host by request id', async () => {
    const server = await serveLocally();
    try {
      const recognizer = await falBackend.open(falBackend.settings.parse({ target: server.url, send: 'inline' }), '/');
      const answers = [];
      for (const clip of writeClips(60))
        answers.push(await recognizer.transcribe(clip, { language: 'auto', acceleration: 'none' }));
      const requestIds = answers.map((answer) => answer.hosted!.requestId!);
      const booked = await billingEvents({ requestIds, since: new Date(0), key: 'admin', target: server.url });
      expect(booked.size).toBe(60);
      for (const answer of answers) expect(booked.get(answer.hosted!.requestId!)).toBeCloseTo(answer.costUsd!, 8);
    } finally {
      await server.close(0);
    }
  });
});
