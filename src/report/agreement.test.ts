import { describe, expect, it } from 'vitest';
import { scored } from '../__fixtures__/records.ts';
import type { HostedRequest, ScoredRecord } from '../types.ts';
import { agreements } from './agreement.ts';
import { agreementSection } from './agreement-section.ts';
import { hostedSection } from './hosted-section.ts';
import { reportInput } from './__fixtures__/report-input.ts';

const hosted = {
  ...{ endpoint: 'e', transport: 'queue', requestId: 'r', runnerId: null, billableUnits: 1, listCostUsd: 0.008 },
  ...{ cold: false, resumed: false, watchedBy: 'poll', pollIntervalMs: 50, roundTripMs: 12 },
} as const satisfies HostedRequest;

function said(utterance: string, backend: string, text: string, over: Partial<ScoredRecord> = {}): ScoredRecord {
  const record: ScoredRecord = scored({ text })[0]!;
  return {
    ...record,
    ...{ utterance, normalizedHypothesis: text, audioSha256: 'same' },
    cell: { ...record.cell, backend },
    ...(backend === 'hosted' ? { hosted } : {}),
    ...over,
  };
}

describe('agreements', () => {
  const records = [
    said('a', 'local', 'one two three four'),
    said('b', 'local', 'one two'),
    said('c', 'local', 'five'),
    said('d', 'local', 'six', { status: 'failed' }),
    said('a', 'hosted', 'one two three'),
    said('b', 'hosted', 'one three', { audioSha256: 'other' }),
    said('c', 'hosted', 'five', { audioSha256: null }),
    said('d', 'hosted', 'six'),
  ];

  it('count the hosted text against the local one, on what both answered, most different first', () => {
    const [found, ...others] = agreements(records);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ first: { backend: 'local' }, second: { backend: 'hosted' }, rate: 2 / 7 });
    expect(found!.pairs.map(({ first }) => first.utterance)).toEqual(['b', 'a', 'c']);
    expect(found!.samples).toEqual({ equal: 1, different: 1, unknown: 1 });
  });

  it('need both kinds of backend', () => {
    expect(agreements(records.filter((record) => record.hosted === undefined))).toEqual([]);
    expect(agreementSection(reportInput().records)).toBeNull();
  });

  it('are shown with where the texts differ and where the samples did', () => {
    const page = agreementSection(records)!.toString();
    for (const part of ['28.6%', '1 differ', '1 unknown', 'Where they differ most']) expect(page).toContain(part);
  });
});

describe('the section of hosted requests', () => {
  const run = reportInput().run;
  const input = (records: readonly ScoredRecord[]) => ({ ...reportInput(), records, run });

  it('says how they were watched, keeps cold ones apart, and shows money for nothing', () => {
    const records = [
      said('a', 'hosted', 'x', { latencyMs: 9_000, hosted: { ...hosted, cold: true } }),
      said('b', 'hosted', 'x', { latencyMs: 700, spans: { queueMs: 123, uploadPutMs: 45 } }),
      said('c', 'hosted', 'x', {
        ...{ latencyMs: 800, timeToAnswerMs: 2_400 },
        failedAttempts: [
          { kind: 'rate-limit', message: '429', requestId: null, durationMs: 10, costUsd: 0, backoffMs: 1_500 },
        ],
      }),
    ];
    const bills = [
      {
        ...{ backend: 'hosted', answers: 2, answeredUsd: 0.016, answersOfUnknownCost: 0, answeredListUsd: 0.016 },
        ...{ failures: 3, failedUsd: 0.002, failuresOfUnknownCost: 1 },
        mismatches: [{ utterance: 'b', requestId: 'r', costUsd: 1, listUsd: 2, bookedUsd: null }],
        unbooked: null,
      },
    ];
    const page = hostedSection(input(records), bills)!.toString();
    const figures = ['>700</td>', '>9,000</td>', '>123</td>', '>45</td>', '>2,400</td>', '>1,500</td>'];
    for (const part of ['poll, 50 ms', ...figures, '1 × rate-limit', '$0.002000']) expect(page).toContain(part);
  });

  it('is absent from a local run', () => {
    expect(hostedSection(input([said('a', 'local', 'x')]), [])).toBeNull();
  });
});
