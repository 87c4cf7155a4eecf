import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, expect, test } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { whiteNoise } from '../audio/probe-signals.ts';
import { readContract } from './contracts/index.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import { StreamingEncoder } from './encoder.ts';
import { chunkGeometry } from './geometry.ts';
import { StreamingRecognizer } from './recognizer.ts';
import { EMBEDDED_FOLDER, LOOK_AHEADS } from './rewriting/__fixtures__/embedded.ts';
import { TensorFactory } from './tensors.ts';
import { transcribeClip } from './transcription.ts';

const options = { provider: 'cpu', threads: 1 };
const recognizer = await StreamingRecognizer.load(EMBEDDED_FOLDER, {
  ...options,
  precision: 'fp32',
  clock: () => performance.now(),
});
const sessions = await EncoderSessions.of(
  InferenceSession,
  new TensorFactory(Tensor),
  await readContract(EMBEDDED_FOLDER, 'fp32'),
  options,
);
afterAll(async () => {
  await recognizer.release();
  for (const session of await sessions.sessions()) await session.release();
});

/** Windows of sound that comes again and again. */
const PERIOD = 3;

test.each(LOOK_AHEADS)('a stream of five minutes ends as it began at look-ahead %i', async (lookAhead) => {
  const geometry = chunkGeometry(lookAhead);
  const { contract } = sessions;
  const window = new Float32Array(contract.melCount * geometry.windowFrames);
  const sounds = Array.from({ length: PERIOD }, (_, sound) => window.map((_, i) => 4 * Math.sin((i + sound) ** 2) - 8));
  const graph = await sessions.forStreams(geometry);
  const encoder = new StreamingEncoder(graph, new TensorFactory(Tensor), contract, geometry, window, 9);
  const hear = async (chunk: number): Promise<Float32Array> => {
    window.set(sounds[chunk % PERIOD]!);
    return (await encoder.encode(geometry.windowFrames)).frames.slice();
  };
  // What a frame hangs on: of each layer, the frames that it looks back on.
  const reach = Math.ceil((contract.layerCount * contract.leftContext) / geometry.outputFrames);
  const first = PERIOD * Math.ceil(reach / PERIOD) + PERIOD;
  const last = first + PERIOD * Math.ceil(300 / 0.08 / geometry.outputFrames / PERIOD);
  const seen = new Map<number, Float32Array>();
  for (let chunk = 0; chunk < last + PERIOD; chunk++) {
    const frames = await hear(chunk);
    if (chunk >= last || (chunk >= first && chunk < first + PERIOD)) seen.set(chunk, frames);
  }
  for (let i = 0; i < PERIOD; i++) {
    const [early, late] = [seen.get(first + i)!, seen.get(last + i)!];
    expect(Math.max(...early.map((value, at) => Math.abs(value - late[at]!)))).toBeLessThan(1e-5);
  }
  const [one, other] = [seen.get(first)!, seen.get(first + 1)!];
  expect(Math.max(...one.map((value, at) => Math.abs(value - other[at]!)))).toBeGreaterThan(0.1);
});

test('what a stream no longer hears behind a pause is heard by one of its own', async () => {
  const path = fileURLToPath(new URL('../../datasets/spoken-commands/audio/de-DE-0004.flac', import.meta.url));
  const { samples } = await decodeAudio({ path, offsetSeconds: 0, durationSeconds: null });
  const quiet = (seconds: number): Float32Array => whiteNoise(seconds * 16_000, 1).map((value) => 0.001 * value);
  const asked = { language: 'de-DE', lookAhead: 6, delivery: 'batch' } as const;
  const textOf = async (parts: readonly Float32Array[]): Promise<string> => {
    const audio = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      audio.set(part, at);
      at += part.length;
    }
    return (await transcribeClip(recognizer, audio, asked)).text;
  };
  const alone = await textOf([samples, quiet(1)]);
  expect(alone).toContain('David');
  // The embedded model has learned that a sentence is the end; a model's state is its own affair, and each stream's alone.
  expect(await textOf([samples, quiet(30), samples, quiet(1)])).toBe(alone);
  expect(await textOf([samples, quiet(1)])).toBe(alone);
});
