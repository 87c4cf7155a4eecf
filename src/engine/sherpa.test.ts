import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { openSherpa, sherpaText } from './__fixtures__/sherpa.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip } from './transcription.ts';

const embeddedModel = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const embeddedCorpus = fileURLToPath(new URL('../../datasets/spoken-commands', import.meta.url));

async function ours(model: string): Promise<StreamingRecognizer> {
  return StreamingRecognizer.load(model, {
    precision: 'fp32',
    provider: 'cpu',
    threads: 1,
    clock: () => performance.now(),
  });
}

/** sherpa-onnx computes frame t 5 ms later in the audio; this many zeros before the audio cancel that. */
const GRID_SAMPLES = 80;

/** sherpa-onnx never decodes a tail shorter than a window. */
const TAIL_SAMPLES = 14_400;

/** The clip between silences. The noise keeps powers off the floor, where the last bits of a float32 decide. */
function audioForBoth(clip: Float32Array): Float32Array {
  const samples = new Float32Array(GRID_SAMPLES + 8000 + clip.length + TAIL_SAMPLES);
  samples.set(clip, GRID_SAMPLES + 8000);
  let state = 1;
  for (let i = GRID_SAMPLES; i < samples.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    samples[i]! += 0.001 * ((state >> 8) / 2 ** 22 - 1);
  }
  return samples;
}

/** Some clips of the embedded corpus, of all its languages and noises. */
function someClips(): { readonly path: string; readonly language: string }[] {
  return readFileSync(join(embeddedCorpus, 'manifest.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .filter((_, i) => i % 16 === 0)
    .map((line) => JSON.parse(line) as { audio_filepath: string; lang: string })
    .map((row) => ({ path: join(embeddedCorpus, row.audio_filepath), language: row.lang }));
}

describe('beside sherpa-onnx, another engine for the same files', () => {
  test('the scripted model says the same', async () => {
    const model = fileURLToPath(new URL('./__fixtures__/scripted-model/', import.meta.url));
    const silence = new Float32Array(2 * 16_000);
    const recognizer = await ours(model);
    const { text } = await transcribeClip(recognizer, silence, { language: 'de-DE', lookAhead: 3, delivery: 'batch' });
    expect(text).toBe(sherpaText(openSherpa(model, { melCount: 8, threads: 1 }), silence, 'de-DE'));
    await recognizer.release();
  });

  test('the embedded model hears the same words', async () => {
    const recognizer = await ours(embeddedModel);
    const theirs = openSherpa(embeddedModel, { melCount: 128, threads: 1 });
    const clips = someClips();
    const differences: unknown[] = [];
    for (const { path, language } of clips) {
      const clip = await decodeAudio({ path, offsetSeconds: 0, durationSeconds: null });
      const samples = audioForBoth(clip.samples);
      const options = { language, lookAhead: 6, delivery: 'batch', conventions: 'sherpa-onnx' } as const;
      const { text } = await transcribeClip(recognizer, samples.subarray(GRID_SAMPLES), options);
      const other = sherpaText(theirs, samples, language);
      if (text !== other) differences.push({ path, ours: text, theirs: other });
    }
    await recognizer.release();
    expect(clips.length).toBeGreaterThanOrEqual(10);
    expect(differences).toEqual([]);
  });
});
