import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { speechPower } from '../audio/probe-signals.ts';
import type { Utterance } from '../types.ts';
import { openCorpus } from './index.ts';
import { makeProbes } from './make-probes.ts';
import { surveyCorpus } from './survey.ts';

const clips = fileURLToPath(new URL('../../datasets/spoken-commands', import.meta.url));

async function open(path: string, limit: number | null) {
  const corpus = await openCorpus('c', path, { audioRoot: null, allowPipes: false, cacheFolder: tmpdir() });
  return surveyCorpus(corpus, { name: 'c', languages: ['en-US'], defaultLanguage: null, limit, seed: 1 });
}

it('probes are a corpus of sounds without speech and of clips made worse by what their rows say', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'earshot-probes-')), 'probes');
  const count = await makeProbes((await open(clips, 1)).selected(), folder, 1);
  const probes = new Map<string, Utterance>();
  const survey = await open(folder, null);
  for await (const utterance of survey.selected()) probes.set(utterance.id, utterance);
  expect([probes.size, survey.rejected.count]).toEqual([count, 0]);
  const all = [...probes.values()];
  const find = (field: string, value: unknown) => all.find(({ attributes }) => attributes[field] === value)!;
  const clean = find('probe', 'clean');
  expect(all.filter(({ reference }) => reference === '').map(({ attributes }) => attributes['probe'])).toEqual([
    ...Array<string>(2).fill('silence'),
    ...Array<string>(2).fill('noise-alone'),
    ...Array<string>(2).fill('tone'),
  ]);
  expect(find('speed', 1.25).durationSeconds).toBeCloseTo(clean.durationSeconds / 1.25, 3);
  expect(find('clippedMs', 300).durationSeconds).toBeCloseTo(clean.durationSeconds - 0.3, 3);
  const [before, after] = [await decodeAudio(clean.audio), await decodeAudio(find('snr_db', 10).audio)];
  const noise = after.samples.map((sample, at) => sample - before.samples[at]!);
  const noisePower = noise.reduce((sum, sample) => sum + sample * sample, 0) / noise.length;
  expect(10 * Math.log10(speechPower(before.samples) / noisePower)).toBeCloseTo(10, 1);
  await expect(makeProbes((await open(clips, 1)).selected(), folder, 1)).rejects.toThrow(/is there already/);
});
