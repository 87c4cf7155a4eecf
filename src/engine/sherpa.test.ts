import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip } from './transcription.ts';

const embeddedModel = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const embeddedCorpus = fileURLToPath(new URL('../../datasets/spoken-commands', import.meta.url));

interface SherpaStream {
  setOption(name: string, value: string): void;
  acceptWaveform(audio: { samples: Float32Array; sampleRate: number }): void;
  inputFinished(): void;
}

interface SherpaRecognizer {
  createStream(): SherpaStream;
  isReady(stream: SherpaStream): boolean;
  decode(stream: SherpaStream): void;
  getResult(stream: SherpaStream): { readonly text: string };
}

// The package has no types.
const { OnlineRecognizer } = createRequire(import.meta.url)('sherpa-onnx-node') as {
  OnlineRecognizer: new (config: unknown) => SherpaRecognizer;
};

function sherpa(model: string, melCount: number): (samples: Float32Array, language: string) => string {
  const transducer = {
    encoder: join(model, 'encoder.onnx'),
    decoder: join(model, 'decoder.onnx'),
    joiner: join(model, 'joiner.onnx'),
  };
  const recognizer = new OnlineRecognizer({
    featConfig: { sampleRate: 16_000, featureDim: melCount },
    modelConfig: { transducer, tokens: join(model, 'tokens.txt'), numThreads: 1, provider: 'cpu', debug: 0 },
  });
  return (samples, language) => {
    const stream = recognizer.createStream();
    stream.setOption('language', language);
    stream.acceptWaveform({ samples, sampleRate: 16_000 });
    stream.inputFinished();
    while (recognizer.isReady(stream)) recognizer.decode(stream);
    return recognizer.getResult(stream).text.replace(/ +/g, ' ').trim();
  };
}

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
    expect(text).toBe(sherpa(model, 8)(silence, 'de-DE'));
    await recognizer.release();
  });

  test('the embedded model hears the same words', async () => {
    const recognizer = await ours(embeddedModel);
    const theirs = sherpa(embeddedModel, 128);
    const clips = someClips();
    const differences: unknown[] = [];
    for (const { path, language } of clips) {
      const clip = await decodeAudio({ path, offsetSeconds: 0, durationSeconds: null });
      const samples = audioForBoth(clip.samples);
      const options = { language, lookAhead: 6, delivery: 'batch', conventions: 'sherpa-onnx' } as const;
      const { text } = await transcribeClip(recognizer, samples.subarray(GRID_SAMPLES), options);
      const other = theirs(samples, language);
      if (text !== other) differences.push({ path, ours: text, theirs: other });
    }
    await recognizer.release();
    expect(clips.length).toBeGreaterThanOrEqual(10);
    expect(differences).toEqual([]);
  });
});
