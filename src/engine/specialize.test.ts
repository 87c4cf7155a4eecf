import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { readContract } from './contracts/index.ts';
import { encoderShapes } from './encoder.ts';
import { chunkGeometry } from './geometry.ts';
import { readOnnxHeader } from './onnx-header.ts';
import { specialize } from './specialize.ts';

const embedded = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const { encoder, files, lookAheads } = await readContract(embedded, 'fp32');
const open = readFileSync(files.encoder);
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
    writeFileSync(path, specialize(open, named(shapes)));
    const [before, after] = [await readOnnxHeader(files.encoder), await readOnnxHeader(path)];
    expect(after.inputs).toEqual(before.inputs.map((input, i) => ({ ...input, shape: shapes[i] })));
    expect(after.outputs).toEqual(before.outputs);
    expect(after.metadata).toEqual(before.metadata);
    expect(open.equals(specialize(open, new Map())), 'nothing to change').toBe(true);
  });

  test.each(lookAheads)('computes at look-ahead %i what the open graph computes', async (lookAhead) => {
    const shapes = encoderShapes(encoder, chunkGeometry(lookAhead));
    const [general, special] = [
      await InferenceSession.create(open),
      await InferenceSession.create(specialize(open, named(shapes))),
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
