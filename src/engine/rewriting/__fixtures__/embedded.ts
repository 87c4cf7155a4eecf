/** The embedded model's encoder, run chunk after chunk as its file or a rewritten one has it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readContract } from '../../contracts/index.ts';

export const EMBEDDED_FOLDER = fileURLToPath(new URL('../../../../models/tiny-fastconformer', import.meta.url));

export const { encoder: EMBEDDED, files, lookAheads: LOOK_AHEADS } = await readContract(EMBEDDED_FOLDER, 'fp32');

export const EMBEDDED_BYTES = readFileSync(files.encoder);

function noise(dims: readonly number[], seed: number): Tensor {
  const size = dims.reduce((product, length) => product * length, 1);
  return new Tensor(
    'float32',
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 0.7 + seed) * 4 - 8),
    dims,
  );
}

export function zeros(dims: readonly number[]): Tensor {
  return new Tensor('float32', new Float32Array(dims.reduce((product, length) => product * length, 1)), dims);
}

/**
 * Frames of two streams, of which the second is two chunks ahead, over more chunks than the cache holds, windows that are
 * cut short among them.
 *
 * @param channels of the channel cache.
 */
export async function encode(model: Uint8Array, channels: number, lookAhead: number): Promise<Float32Array[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const streams = 2;
  const mels = 9 + 8 * (lookAhead + 1);
  const longs = (values: readonly number[]): Tensor => new Tensor('int64', values.map(BigInt), [streams]);
  const [, layers, frames] = EMBEDDED.channelCache as [number, number, number];
  let caches = {
    cache_last_channel: zeros([streams, layers, frames, channels]),
    cache_last_time: zeros([streams, ...EMBEDDED.timeCache.slice(1)]),
    cache_last_channel_len: longs([0, Math.min(56, 2 * (lookAhead + 1))]),
  };
  const given: Float32Array[] = [];
  for (let chunk = 0; chunk < 56 / (lookAhead + 1) + 3; chunk++) {
    const results = await session.run({
      audio_signal: noise([streams, 128, mels], chunk),
      length: longs([mels, chunk % 3 === 2 ? mels - 4 : mels]),
      prompt_index: longs([9, 101]),
      ...caches,
    });
    given.push(results.outputs!.data as Float32Array);
    caches = {
      cache_last_channel: results.cache_last_channel_next as Tensor,
      cache_last_time: results.cache_last_time_next as Tensor,
      cache_last_channel_len: results.cache_last_channel_next_len as Tensor,
    };
  }
  await session.release();
  return given;
}

/** The largest difference between two runs of {@link encode}. */
export function largestDifference(expected: readonly Float32Array[], actual: readonly Float32Array[]): number {
  const differences = expected.map((values, chunk) =>
    values.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[chunk]![i]!)), 0),
  );
  return Math.max(...differences);
}
