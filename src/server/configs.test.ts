import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ResultRecord } from '../types.ts';
import { serveLocally } from './__fixtures__/local-server.ts';
import { startEarshot } from './__fixtures__/sweep.ts';

it.each(['fal-acceleration', 'fal-languages', 'fal-load', 'fal-arrivals', 'hosted-versus-local'])(
  'the sweep %s runs without a key against a server of ours',
  { timeout: 240_000 },
  async (name) => {
    const server = await serveLocally();
    try {
      const config = fileURLToPath(new URL(`../../configs/${name}.yaml`, import.meta.url));
      const out = join(mkdtempSync(join(tmpdir(), 'earshot-config-')), 'run');
      const args = ['run', config, '--target', server.url, '--limit', '1', '--out', out, '--quiet'];
      const { exitCode, output } = await startEarshot(args).ended;
      expect(exitCode, output).toBe(0);
      const lines = readFileSync(join(out, 'results.jsonl'), 'utf8').trim().split('\n');
      const records = lines.map((line) => JSON.parse(line) as ResultRecord);
      const hosted = records.filter((record) => record.hosted !== undefined);
      expect(hosted).toHaveLength(server.ledger.bills.length);
      for (const local of records.filter((record) => record.hosted === undefined)) {
        const twin = hosted.find(({ utterance, cell }) => {
          return utterance === local.utterance && cell.acceleration === local.cell.acceleration;
        });
        expect(twin!.audioSha256, 'both heard the same samples').toBe(local.audioSha256);
      }
    } finally {
      await server.close(0);
    }
  },
);
