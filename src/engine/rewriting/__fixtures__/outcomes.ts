/** Runs small models, and holds what comes out against each other. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect } from 'vitest';
import type { OnnxModel } from '../onnx-model.ts';
import { largestDifference } from './embedded.ts';

export function operators(model: OnnxModel): string[] {
  return model.nodes.map(({ operator }) => operator);
}

/** What a model with the input `x` and the output `y` makes of numbers that are all different. */
async function outcome(model: OnnxModel, dims: readonly number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(model.encode(), { logSeverityLevel: 3 });
  const size = dims.reduce((product, length) => product * length, 1);
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * i)),
    dims,
  );
  const { y } = await session.run({ x });
  await session.release();
  return y!.data as Float32Array;
}

/** Holds both models against each other at an input of these sizes. */
export async function expectSameOutcome(before: OnnxModel, after: OnnxModel, dims: readonly number[]): Promise<void> {
  const [expected, actual] = [await outcome(before, dims), await outcome(after, dims)];
  expect(actual.length).toBe(expected.length);
  expect(largestDifference([expected], [actual])).toBeLessThan(1e-5);
}

