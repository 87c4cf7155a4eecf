import { mkdtempSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { headerOfFile } from '../audio/audio-header.ts';
import type { CorpusRow, OpenOptions } from './corpus.ts';
import { corpusLayouts, recognizeLayout } from './index.ts';

const fixtures = fileURLToPath(new URL('__fixtures__', import.meta.url));
/** Where a corpus of several languages is opened. */
const openedAt = readFile(join(fixtures, 'opened-at.json'), 'utf8').then(
  (text) => JSON.parse(text) as Record<string, string[]>,
);
const cacheFolder = mkdtempSync(join(tmpdir(), 'earshot-cache-'));
const options: OpenOptions = { audioRoot: null, allowPipes: false, cacheFolder };

/** What a layout reads, with places relative to the fixture. */
async function read(path: string) {
  const layout = await recognizeLayout('x', path);
  const corpus = await layout.open(path, options);
  const rows: CorpusRow[] = [];
  for await (const batch of corpus.rows()) rows.push(...batch);
  // An extracted file is named by a digest of where its archive lies, which differs from machine to machine.
  const short = (text: string) =>
    text
      .replaceAll(path, '.')
      .replaceAll(fixtures, '<fixtures>')
      .replaceAll(cacheFolder, '<cache>')
      .replaceAll(/<cache>\/[0-9a-f]{2}\/[0-9a-f]{64}/g, '<cache>/<digest>');
  const readable = [];
  for (const row of rows) {
    if ('rejection' in row) {
      readable.push({ rejected: short(`${row.rejection.where}: ${row.rejection.reason}`) });
      continue;
    }
    await row.extract?.();
    expect(headerOfFile(row.utterance.audio.path)?.seconds, row.where).toBeGreaterThan(0.15);
    const { audio, ...rest } = row.utterance;
    readable.push({ where: short(row.where), ...rest, audio: { ...audio, path: short(audio.path) } });
  }
  return { layout: layout.name, license: corpus.license, synthetic: corpus.synthetic, rows: readable };
}

describe('every layout is recognized by its shape and read with what it says', () => {
  const names = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(names.map(({ name }) => name))('%s', async (name) => {
    const found = await read(join(fixtures, name, ...((await openedAt)[name] ?? [])));
    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(join(fixtures, `${name}.json`));
  });

  it('or its table is asked for, where a folder has one of an uncommon name', async () => {
    await expect(recognizeLayout('x', join(fixtures, 'table-jsonl'))).rejects.toThrow(
      /is not known; name its table, such as .*table-jsonl\/data\.jsonl; supported: /,
    );
  });

  it('has a fixture for each', async () => {
    const found = await Promise.all(names.map(({ name }) => readFile(join(fixtures, `${name}.json`), 'utf8')));
    const layouts = found.map((text) => (JSON.parse(text) as { layout: string }).layout);
    expect([...new Set(layouts)].sort()).toEqual(corpusLayouts.map(({ name }) => name).sort());
  });
});
