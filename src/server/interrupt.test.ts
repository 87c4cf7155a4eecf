import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ResultRecord } from '../types.ts';
import { serveLocally } from './__fixtures__/local-server.ts';
import { startEarshot, writeSweep } from './__fixtures__/sweep.ts';

it('keeps every call that was in flight at Ctrl-C, and pays for none of them again', { timeout: 240_000 }, async () => {
  const server = await serveLocally({ latency: { inferenceMs: { constant: 400 } } });
  try {
    const sweep = writeSweep(8, { hosted: { target: server.url, transport: 'run', send: 'inline', concurrency: 2 } });
    const journal = join(sweep.out, 'results.jsonl');
    const { child, ended } = startEarshot(['run', sweep.config, '--out', sweep.out, '--quiet']);
    const watch = setInterval(() => {
      if (existsSync(journal) && readFileSync(journal, 'utf8').includes('\n')) {
        clearInterval(watch);
        child.kill('SIGINT');
      }
    }, 20);
    expect(await ended).toMatchObject({ exitCode: 130 });
    const written = () => readFileSync(journal, 'utf8').trim().split('\n');
    expect(written(), 'what was paid is kept').toHaveLength(server.ledger.bills.length);
    expect(server.ledger.bills.length, 'and the rest was not begun').toBeLessThan(8);
    const again = startEarshot(['run', sweep.config, '--out', sweep.out, '--resume', '--quiet']);
    expect(await again.ended).toMatchObject({ exitCode: 0 });
    const records = written().map((line) => JSON.parse(line) as ResultRecord);
    const ids = records.map(({ hosted }) => hosted!.requestId);
    expect(new Set(ids)).toEqual(new Set(server.ledger.bills.map(({ requestId }) => requestId)));
    expect(server.ledger.bills).toHaveLength(8);
  } finally {
    await server.close(0);
  }
});
