import { expect, it } from 'vitest';
import { serveLocally, writeClips } from '../../server/__fixtures__/local-server.ts';
import { BackendError } from '../../errors.ts';
import { falBackend } from '../fal.ts';
import { askRaw } from './probe-raw.ts';
import { probe, probeCostsAtMostUsd } from './probe.ts';

it('says in a line that nobody answers', async () => {
  const server = await serveLocally();
  await server.close(0);
  const options = { clips: writeClips(1, 2).map(({ path }) => path), language: 'en-US', key: '', target: server.url };
  const connect = (transport: string) =>
    falBackend.open(falBackend.settings.parse({ transport, target: server.url, attempts: 1 }), '/');
  const findings = probe({ ...options, connect });
  await expect(findings.next()).rejects.toThrow(BackendError);
  await expect(askRaw({ ...options, connect }, 'https://fal.run/x')).rejects.toThrow(BackendError);
}, 60_000);

it('asks everything within what it says that it costs, and tells what it found', async () => {
  const limits = {
    concurrency: 64,
    maxJobs: 99,
    maxAudioSeconds: 600,
    maxBytes: 1e8,
    timeoutMs: 1e4,
    allowsPrivateUrls: false,
  };
  const server = await serveLocally({ latency: { inferenceMs: { constant: 20 } } }, { limits });
  const told = new Map<string, string>();
  const options = {
    clips: writeClips(3, 2).map(({ path }) => path),
    language: 'en-US',
    key: '',
    target: server.url,
    connect: (transport: string) => falBackend.open(falBackend.settings.parse({ transport, target: server.url }), '/'),
  };
  try {
    for await (const { question, finding } of probe(options)) told.set(question, finding);
    const wholeMinutes = server.ledger.bills.map(({ units }) => Math.ceil(units));
    const refused = [...told.values()].filter((finding) => finding.startsWith('422')).length;
    const dearestUsd = (refused + wholeMinutes.reduce((sum, minutes) => sum + minutes, 0)) * 0.008;
    expect(dearestUsd).toBeLessThanOrEqual(probeCostsAtMostUsd + 1e-9);
    expect(probeCostsAtMostUsd).toBeLessThan(0.1);
    const about = (part: string) => [...told].find(([question]) => question.includes(part))?.[1];
    expect(about('billed for 5 s')).toMatch(/^0\.083\d* minutes$/);
    expect(about('billed for 61 s')).toMatch(/^1\.016\d* minutes$/);
    expect(about('before it is done')).toMatch(/^400 .*still in progress/);
    expect(about('collected')).toMatch(/^200/);
    expect(about('4 times over')).toBe('yes');
    expect(about('xx-XX') ?? about('language that it')).toMatch(/^422/);
    expect(about('FLAC')).toMatch(/^\d{3} /);
    expect(about('begun at once')).toBe('20');
    expect(about('per unit')).toContain('"unit_price":0.008');
    expect(about('books give')).toContain('duration 0.0');
  } finally {
    await server.close(0);
  }
}, 60_000);
