import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Pace } from './pace.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip } from './transcription.ts';

/** A clock that moves only as it is told: by what is waited for, and by a millisecond at each reading. */
class FakeTime implements Pace {
  ms = 0;
  /** How late the wait for each chunk ends. */
  lateMs: readonly number[] = [];
  waits = 0;
  /** What a reading takes. */
  stepMs = 1;

  now(): number {
    return (this.ms += this.stepMs) - this.stepMs;
  }

  waitUntil(ms: number): Promise<void> {
    this.ms = Math.max(this.ms, ms) + (this.lateMs[this.waits++] ?? 0);
    return Promise.resolve();
  }
}

const time = new FakeTime();
const folder = fileURLToPath(new URL('./__fixtures__/scripted-model/', import.meta.url));
const recognizer = await StreamingRecognizer.load(folder, {
  precision: 'fp32',
  provider: 'cpu',
  threads: 1,
  clock: () => time.now(),
});
afterAll(() => recognizer.release());

async function hear(lateMs: readonly number[], seconds = 1.3) {
  Object.assign(time, { ms: 1000, lateMs, waits: 0 });
  const samples = new Float32Array(Math.round(seconds * 16_000));
  const options = { language: 'de-DE', lookAhead: 3 } as const;
  return transcribeClip(recognizer, samples, { ...options, delivery: 'streaming-real', pace: time });
}

/** Readings of the clock from a chunk's handing over to its result. */
const STEPS = 11;

describe('a stream in real time', () => {
  test('says what a stream on the virtual clock says, at the same deadlines', async () => {
    const real = await hear([]);
    const options = { language: 'de-DE', lookAhead: 3, delivery: 'streaming-virtual' } as const;
    const virtual = await transcribeClip(recognizer, new Float32Array(20_800), options);
    expect(real.text).toBe(virtual.text);
    const withoutTimes = ({ partials }: typeof real) => partials!.map(({ keep, add }) => ({ keep, add }));
    expect(withoutTimes(real)).toEqual(withoutTimes(virtual));
    const differences = real.chunkLatenciesMs!.map((ms, i) => Math.abs(ms - virtual.chunkLatenciesMs![i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(STEPS);
  });

  test('counts deadlines from the start, so that being late once moves nothing that follows', async () => {
    const { chunkLatenciesMs, pacing } = await hear([0, 200]);
    const [first, late, ...others] = chunkLatenciesMs!;
    expect(late! - first!).toBeCloseTo(200, 0);
    for (const latency of others) expect(Math.abs(latency - first!)).toBeLessThanOrEqual(1);
    expect(pacing!.chunkMs).toBe(320);
    // Waiting ended so much late, and reading the clock takes a moment.
    expect(pacing!.slipMs).toBeGreaterThanOrEqual(200);
    expect(pacing!.slipMs).toBeLessThan(204);
  });

  test('does not call slip what the recognizer is busy with', async () => {
    Object.assign(time, { ms: 1000, lateMs: [], waits: 0 });
    const other = await recognizer.createStream({ language: 'de-DE', lookAhead: 3 });
    const pace: Pace = {
      now: () => time.now(),
      async waitUntil(ms) {
        await time.waitUntil(ms);
        // Meanwhile a chunk of another stream takes so long that the audio is handed over late.
        time.stepMs = 100;
        await other.push(new Float32Array(5120));
        time.stepMs = 1;
      },
    };
    const options = { language: 'de-DE', lookAhead: 3, delivery: 'streaming-real', pace } as const;
    const { pacing, chunkLatenciesMs } = await transcribeClip(recognizer, new Float32Array(20_800), options);
    expect(chunkLatenciesMs![1]).toBeGreaterThan(500);
    expect(pacing!.slipMs).toBeLessThanOrEqual(102);
  });

  test('waits at the end of the audio only for what was spoken', async () => {
    const { latencyMs } = await hear([]);
    expect(latencyMs).toBeGreaterThan(0);
    expect(latencyMs).toBeLessThanOrEqual(STEPS + 1);
  });
});
