import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { HOP_SAMPLES } from './features.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { EMBEDDED_FOLDER } from './rewriting/__fixtures__/embedded.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const recognizer = await StreamingRecognizer.load(EMBEDDED_FOLDER, {
  precision: 'fp32',
  provider: 'cpu',
  threads: 1,
  clock: () => performance.now(),
});
afterAll(() => recognizer.release());

const CHUNKS = 20;

/** Bytes of the heap that a chunk takes at least, collected or not: each round is fewer than fill it to the next collection. */
async function bytesPerChunk(lookAhead: number): Promise<number> {
  const stream = await recognizer.createStream({ language: 'en-US', lookAhead });
  const silence = new Float32Array(stream.geometry.shiftFrames * HOP_SAMPLES);
  const hear = async (chunks: number): Promise<void> => {
    for (let chunk = 0; chunk < chunks; chunk++) await stream.push(silence);
  };
  // Code that is not compiled yet boxes numbers.
  await hear(15 * CHUNKS);
  const rounds: number[] = [];
  for (let round = 0; round < 12; round++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await hear(CHUNKS);
    rounds.push((process.memoryUsage().heapUsed - before) / CHUNKS);
  }
  return Math.min(...rounds);
}

it('encoder and decoder allocate nothing per frame, whatever a call takes', async () => {
  const [one, fourteen] = [await bytesPerChunk(0), await bytesPerChunk(13)];
  // A collection in between would show nothing.
  expect(Math.min(one, fourteen)).toBeGreaterThan(0);
  // An object for one number of each frame's 128 would be 2 KB.
  expect((fourteen - one) / 13).toBeLessThan(100);
});
