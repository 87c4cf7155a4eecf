import { BackendError } from '../errors.ts';
import { CACHE_LENGTH, CHANNEL_CACHE, TIME_CACHE, type EncoderContract, type FloatType } from './contracts/contract.ts';
import { StreamingEncoder } from './encoder.ts';
import { writeMatrix } from './float-data.ts';
import type { ChunkGeometry } from './geometry.ts';
import type { Graph } from './sessions.ts';
import { setInteger, type TensorFactory } from './tensors.ts';

/** Of the largest value. Sums in another order differ by a millionth of it, in float16 by a thousandth. */
const TOLERANCES: Readonly<Record<FloatType, number>> = { float32: 1e-3, float16: 4e-3 };

/** What a chunk leaves in the caches shows in the next. */
const CHUNKS = 3;

/** Whether two encoders give the same frames for full windows of noise, but for rounding: behind empty caches and full ones. */
export async function agree(
  graphs: readonly [Graph, Graph],
  tensors: TensorFactory,
  contract: EncoderContract,
  geometry: ChunkGeometry,
): Promise<boolean> {
  // What is remembered would not hold what is new.
  if (geometry.outputFrames > contract.leftContext) return false;
  try {
    for (const areFull of [false, true]) {
      const window = new Float32Array(contract.melCount * geometry.windowFrames);
      const [one, other] = graphs.map((graph) => {
        const encoder = new StreamingEncoder(graph, tensors, contract, geometry, window, 0);
        if (areFull) fillCaches(encoder, contract, geometry.windowFrames);
        return encoder;
      }) as [StreamingEncoder, StreamingEncoder];
      if (!(await hearAlike(one, other, window, contract, geometry))) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof BackendError) return false;
    throw error;
  }
}

async function hearAlike(
  one: StreamingEncoder,
  other: StreamingEncoder,
  window: Float32Array,
  { floatType }: EncoderContract,
  { windowFrames }: ChunkGeometry,
): Promise<boolean> {
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    // About the range of log-mels.
    window.set(noise(window.length, chunk).map((value) => 4 * value - 8));
    const expected = (await one.encode(windowFrames)).frames;
    const actual = (await other.encode(windowFrames)).frames;
    if (!areClose(expected, actual, TOLERANCES[floatType])) return false;
  }
  return true;
}

function fillCaches(encoder: StreamingEncoder, { leftContext }: EncoderContract, windowFrames: number): void {
  const inputs = encoder.inputs(windowFrames);
  for (const place of [CHANNEL_CACHE, TIME_CACHE]) {
    const cache = inputs[place]!;
    const values = noise(cache.size, place);
    writeMatrix(cache, values, { rows: 1, stride: values.length, first: 0, count: values.length, isTransposed: false });
  }
  setInteger(inputs[CACHE_LENGTH]!, leftContext);
}

/** Between -1 and 1. */
function noise(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((i + 1009 * seed) ** 2));
}

function areClose(expected: Float32Array, actual: Float32Array, tolerance: number): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    expected.length === actual.length &&
    expected.every((value, i) => Math.abs(value - actual[i]!) <= tolerance * largest)
  );
}
