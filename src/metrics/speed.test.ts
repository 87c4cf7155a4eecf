import { describe, expect, it } from 'vitest';
import { scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

describe('real-time factors', () => {
  // Four requests at once: each takes 2 s, all are done after 2 s; then one alone takes 1 s.
  const four = [0, 1, 2, 3].map(() => ({ latencyMs: 2_000, startedAtMs: 0, finishedAtMs: 2_000 }));
  const alone = { latencyMs: 1_000, startedAtMs: 5_000, finishedAtMs: 6_000, durationSeconds: 2 };
  const records = scored(...four, alone);

  it('divide sums', () => {
    expect(valueOf(metrics.rtf, records)).toBeCloseTo(9 / 42, 12);
    expect(valueOf(metrics.rtfxSerial, records)).toBeCloseTo(42 / 9, 12);
  });

  it('per request weigh short clips as long ones', () => {
    expect(valueOf(metrics.rtfRequestP50, records)).toBe(0.2);
    expect(valueOf(metrics.rtfRequestP95, records)).toBeCloseTo(0.44, 12);
  });

  it('throughput under concurrency is no sum of request times, and pauses do not count', () => {
    expect(valueOf(metrics.rtfxThroughput, records)).toBe(42 / 3);
  });

  it('throughput adds up stretches, whose clocks start anew', () => {
    const resumed = scored(
      { startedAtMs: 100_000, finishedAtMs: 101_000 },
      { stretch: 1, startedAtMs: 0, finishedAtMs: 1_000 },
    );
    expect(valueOf(metrics.rtfxThroughput, resumed)).toBe(10);
  });

  it('throughput pays for failures', () => {
    const failing = scored(
      { startedAtMs: 0, finishedAtMs: 1_000 },
      { text: null, startedAtMs: 1_000, finishedAtMs: 5_000 },
    );
    expect(valueOf(metrics.rtfxThroughput, failing)).toBe(2);
    expect(valueOf(metrics.rtf, failing)).toBe(0.05);
  });

  it('of streams are of recognition alone, and at the pace of real time no throughput', () => {
    const stream = scored({ delivery: 'streaming-real', latencyMs: -100, spans: { inferenceMs: 2_000 } });
    expect(valueOf(metrics.rtf, stream)).toBe(0.2);
    expect(valueOf(metrics.rtfxServer, stream)).toBe(5);
    expect(valueOf(metrics.rtfxThroughput, stream)).toBeNull();
  });

  it('are unknown where nothing was measured', () => {
    const unknown = scored({ latencyMs: null });
    expect(valueOf(metrics.rtf, unknown)).toBeNull();
    expect(valueOf(metrics.rtfxServer, unknown)).toBeNull();
    expect(valueOf(metrics.rtfRequestP50, unknown)).toBeNull();
  });
});

describe('latency', () => {
  it('keeps negative values', () => {
    const early = scored({ latencyMs: -250 }, { latencyMs: -50 }, { latencyMs: 100 });
    expect(valueOf(metrics.latencyP50, early)).toBe(-50);
  });

  it('leaves out failures and what was not measured', () => {
    const records = scored({ latencyMs: 100 }, { text: null, latencyMs: 9_000 }, { latencyMs: null });
    expect(metrics.latencyP50.samples(records[0]!)).toEqual([100]);
    expect(metrics.latencyP50.samples(records[1]!)).toEqual([]);
    expect(metrics.latencyP50.samples(records[2]!)).toEqual([]);
  });
});

describe('cost', () => {
  it('is per minute of answered audio', () => {
    const records = scored({ costUsd: 0.001 }, { costUsd: 0.003 }, { text: null });
    expect(valueOf(metrics.costPerMinuteUsd, records)).toBeCloseTo(0.012, 12);
  });

  it('is unknown as soon as one is', () => {
    expect(valueOf(metrics.costPerMinuteUsd, scored({ costUsd: 0.001 }, { costUsd: null }))).toBeNull();
  });

  it('may be nothing', () => {
    expect(valueOf(metrics.costPerMinuteUsd, scored({ costUsd: 0 }))).toBe(0);
  });
});

describe('times of answers', () => {
  it('leave the cold requests to a host out of latency and speed, not out of the time to success', () => {
    const hosted = (cold: boolean) => ({ cold }) as NonNullable<ReturnType<typeof scored>[number]['hosted']>;
    const records = scored(
      { latencyMs: 9_000, timeToAnswerMs: 9_100, hosted: hosted(true) },
      ...Array.from({ length: 6 }, () => ({ latencyMs: 1_000, timeToAnswerMs: 1_500, hosted: hosted(false) })),
    );
    expect(valueOf(metrics.latencyP50, records)).toBe(1_000);
    expect(valueOf(metrics.rtf, records)).toBe(0.1);
    expect(valueOf(metrics.timeToAnswerP50, records)).toBe(1_500);
    expect(valueOf(metrics.latencyFromDueP50, records)).toBeNull();
  });
});

describe('a stream in real time', () => {
  const stream = (slipMs: number) => ({
    delivery: 'streaming-real' as const,
    latencyMs: 40,
    chunkLatenciesMs: [10, 20, 30],
    pacing: { chunkMs: 80, slipMs },
    partials: [{ atMs: 100, text: 'a' }],
    text: 'a',
  });

  it('has latencies as long as it was fed in time', () => {
    const record = scored(stream(80))[0]!;
    expect(metrics.latencyP50.samples(record)).toEqual([40]);
    expect(metrics.chunkLatencyP99.samples(record)).toEqual([10, 20, 30]);
    expect(metrics.firstPartialP50.samples(record)).toEqual([100]);
  });

  it('has none when it slipped by more than a chunk, while its words and its slip count', () => {
    const record = scored(stream(80.1))[0]!;
    expect(metrics.latencyP50.samples(record)).toEqual([]);
    expect(metrics.chunkLatencyP99.samples(record)).toEqual([]);
    expect(metrics.firstPartialP50.samples(record)).toEqual([]);
    expect(metrics.slipP50.samples(record)).toEqual([80.1]);
    expect(metrics.wer.terms(record)).not.toBeNull();
  });
});
