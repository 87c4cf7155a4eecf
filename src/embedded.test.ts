import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { embeddedCorpus, embeddedModel } from './embedded.ts';

// Debian's own interpreter: the generator needs Debian's numpy, scipy and libespeak-ng, as its README says.
const python = '/usr/bin/python3';
const canGenerate =
  existsSync(python) &&
  spawnSync(python, ['-c', 'import numpy, scipy, ctypes; ctypes.CDLL("libespeak-ng.so.1")']).status === 0;

interface Row {
  readonly lang: string;
  readonly speaker: string;
  readonly duration: number;
  readonly words: readonly { readonly end: number }[];
}

const rows = readFileSync(join(embeddedCorpus, 'manifest.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row);

describe('the embedded corpus', () => {
  it('is what its digests say', () => {
    const listed = readFileSync(join(embeddedCorpus, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(listed).toHaveLength(241);
    for (const line of listed) {
      const [digest, file] = line.split('  ') as [string, string];
      const found = createHash('sha256')
        .update(readFileSync(join(embeddedCorpus, file)))
        .digest('hex');
      expect(found, file).toBe(digest);
    }
  });

  it('has at least forty utterances of each of six languages, with speakers and word times within the clip', () => {
    const languages = ['en-US', 'es-ES', 'de-DE', 'fr-FR', 'it-IT', 'zh-CN'];
    for (const language of languages) {
      const own = rows.filter(({ lang }) => lang === language);
      expect(own.length, language).toBeGreaterThanOrEqual(40);
      expect(new Set(own.map(({ speaker }) => speaker)).size, language).toBeGreaterThanOrEqual(10);
    }
    for (const { words, duration } of rows) {
      const ends = words.map(({ end }) => end);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
      expect(ends.at(-1)).toBeLessThanOrEqual(duration);
    }
  });

  it.skipIf(!canGenerate)('regenerates byte for byte', { timeout: 300_000 }, () => {
    const { status, stdout, stderr } = spawnSync(python, ['generate.py', '--check'], {
      cwd: embeddedCorpus,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('241 files regenerate byte for byte');
  });

  it('stays small', () => {
    const audio = join(embeddedCorpus, 'audio');
    const bytes = readdirSync(audio).reduce((sum, file) => sum + statSync(join(audio, file)).size, 0);
    expect(bytes).toBeLessThan(12_000_000);
  });
});

describe('the embedded model', () => {
  it.each(['', '.int8'])('is under 12 MB with graphs named *%s.onnx', (suffix) => {
    const bytes = ['encoder', 'decoder', 'joiner'].map(
      (graph) => statSync(join(embeddedModel, `${graph}${suffix}.onnx`)).size,
    );
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12_000_000);
  });
});
