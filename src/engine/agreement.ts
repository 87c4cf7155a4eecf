import { BackendError } from '../errors.ts';
import type { EncoderContract } from './contracts/contract.ts';
import { StreamingEncoder } from './encoder.ts';
import type { ChunkGeometry } from './geometry.ts';
import type { Graph } from './sessions.ts';
import type { TensorFactory } from './tensors.ts';

/**
 * Of the largest value. Sums in another order differ by a millionth of it. A shift by one position in one of five layers made
 * 0.0046 and more.
 */
const TOLERANCE = 1e-3;

/**
 * Whether two encoders give the same frames for full windows of noise, but for rounding: until their caches are full, because a
 * wrong place shows only where something stands.
 */
export async function agree(
  graphs: readonly [Graph, Graph],
  tensors: TensorFactory,
  contract: EncoderContract,
  geometry: ChunkGeometry,
): Promise<boolean> {
  const window = new Float32Array(contract.melCount * geometry.windowFrames);
  const [one, other] = graphs.map((graph) => new StreamingEncoder(graph, tensors, contract, geometry, window, 0)) as [
    StreamingEncoder,
    StreamingEncoder,
  ];
  try {
    for (let chunk = 0; chunk <= contract.leftContext / geometry.outputFrames + 1; chunk++) {
      // About the range of log-mels.
      for (let i = 0; i < window.length; i++) window[i] = 4 * Math.sin((i + chunk) ** 2) - 8;
      const expected = (await one.encode(geometry.windowFrames)).frames;
      const actual = (await other.encode(geometry.windowFrames)).frames;
      if (!isClose(expected, actual)) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof BackendError) return false;
    throw error;
  }
}

function isClose(expected: Float32Array, actual: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    expected.length === actual.length &&
    expected.every((value, i) => Math.abs(value - actual[i]!) <= TOLERANCE * largest)
  );
}
