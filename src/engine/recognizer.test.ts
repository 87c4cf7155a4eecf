import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { BackendError } from '../errors.ts';
import { wholePartials } from '../text/partials.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip } from './transcription.ts';

/** Advances by one each time it is read, so that every measured span is known. */
function countingClock(): () => number {
  let now = 0;
  return () => now++;
}

function load(model: string): Promise<StreamingRecognizer> {
  const folder = fileURLToPath(new URL(`./__fixtures__/${model}/`, import.meta.url));
  return StreamingRecognizer.load(folder, { precision: 'fp32', provider: 'cpu', threads: 1, clock: countingClock() });
}

const scripted = await load('scripted-model');
const fixed = await load('scripted-model-fixed');
afterAll(async () => {
  await scripted.release();
  await fixed.release();
});

/** What `__fixtures__/scripted_model.py` has the models say. */
const SCRIPT = 'one three abbbbbbbbbbbb two';
const seconds = (count: number): Float32Array => new Float32Array(Math.round(count * 16_000));
const german = { language: 'de-DE', delivery: 'streaming-virtual' } as const;

describe('a streaming recognizer', () => {
  test.each([13, 6, 3, 0])(
    'carries caches, states and the last token over chunks at a look-ahead of %i',
    async (lookAhead) => {
      const { text, words, detectedLanguage } = await transcribeClip(scripted, seconds(2), { ...german, lookAhead });
      expect(text).toBe(SCRIPT);
      // The prompt steers the tag, which is no word.
      expect(detectedLanguage).toBe('de-DE');
      expect(words.map(({ word }) => word)).toEqual(SCRIPT.split(' '));
      // A frame of 80 ms ends one after its number; the three b that ten symbols per frame left over are one later.
      expect(words.map(({ endSeconds }) => Math.round(endSeconds / 0.08))).toEqual([1, 5, 10, 15]);
    },
  );

  test('obeys an export with other integer types, one frame per joiner call and no prompt', async () => {
    const { text, detectedLanguage } = await transcribeClip(fixed, seconds(2), { ...german, lookAhead: 3 });
    expect(text).toBe(SCRIPT);
    expect(detectedLanguage).toBe('en-US');
  });

  test('emits ten symbols per frame and the rest from the next one', async () => {
    const stream = await scripted.createStream({ language: 'en-US', lookAhead: 0 });
    await stream.push(seconds(2));
    const frames = stream.tokens.map(({ frame }) => frame).filter((frame) => frame >= 8 && frame < 14);
    expect(frames).toEqual([...Array<number>(10).fill(8), ...Array<number>(3).fill(9)]);
  });

  test('says the same however the samples come', async () => {
    const clip = seconds(1.5);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(13, 6, 3, 0),
        fc.array(fc.nat(8000), { maxLength: 6 }),
        async (lookAhead, sizes) => {
          const stream = await scripted.createStream({ language: 'en-US', lookAhead });
          let at = 0;
          for (const size of [...sizes, clip.length]) {
            await stream.push(clip.subarray(at, at + size));
            at = Math.min(clip.length, at + size);
          }
          expect(await stream.finish()).toBe(SCRIPT);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('decodes of the last chunk only what stands for audio', async () => {
    // 40 feature frames are one chunk of 32 and an encoder frame of the next, the fifth: "ee" but nothing after it.
    const stream = await scripted.createStream({ language: 'en-US', lookAhead: 3 });
    stream.accept(seconds(0.4));
    expect(await stream.finish()).toBe('one three');
    expect(stream.tokens.at(-1)!.frame).toBe(4);
  });

  test('answers audio shorter than a frame with an empty text', async () => {
    const { text, partials, latencyMs, words } = await transcribeClip(scripted, seconds(0.009), {
      ...german,
      lookAhead: 6,
    });
    expect({ text, partials, latencyMs, words }).toEqual({ text: '', partials: [], latencyMs: 0, words: [] });
  });

  test('fails on scores that are no numbers', async () => {
    const failure: unknown = await transcribeClip(scripted, seconds(5), { ...german, lookAhead: 6 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(BackendError);
    expect(failure).toMatchObject({ kind: 'non-finite', retryable: false });
  });

  test('refuses a look-ahead and a language that the model lacks', async () => {
    await expect(transcribeClip(fixed, seconds(1), { ...german, lookAhead: 6 })).rejects.toThrow(
      'the model cannot look ahead 6 encoder frames; it can do 3',
    );
    await expect(transcribeClip(scripted, seconds(1), { ...german, language: 'xx', lookAhead: 6 })).rejects.toThrow(
      'the model has no language "xx"; it has en-US, de-DE, auto',
    );
  });
});

describe('a transcription', () => {
  test('on the virtual clock shows each change when its chunk is done, and the final text last', async () => {
    // Each chunk reads the clock four times: three milliseconds of work.
    const { partials, latencyMs, spans } = await transcribeClip(scripted, seconds(1.3), { ...german, lookAhead: 3 });
    expect(wholePartials(partials!)).toEqual([
      { atMs: (31 * 160 + 200) / 16 + 3, text: 'one thr' },
      { atMs: (63 * 160 + 200) / 16 + 3, text: 'one three' },
      { atMs: (95 * 160 + 200) / 16 + 3, text: 'one three abbbbbbbbbbbb' },
      { atMs: (127 * 160 + 200) / 16 + 3, text: SCRIPT },
      // The end of the audio, not of the window, makes the last chunk available.
      { atMs: 1300 + 3, text: SCRIPT },
    ]);
    expect(latencyMs).toBe(3);
    expect(spans).toEqual({ inferenceMs: 15, featuresMs: 5, encoderMs: 5, decoderMs: 5 });
  });

  test('may be there before the audio ends, and a negative latency says so', async () => {
    // 1.3 s and less than a frame more: nothing is left to recognize in it.
    const { latencyMs } = await transcribeClip(scripted, seconds(1.289), { ...german, lookAhead: 0 });
    expect(latencyMs).toBeCloseTo((127 * 160 + 200) / 16 + 3 - 1289, 9);
    expect(latencyMs).toBeLessThan(0);
  });

  test('in batch mode takes as long as its computation and has no partials', async () => {
    const result = await transcribeClip(scripted, seconds(1.3), { language: 'auto', lookAhead: 3, delivery: 'batch' });
    expect(result).toMatchObject({ text: SCRIPT, latencyMs: 15, partials: null });
  });

  test('tells each text as it comes', async () => {
    const texts: string[] = [];
    const onText = (text: string): void => void texts.push(text);
    await transcribeClip(scripted, seconds(2), { ...german, lookAhead: 6, onText });
    expect(texts).toEqual(['one three', 'one three abbbbbbbbbbbb', SCRIPT]);
  });
});
