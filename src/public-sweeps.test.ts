import { mkdirSync, mkdtempSync, readFileSync, readdirSync, copyFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';
import { locales } from './corpora/locales.ts';
import { gatherFacts } from './facts.ts';
import { plan } from './plan.ts';

const configs = fileURLToPath(new URL('../configs', import.meta.url));
const clip = fileURLToPath(new URL('corpora/__fixtures__/nemo-manifest/audio/long.wav', import.meta.url));

function load(name: string) {
  return parseConfig(readFileSync(join(configs, name), 'utf8'), name);
}

/** A clip per language, laid out as a fetch does. */
function fetchedFleurs(folder: string): void {
  for (const { fleurs } of Object.values(locales)) {
    const home = join(folder, fleurs);
    mkdirSync(join(home, 'audio/test'), { recursive: true });
    copyFileSync(clip, join(home, 'audio/test/1.wav'));
    writeFileSync(join(home, 'test.tsv'), '7\t1.wav\tEins zwei.\teins zwei\te |\t16000\tMALE\n');
  }
}

function options(root: string) {
  return { folder: join(root, 'configs'), environment: { FAL_KEY: 'none is used' } };
}

describe('the sweeps over public corpora', () => {
  it.each(readdirSync(configs).filter((name) => name.endsWith('.yaml')))('%s is valid', (name) => {
    expect(load(name).question).toMatch(/\?$/);
  });

  it("plans and prices all of the endpoint's 40 locales on FLEURS", async () => {
    const root = mkdtempSync(join(tmpdir(), 'earshot-sweeps-'));
    fetchedFleurs(join(root, 'datasets/fleurs'));
    const config = load('fleurs-40.yaml');
    const facts = await gatherFacts(config, { ...options(root), mayAssume: false });
    const { cells, skipped } = plan(config, facts);
    expect([...config.matrix.language].sort()).toEqual(Object.keys(locales).sort());
    expect(skipped).toEqual([]);
    expect(cells).toHaveLength(80);
    expect(cells.every(({ utterances, estimatedUsd }) => utterances === 1 && estimatedUsd !== null)).toBe(true);
  });

  it.each([
    ['fleurs-40.yaml', 80, 'earshot corpora fetch fleurs --language LOCALE'],
    ['librispeech.yaml', 8, 'earshot corpora fetch librispeech --split test-clean'],
  ])('plans %s before anything is fetched, and says that it assumes', async (name, cells, command) => {
    const root = mkdtempSync(join(tmpdir(), 'earshot-sweeps-'));
    const config = load(name);
    const facts = await gatherFacts(config, { ...options(root), mayAssume: true });
    const planned = plan(config, facts);
    expect(planned.skipped).toEqual([]);
    expect(planned.cells).toHaveLength(cells);
    expect(planned.cells.every(({ utterances }) => utterances === config.limit)).toBe(true);
    expect([...facts.assumed.keys()]).toEqual(config.matrix.corpus);
    expect([...facts.assumed.values()][0]).toContain(command);
    await expect(gatherFacts(config, { ...options(root), mayAssume: false })).rejects.toThrow(
      new RegExp(`nothing at .*; fetch it by: ${command}`),
    );
  });
});
