import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { whiteNoise } from '../audio/probe-signals.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { transcribeClip } from './transcription.ts';

const SECOND = 16_000;
const recognizer = await StreamingRecognizer.load(resolve('models/tiny-fastconformer'), {
  precision: 'fp32',
  provider: 'cpu',
  threads: 1,
  clock: () => performance.now(),
});
afterAll(() => recognizer.release());

const signals: readonly (readonly [string, Float32Array])[] = [
  ['silence', new Float32Array(3 * SECOND)],
  ['a constant offset', new Float32Array(3 * SECOND).fill(0.5)],
  ['full scale', new Float32Array(3 * SECOND).fill(1)],
  ['noise', whiteNoise(3 * SECOND, 1)],
  ['noise clipped to a square', whiteNoise(3 * SECOND, 2).map(Math.sign)],
];

test.each(signals)('%s is answered at every look-ahead, and the same in a stream', async (_, samples) => {
  for (const lookAhead of recognizer.contract.lookAheads) {
    const options = { language: 'en-US', lookAhead };
    const whole = await transcribeClip(recognizer, samples, { ...options, delivery: 'batch' });
    const streamed = await transcribeClip(recognizer, samples, { ...options, delivery: 'streaming-virtual' });
    expect(streamed.text).toBe(whole.text);
    expect(whole.words.every(({ endSeconds }) => endSeconds <= 3.08)).toBe(true);
    expect(streamed.chunkLatenciesMs!.every(Number.isFinite)).toBe(true);
  }
});
