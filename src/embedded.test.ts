import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from './audio/decode-audio.ts';
import { embeddedCorpus, embeddedModel } from './embedded.ts';
import { StreamingRecognizer } from './engine/recognizer.ts';
import { transcribeClip } from './engine/transcription.ts';
import { countErrors } from './text/align.ts';
import { words } from './text/tokens.ts';

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

  it('hears nearly the same in 8 bits as in single precision', async () => {
    const audio = join(embeddedCorpus, 'audio');
    const clips = readdirSync(audio).filter((file, i) => file.endsWith('.flac') && i % 8 === 0);
    const heardBy = async (precision: 'fp32' | 'int8'): Promise<string[][]> => {
      const recognizer = await StreamingRecognizer.load(embeddedModel, {
        ...{ precision, provider: 'cpu', threads: 1, clock: () => performance.now() },
      });
      const texts: string[][] = [];
      for (const clip of clips) {
        const { samples } = await decodeAudio({ path: join(audio, clip), offsetSeconds: 0, durationSeconds: null });
        const options = { language: clip.slice(0, 5), lookAhead: 6, delivery: 'batch' } as const;
        texts.push(words((await transcribeClip(recognizer, samples, options)).text));
      }
      await recognizer.release();
      return texts;
    };
    const [full, small] = [await heardBy('fp32'), await heardBy('int8')];
    const counts = full.map((text, i) => countErrors(text, small[i]!));
    const errors = counts.reduce(
      (sum, { substitutions, deletions, insertions }) => sum + substitutions + deletions + insertions,
      0,
    );
    const total = full.reduce((sum, text) => sum + text.length, 0);
    expect(total).toBeGreaterThan(150);
    // Quantized without care such models have been seen to lose a fifth of their words, or all.
    expect(errors / total).toBeLessThan(0.05);
  });
});
