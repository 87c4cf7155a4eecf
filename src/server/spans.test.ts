import { afterEach, describe, expect, it } from 'vitest';
import type { TranscribeOptions } from '../backends/backend.ts';
import { falBackend } from '../backends/fal.ts';
import type { Hypothesis, Transport } from '../types.ts';
import { serveLocally, writeClips } from './__fixtures__/local-server.ts';
import type { Job } from './jobs.ts';
import type { RunningServer } from './serve.ts';

const calls = 20;
const asked: TranscribeOptions = { language: 'en-US', acceleration: 'none' };

/** Clocks of one process agree to a rounding. */
const roundingMs = 0.01;

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close(0);
  server = null;
});

async function measure(transport: Transport, settings: object = {}): Promise<(readonly [Hypothesis, Job])[]> {
  server = await serveLocally({
    seed: 5,
    latency: { queueMs: { uniform: [20, 120] }, inferenceMs: { lognormal: { median: 40, sigma: 0.6 } } },
  });
  const recognizer = await falBackend.open(
    falBackend.settings.parse({ target: server.url, transport, ...settings }),
    '/',
  );
  const pairs: (readonly [Hypothesis, Job])[] = [];
  for (const clip of writeClips(calls)) {
    const hypothesis = await recognizer.transcribe(clip, asked);
    const job = server.jobs.find(({ id }) => id === hypothesis.hosted!.requestId)!;
    // The first call meets connections that are not there yet; it is marked as cold and left out here.
    if (!hypothesis.hosted!.cold) pairs.push([hypothesis, job]);
  }
  return pairs;
}

/** How near they come is a matter of the machine's load and measured elsewhere; what no load can excuse is tested here. */
describe('measured spans never contradict what the server did', () => {
  it('in the queue', async () => {
    for (const [{ spans, latencyMs }, job] of await measure('queue')) {
      const { submitMs, queueMs, inferenceMs, downloadMs } = spans;
      expect(inferenceMs).toBeCloseTo(job.inferenceMs, 6);
      expect(submitMs! + queueMs! + roundingMs, 'no wait is missing').toBeGreaterThanOrEqual(job.queueMs);
      expect(latencyMs! + roundingMs).toBeGreaterThanOrEqual(job.queueMs + job.inferenceMs);
      expect(submitMs! + queueMs! + downloadMs!, 'parts never overlap').toBeLessThanOrEqual(latencyMs! + roundingMs);
    }
  });

  it.each(['run', 'stream'] as const)('by %s, where only the whole is to be seen', async (transport) => {
    for (const [{ latencyMs, partials }, job] of await measure(transport)) {
      expect(latencyMs! + roundingMs).toBeGreaterThanOrEqual(job.queueMs + job.inferenceMs);
      if (transport === 'stream') {
        const shownAt = partials!.map(({ atMs }) => atMs);
        expect(shownAt[0]! + roundingMs).toBeGreaterThanOrEqual(job.queueMs);
        expect(shownAt).toEqual([...shownAt].sort((one, other) => one - other));
        expect(shownAt.at(-1)).toBe(latencyMs);
      }
    }
  });

  it('when polling, with the interval beside the latency that it colors', async () => {
    for (const [{ latencyMs, hosted }, job] of await measure('queue', { pollIntervalMs: 50 })) {
      expect(latencyMs! + roundingMs).toBeGreaterThanOrEqual(job.queueMs + job.inferenceMs);
      expect(hosted).toMatchObject({ watchedBy: 'poll', pollIntervalMs: 50 });
    }
  });
});
