import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { readContract } from './contracts/index.ts';
import { projectCache } from './projected-cache.ts';
import { delimited, integerField } from './protobuf.ts';

const embedded = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const scripted = fileURLToPath(new URL('./__fixtures__/scripted-model', import.meta.url));
const { encoder, files, lookAheads } = await readContract(embedded, 'fp32');
const names = { input: 'cache_last_channel', output: 'cache_last_channel_next' };
const bytes = readFileSync(files.encoder);

function noise(dims: readonly number[], seed: number): Tensor {
  const size = dims.reduce((product, length) => product * length, 1);
  return new Tensor(
    'float32',
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 0.7 + seed) * 4 - 8),
    dims,
  );
}

function zeros(dims: readonly number[]): Tensor {
  return new Tensor('float32', new Float32Array(dims.reduce((product, length) => product * length, 1)), dims);
}

/** Frames of two streams, of which the second is two chunks ahead, over more chunks than the cache holds. */
async function encode(model: Uint8Array, channels: number, lookAhead: number): Promise<Float32Array[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const streams = 2;
  const mels = 9 + 8 * (lookAhead + 1);
  const longs = (values: readonly number[]): Tensor => new Tensor('int64', values.map(BigInt), [streams]);
  const [, layers, frames] = encoder.channelCache as [number, number, number];
  let caches = {
    cache_last_channel: zeros([streams, layers, frames, channels]),
    cache_last_time: zeros([streams, ...encoder.timeCache.slice(1)]),
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

describe('a cache of keys and values', () => {
  test.each(lookAheads)('gives the frames at look-ahead %i that a cache of frames gives', async (lookAhead) => {
    const projected = projectCache(bytes, { ...names, shape: encoder.channelCache })!;
    expect(projected.shape).toEqual([1, 5, 56, 256]);
    const expected = await encode(bytes, 128, lookAhead);
    const actual = await encode(projected.model, 256, lookAhead);
    for (const [chunk, values] of expected.entries()) {
      const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[chunk]![i]!)), 0);
      expect(worst, `chunk ${chunk}`).toBeLessThan(1e-4);
    }
  });

  test('follows an update that is made of parts of the old cache and the new frames', async () => {
    const model = updating([]);
    const projected = projectCache(model, { input: 'cache', output: 'next', shape: [1, 1, 3, 2] })!;
    expect(projected.shape).toEqual([1, 1, 3, 4]);
    const outcome: unknown[] = [];
    for (const [content, channels] of [
      [model, 2],
      [projected.model, 4],
    ] as const) {
      const session = await InferenceSession.create(content);
      let cache = zeros([1, 1, 3, channels]);
      const seen: unknown[] = [];
      for (let call = 0; call < 5; call++) {
        const fresh = new Tensor('float32', [call + 1, -call], [1, 1, 2]);
        const results = await session.run({ fresh, cache });
        cache = results.next as Tensor;
        seen.push([[...(results.keys!.data as Float32Array)], [...(results.values!.data as Float32Array)]]);
      }
      // Of the values, by hand: [0 1; 1 0] swaps both channels.
      expect(seen[4]).toHaveProperty('1', [-1, 2, -2, 3, -3, 4, -4, 5]);
      outcome.push(seen);
      await session.release();
    }
    expect(outcome[1]).toEqual(outcome[0]);
  });

  test('is refused where the frames are used in another way, multiplied in 8 bits or not used at all', async () => {
    const shape = [1, 1, 3, 2];
    expect(
      projectCache(updating([node('Relu', ['joined'], ['more'])]), { input: 'cache', output: 'next', shape }),
    ).toBeNull();
    const alone = updating([node('MatMul', ['old', 'w1'], ['more'])]);
    expect(projectCache(alone, { input: 'cache', output: 'next', shape })).toBeNull();
    const unsure = updating([node('Shape', ['old'], ['size']), node('Reshape', ['fresh', 'size'], ['more'])]);
    expect(projectCache(unsure, { input: 'cache', output: 'next', shape })).toBeNull();
    expect(projectCache(updating([], 'w9'), { input: 'cache', output: 'next', shape })).toBeNull();
    expect(projectCache(updating([], 'w2', 12), { input: 'cache', output: 'next', shape })).toBeNull();
    const int8 = readFileSync(join(embedded, 'encoder.int8.onnx'));
    expect(projectCache(int8, { ...names, shape: encoder.channelCache })).toBeNull();
    const other = (await readContract(scripted, 'fp32')).encoder.channelCache;
    expect(projectCache(readFileSync(join(scripted, 'encoder.onnx')), { ...names, shape: other })).toBeNull();
  });
});

function string(number: number, value: string): Buffer {
  return delimited(number, [Buffer.from(value)]);
}

function node(operator: string, inputs: readonly string[], outputs: readonly string[], axis?: number): Buffer {
  const attributes =
    axis === undefined ? [] : [delimited(5, [string(1, 'axis'), integerField(3, axis), integerField(20, 2)])];
  return delimited(1, [
    ...inputs.map((name) => string(1, name)),
    ...outputs.map((name) => string(2, name)),
    string(4, operator),
    ...attributes,
  ]);
}

function tensor(name: string, dims: readonly number[], type: 1 | 7, data: Float32Array | BigInt64Array): Buffer {
  const content = Buffer.from(data.buffer);
  return delimited(5, [
    ...dims.map((size) => integerField(1, size)),
    integerField(2, type),
    string(8, name),
    delimited(9, [content]),
  ]);
}

function value(number: 11 | 12, name: string, dims: readonly (number | string)[]): Buffer {
  const sizes = dims.map((size) => delimited(1, [typeof size === 'number' ? integerField(1, size) : string(2, size)]));
  return delimited(number, [string(1, name), delimited(2, [delimited(1, [integerField(1, 1), delimited(2, sizes)])])]);
}

/** One layer that looks back three frames and updates its cache as NeMo's export does, with more nodes after it. */
function updating(more: readonly Buffer[], valueWeights = 'w2', opset = 17): Buffer {
  const longs = (name: string, values: readonly number[]): Buffer =>
    tensor(name, [values.length], 7, BigInt64Array.from(values, BigInt));
  const graph = [
    node('Squeeze', ['cache', 'one'], ['old']),
    node('Concat', ['old', 'fresh'], ['joined'], 1),
    node('MatMul', ['joined', 'w1'], ['keys']),
    node('MatMul', ['joined', valueWeights], ['values']),
    node('Slice', ['old', 'one', 'end', 'one'], ['kept']),
    node('Concat', ['kept', 'fresh'], ['updated'], 1),
    node('Unsqueeze', ['updated', 'one'], ['next']),
    ...more,
    string(2, 'updating'),
    tensor('w1', [2, 2], 1, Float32Array.of(1, 2, 3, 4)),
    tensor('w2', [2, 2], 1, Float32Array.of(0, 1, 1, 0)),
    longs('one', [1]),
    longs('end', [99]),
    value(11, 'fresh', [1, 1, 2]),
    value(11, 'cache', [1, 1, 3, 2]),
    value(12, 'keys', [1, 4, 2]),
    value(12, 'values', [1, 4, 2]),
    value(12, 'next', [1, 1, 3, 2]),
  ];
  return Buffer.concat([
    integerField(1, 8),
    delimited(7, graph),
    delimited(8, [string(1, ''), integerField(2, opset)]),
  ]);
}
