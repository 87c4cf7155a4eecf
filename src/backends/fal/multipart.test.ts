import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { writeWav } from '../../audio/write-wav.ts';
import { BackendError } from '../../errors.ts';
import { serveLocally, textFor } from '../../server/__fixtures__/local-server.ts';
import { usualLimits, type RunningServer } from '../../server/serve.ts';
import { falBackend } from '../fal.ts';
import type { RecordedExchange } from './exchange-key.ts';

/** The official client sends files above 90 MiB in parts of 10 MiB. */
const seconds = 3000;
const mostTries = 20;

let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), 'earshot-multipart-'));
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.close(0);
});

it('sends each part of a large clip once, and leaves trying again to the run', { timeout: 240_000 }, async () => {
  server = await serveLocally(
    { seed: 29, rates: { 'upload-unavailable': 0.1, 'upload-reset': 0.1 } },
    { limits: { ...usualLimits, maxAudioSeconds: seconds } },
  );
  const path = join(folder, 'long.wav');
  writeFileSync(path, writeWav(new Float32Array(seconds * 16_000), 16_000));
  const record = join(folder, 'exchanges.jsonl');
  const recognizer = await falBackend.open(falBackend.settings.parse({ target: server.url, record }), '/');
  const failures: BackendError[] = [];
  const attempt = () => {
    const audio = { path, offsetSeconds: 0, durationSeconds: null };
    return recognizer.transcribe(audio, { language: 'en-US', acceleration: 'none' }).catch((error: unknown) => {
      if (!(error instanceof BackendError)) throw error;
      failures.push(error);
      return null;
    });
  };
  let heard = await attempt();
  while (heard === null && failures.length < mostTries) heard = await attempt();

  expect(heard?.text).toBe(textFor(heard!.audioSha256!));
  expect(heard!.spans.uploadPutMs).toBeGreaterThan(0);
  expect(failures.every(({ retryable, facts }) => retryable && facts.costUsd === 0)).toBe(true);
  expect(new Set(failures.map(({ kind }) => kind)), 'both faults came').toEqual(new Set(['host', 'network']));
  const exchanges = readFileSync(record, 'utf8').trim().split('\n');
  const ends = exchanges.map((line) => JSON.parse(line) as RecordedExchange);
  const broken = ends.filter(({ status, failure }) => failure !== undefined || status! >= 400);
  expect(broken, 'the run is told of every broken exchange').toHaveLength(failures.length);
  expect(server.ledger.bills).toHaveLength(1);
});
