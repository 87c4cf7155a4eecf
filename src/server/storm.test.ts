import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { streamJournal } from '../journal.ts';
import { below, seededRandom } from '../stats/random.ts';
import type { ResultRecord } from '../types.ts';
import { serveLocally, textFor } from './__fixtures__/local-server.ts';
import { startEarshot, writeSweep } from './__fixtures__/sweep.ts';
import type { RunningServer } from './serve.ts';

/** Without a queue what a kill or a break interrupts is of unknown outcome, and is left so. */
const storms = [
  { transport: 'queue', utterances: 1000, kills: 4, mostUnheard: 0.1 },
  { transport: 'run', utterances: 200, kills: 2, mostUnheard: 0.3 },
  { transport: 'stream', utterances: 200, kills: 2, mostUnheard: 0.3 },
] as const;

/** Some 30 % of utterances meet at least one of these. */
const rates = {
  'too-many-requests': 0.04,
  'status-500': 0.02,
  'status-503': 0.02,
  'html-502': 0.02,
  'truncated-json': 0.03,
  'reset-before-acceptance': 0.01,
  'reset-after-acceptance': 0.01,
  hang: 0.005,
  'job-failed': 0.03,
  'failed-state': 0.5,
  'unknown-state': 0.03,
  'back-to-queue': 0.03,
  'status-stream-drop': 0.03,
  'status-unavailable': 0.03,
  'result-unavailable': 0.03,
  'missing-billable-units': 0.02,
  'empty-output': 0.02,
  'slow-upload': 0.02,
  'upload-unavailable': 0.02,
  'upload-reset': 0.02,
  'expired-file': 0.02,
  'split-character': 0.1,
  'stream-drop': 0.03,
  'event-error': 0.03,
  'partial-last': 0.02,
};

function lineCount(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

/** The clip that a bill is for: uploads are named by the digest of their bytes. */
function clipOf(audio: string): string {
  return audio.split('/').at(-1)!;
}

describe('a storm of faults with the process killed again and again', () => {
  const servers: RunningServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close(0))));

  it.each(storms)('loses, counts twice and pays twice nothing by $transport', { timeout: 1_200_000 }, async (storm) => {
    const { transport, utterances, kills, mostUnheard } = storm;
    const server = await serveLocally({
      seed: 3,
      rates,
      retryAfterSeconds: 0.2,
      slowUploadMs: 200,
      latency: { queueMs: { exponential: 20 }, inferenceMs: { exponential: 20 } },
    });
    servers.push(server);
    const sweep = writeSweep(utterances, {
      hosted: { target: server.url, transport, concurrency: 12, timeoutSeconds: 5, attempts: 8 },
    });
    const random = seededRandom(9);
    let killed = 0;
    for (let exitCode: number | null = null; exitCode === null;) {
      const resume = existsSync(join(sweep.out, 'run.json')) ? ['--resume'] : [];
      const { child, ended } = startEarshot(['run', sweep.config, '--out', sweep.out, '--quiet', ...resume]);
      const journal = join(sweep.out, 'results.jsonl');
      const enough = lineCount(journal) + 20 + below(random, utterances / 8);
      const watch = setInterval(() => {
        if (killed < kills && lineCount(journal) >= enough) child.kill('SIGKILL');
      }, 20);
      const { exitCode: code, output } = await ended;
      clearInterval(watch);
      exitCode = code;
      if (exitCode === null) killed++;
      else expect([0, 3], output).toContain(exitCode);
    }

    const records: ResultRecord[] = [];
    for await (const record of streamJournal(join(sweep.out, 'results.jsonl'))) records.push(record);
    const { bills } = server.ledger;
    const billed = new Map(bills.map((bill) => [bill.requestId, bill]));
    const answered = records.filter(({ status }) => status !== 'failed');
    const unheard = records.filter(({ status }) => status === 'failed');

    expect(killed, 'it was killed at work').toBe(kills);
    expect(new Set(records.map(({ utterance }) => utterance)).size, 'nothing is lost').toBe(utterances);
    expect(records, 'nothing is counted twice').toHaveLength(utterances);
    expect(new Set(bills.map(({ audio }) => clipOf(audio))).size, 'no clip is paid twice').toBe(bills.length);
    for (const { hosted, costUsd, text, audioSha256, status } of answered) {
      const bill = billed.get(hosted!.requestId!);
      expect(bill, 'every answer was billed under its id').toBeDefined();
      if (hosted!.billableUnits === null) expect(costUsd, 'an unknown cost is not guessed').toBeNull();
      else expect(costUsd).toBeCloseTo(bill!.units * 0.008, 12);
      expect(text).toBe(status === 'empty' ? '' : textFor(audioSha256!));
    }
    const kinds = new Set(unheard.map(({ error }) => error!.kind));
    expect([...kinds].filter((kind) => kind !== 'unknown-outcome')).toEqual([]);
    expect(
      bills.length - answered.length,
      'what was billed without an answer is stated as unknown',
    ).toBeLessThanOrEqual(unheard.length);
    expect(unheard.length).toBeLessThan(utterances * mostUnheard);
  });
});
