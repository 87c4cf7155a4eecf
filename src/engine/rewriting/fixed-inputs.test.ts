import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { readContract } from '../contracts/index.ts';
import { encoderShapes } from '../encoder.ts';
import { chunkGeometry } from '../geometry.ts';
import { readOnnxHeader } from '../onnx-header.ts';
import { withConstantInput, withShapes } from './fixed-inputs.ts';
import { OnnxModel } from './onnx-model.ts';

const embedded = fileURLToPath(new URL('../../../models/tiny-fastconformer', import.meta.url));
const { encoder, files, lookAheads } = await readContract(embedded, 'fp32');
const open = OnnxModel.parse(readFileSync(files.encoder));
const folder = mkdtempSync(join(tmpdir(), 'earshot-specialize-'));
afterAll(() => rmSync(folder, { recursive: true }));

function named(shapes: readonly (readonly number[])[]): Map<string, readonly number[]> {
  return new Map(encoder.inputs.map(({ name }, i) => [name, shapes[i]!]));
}

/** Inputs of these shapes in which no two elements are alike, with a half-full cache. */
function feeds(shapes: readonly (readonly number[])[]): Record<string, Tensor> {
  const integers = { length: shapes[0]![2]!, cache_last_channel_len: 28, prompt_index: 9 };
  const entries = encoder.inputs.map(({ name, type }, i): [string, Tensor] => {
    if (type === 'int64') {
      return [name, new Tensor('int64', [BigInt(integers[name as keyof typeof integers])], shapes[i])];
    }
    const size = shapes[i]!.reduce((product, length) => product * length, 1);
    const values = Float32Array.from({ length: size }, (_, n) => Math.sin(n * (i + 1)));
    return [name, new Tensor('float32', values, shapes[i])];
  });
  return Object.fromEntries(entries);
}

describe('a graph for given shapes', () => {
  test('declares them and is otherwise the same file', async () => {
    const shapes = encoderShapes(encoder, chunkGeometry(3));
    const path = join(folder, 'encoder.onnx');
    writeFileSync(path, withShapes(open, named(shapes)).encode());
    const [before, after] = [await readOnnxHeader(files.encoder), await readOnnxHeader(path)];
    expect(after.inputs).toEqual(before.inputs.map((input, i) => ({ ...input, shape: shapes[i] })));
    expect(after.outputs).toEqual(before.outputs);
    expect(after.metadata).toEqual(before.metadata);
  });

  test.each(lookAheads)('computes at look-ahead %i what the open graph computes', async (lookAhead) => {
    const shapes = encoderShapes(encoder, chunkGeometry(lookAhead));
    const [general, special] = [
      await InferenceSession.create(open.encode()),
      await InferenceSession.create(withShapes(open, named(shapes)).encode()),
    ];
    const [expected, actual] = [await general.run(feeds(shapes)), await special.run(feeds(shapes))];
    for (const { name } of encoder.outputs) {
      expect(actual[name]!.dims, name).toEqual(expected[name]!.dims);
      const values = expected[name]!.data;
      // Folding reorders sums, so the last bits may differ.
      for (let i = 0; i < values.length; i++) {
        const difference = Math.abs(Number(actual[name]!.data[i]) - Number(values[i]));
        if (difference > 1e-4) expect.fail(`${name}[${i}] differs by ${difference}`);
      }
    }
    await Promise.all([general.release(), special.release()]);
  });
});

test('an input that became a constant counts as the value that it was given', async () => {
  const shapes = encoderShapes(encoder, chunkGeometry(6));
  const fixed = withConstantInput(withShapes(open, named(shapes)), 'length', 41);
  const [whole, special] = [
    await InferenceSession.create(open.encode()),
    await InferenceSession.create(fixed.encode(), { logSeverityLevel: 3 }),
  ];
  expect(special.inputNames).toEqual(whole.inputNames.filter((name) => name !== 'length'));
  const rest = Object.fromEntries(Object.entries(feeds(shapes)).filter(([name]) => name !== 'length'));
  const shorter = new Tensor('int64', [41n], [1]);
  const [expected, actual] = [await whole.run({ ...rest, length: shorter }), await special.run(rest)];
  const full = await whole.run(feeds(shapes));
  const worst = (other: typeof full): number =>
    (expected.outputs!.data as Float32Array).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - Number(other.outputs!.data[i]))),
      0,
    );
  expect(worst(actual)).toBeLessThan(1e-4);
  expect(worst(full), 'a full window').toBeGreaterThan(0.01);
  await Promise.all([whole.release(), special.release()]);
});
