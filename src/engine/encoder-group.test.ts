import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { seededRandom } from '../stats/random.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip, type Transcription } from './transcription.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const AUDIO = path('../../datasets/spoken-commands/audio');
const clips = readdirSync(AUDIO).filter((name) => name.endsWith('.flac'));

const options = { precision: 'fp32', provider: 'cpu', threads: 1, clock: () => performance.now() } as const;
const tiny = path('../../models/tiny-fastconformer');
const alone = await StreamingRecognizer.load(tiny, options);
const together = await StreamingRecognizer.load(tiny, { ...options, batchesStreams: true });
afterAll(async () => {
  await alone.release();
  await together.release();
});

async function samplesOf(clip: string): Promise<Float32Array> {
  return (await decodeAudio({ path: join(AUDIO, clip), offsetSeconds: 0, durationSeconds: null })).samples;
}

/** In pieces of many sizes, so that streams are due at different times. */
async function* inPieces(samples: Float32Array, seed: number): AsyncGenerator<Float32Array> {
  const random = seededRandom(seed);
  for (let at = 0; at < samples.length;) {
    const size = 800 + (random() % 16_000);
    yield samples.subarray(at, at + size);
    at += size;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function hear(recognizer: StreamingRecognizer, clip: string, samples: Float32Array, lookAhead: number) {
  const seed = clips.indexOf(clip);
  return transcribeClip(recognizer, inPieces(samples, seed), {
    language: clip.slice(0, 5),
    lookAhead,
    delivery: 'batch',
  });
}

/** Each lane takes the next clip when it is done with its last, so streams start and end at different times. */
async function hearTogether(
  names: readonly string[],
  lanes: number,
  lookAhead: number,
): Promise<Map<string, Transcription>> {
  const heard = new Map<string, Transcription>();
  const left = names.values();
  const lane = async (): Promise<void> => {
    for (const clip of left) heard.set(clip, await hear(together, clip, await samplesOf(clip), lookAhead));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return heard;
}

describe('streams that are encoded together', () => {
  test('say of every embedded clip what each says alone', { timeout: 180_000 }, async () => {
    const heard = await hearTogether(clips, 8, 3);
    expect(heard.size).toBe(240);
    for (const clip of clips) {
      const { text, words, detectedLanguage } = await hear(alone, clip, await samplesOf(clip), 3);
      expect(heard.get(clip)).toMatchObject({ text, words, detectedLanguage });
    }
  });

  test.each([0, 6, 13])('say the same at a look-ahead of %i', { timeout: 60_000 }, async (lookAhead) => {
    const some = clips.filter((_, i) => i % 20 === 0);
    const heard = await hearTogether(some, 5, lookAhead);
    for (const clip of some) {
      expect(heard.get(clip)!.text).toBe((await hear(alone, clip, await samplesOf(clip), lookAhead)).text);
    }
  });

  test('share the time of a call among them', async () => {
    let now = 0;
    const counted = await StreamingRecognizer.load(tiny, { ...options, clock: () => now++, batchesStreams: true });
    const silence = new Float32Array(16_000);
    const asked = { language: 'en-US', lookAhead: 13, delivery: 'batch' } as const;
    const heard = await Promise.all([1, 2, 3, 4].map(() => transcribeClip(counted, silence, asked)));
    // A call is between two readings of the clock, whoever has part in it, and so is a stream's decoding.
    expect(heard.map(({ spans }) => spans.encoderMs)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(heard.map(({ spans }) => spans.decoderMs)).toEqual([1, 1, 1, 1]);
    await counted.release();
  });

  test('fail alone on values that are not finite', async () => {
    const samples = await samplesOf(clips[0]!);
    const broken = samples.slice();
    broken[5000] = Number.NaN;
    const asked = { language: 'de-DE', lookAhead: 3, delivery: 'batch' } as const;
    const [failed, ok] = await Promise.allSettled([
      transcribeClip(together, broken, asked),
      transcribeClip(together, samples, asked),
    ]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { kind: 'non-finite' } });
    expect(ok).toMatchObject({
      status: 'fulfilled',
      value: { text: (await transcribeClip(alone, samples, asked)).text },
    });
  });

  test('are encoded one by one where the export takes one stream per call', async () => {
    const fixed = await StreamingRecognizer.load(path('./__fixtures__/parakeet-rs'), {
      ...options,
      batchesStreams: true,
    });
    expect(fixed.batchesStreams).toBe(false);
    const asked = { language: 'de-DE', lookAhead: fixed.contract.lookAheads[0]!, delivery: 'batch' } as const;
    const heard = await Promise.all([1, 2].map(() => transcribeClip(fixed, new Float32Array(32_000), asked)));
    expect(heard.map(({ text }) => text)).toEqual(Array(2).fill('one three abbbbbbbbbbbb two'));
    await fixed.release();
  });
});
