import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { readOnnxHeader } from './onnx-header.ts';
import { delimited, integerField } from './protobuf.ts';

const embeddedModel = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-header-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scripted = fileURLToPath(new URL('./__fixtures__/scripted-model/', import.meta.url));
const graphs = ['encoder', 'decoder', 'joiner'].flatMap((name) => [
  join(scripted, `${name}.onnx`),
  join(embeddedModel, `${name}.onnx`),
]);

describe('the header of an ONNX file', () => {
  test.each(graphs)('%s names the values that onnxruntime sees', async (path) => {
    const header = await readOnnxHeader(path);
    const session = await InferenceSession.create(path);
    for (const [ours, theirs] of [
      [header.inputs, session.inputMetadata],
      [header.outputs, session.outputMetadata],
    ] as const) {
      const values = theirs.map((value) =>
        value.isTensor
          ? {
              name: value.name,
              type: value.type,
              shape: value.shape.map((size) => (typeof size === 'number' ? size : null)),
            }
          : value,
      );
      expect(ours).toEqual(values);
    }
    await session.release();
  });

  test('has the metadata', async () => {
    const { metadata } = await readOnnxHeader(join(scripted, 'encoder.onnx'));
    expect(metadata.get('window_size')).toBe('41');
    expect(JSON.parse(metadata.get('prompt_dictionary') ?? '')).toEqual({ 'en-US': 0, 'de-DE': 1, auto: 0 });
  });

  test('tells the precision from the weights, not from the name of the file', async () => {
    for (const [name, precision] of [
      ['encoder.onnx', 'fp32'],
      ['encoder.int8.onnx', 'int8'],
    ] as const) {
      expect((await readOnnxHeader(join(embeddedModel, name))).precision).toBe(precision);
    }
    const path = join(folder, 'encoder.onnx');
    /** A model of one input and of weights with these types and dimensions; numbers as in onnx.proto. */
    const withWeights = (
      ...weights: readonly { type: number; dimensions: readonly number[]; isPacked?: boolean }[]
    ) => {
      const initializers = weights.map(({ type, dimensions, isPacked }) =>
        delimited(5, [
          ...(isPacked ? [delimited(1, [Buffer.from(dimensions)])] : dimensions.map((size) => integerField(1, size))),
          integerField(2, type),
          delimited(9, [Buffer.alloc(100)]),
        ]),
      );
      const input = delimited(11, [delimited(1, [Buffer.from('x')])]);
      writeFileSync(path, Buffer.concat([integerField(1, 8), delimited(7, [...initializers, input])]));
    };
    const cases = [
      [{ type: 10, dimensions: [30, 30] }, 'fp16'],
      [{ type: 16, dimensions: [900] }, 'bf16'],
      [{ type: 2, dimensions: [30, 30] }, 'int8'],
      [{ type: 3, dimensions: [30, 30], isPacked: true }, 'int8'],
      [{ type: 22, dimensions: [30, 30] }, 'int4'],
    ] as const;
    for (const [weights, precision] of cases) {
      withWeights(
        { type: 1, dimensions: [20] },
        weights,
        { type: 1, dimensions: [40] },
        { type: 7, dimensions: [120, 120] },
      );
      expect((await readOnnxHeader(path)).precision).toBe(precision);
    }
    withWeights({ type: 7, dimensions: [3] });
    expect((await readOnnxHeader(path)).precision).toBeNull();
  });

  test('of a file cut short anywhere is an error or leaves metadata out, never a crash', async () => {
    const bytes = readFileSync(join(scripted, 'encoder.onnx'));
    const path = join(folder, 'cut.onnx');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        writeFileSync(path, bytes.subarray(0, length));
        const thrown: unknown = await readOnnxHeader(path).then(
          ({ metadata }) => metadata.size,
          (error: unknown) => error,
        );
        if (typeof thrown === 'number') expect(thrown).toBeLessThan(20);
        else expect(thrown).toBeInstanceOf(UserError);
      }),
    );
  });

  test('of something else is an error of one line', async () => {
    const path = join(folder, 'page.onnx');
    writeFileSync(path, '<!DOCTYPE html><title>404</title>');
    await expect(readOnnxHeader(path)).rejects.toThrow(
      /^.*page\.onnx is not a complete ONNX model \(.+\); fetch or export it again$/,
    );
    writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n');
    await expect(readOnnxHeader(path)).rejects.toThrow(/is not a complete ONNX model/);
    await expect(readOnnxHeader(join(folder, 'no.onnx'))).rejects.toThrow(
      /^cannot read the model graph .*: there is no such file$/,
    );
  });
});
