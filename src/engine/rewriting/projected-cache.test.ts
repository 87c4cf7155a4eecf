import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { readContract } from '../contracts/index.ts';
import {
  EMBEDDED,
  EMBEDDED_BYTES,
  EMBEDDED_FOLDER,
  encode,
  largestDifference,
  LOOK_AHEADS,
  zeros,
} from './__fixtures__/embedded.ts';
import { floats, input, longs, modelOf, node, output } from './__fixtures__/small-models.ts';
import { OnnxModel } from './onnx-model.ts';
import { projectCache } from './projected-cache.ts';

const scripted = fileURLToPath(new URL('../__fixtures__/scripted-model', import.meta.url));
const embeddedCache = {
  input: 'cache_last_channel',
  output: 'cache_last_channel_next',
  shape: EMBEDDED.channelCache,
};
const cache = { input: 'cache', output: 'next', shape: [1, 1, 3, 2] };

describe('a cache of keys and values', () => {
  test.each(LOOK_AHEADS)('gives the frames at look-ahead %i that a cache of frames gives', async (lookAhead) => {
    const projected = projectCache(OnnxModel.parse(EMBEDDED_BYTES), embeddedCache)!;
    expect(projected.shape).toEqual([1, 5, 56, 256]);
    const expected = await encode(EMBEDDED_BYTES, 128, lookAhead);
    const actual = await encode(projected.model.encode(), 256, lookAhead);
    expect(largestDifference(expected, actual)).toBeLessThan(1e-4);
  });

  test('follows an update that is made of parts of the old cache and the new frames', async () => {
    const model = updating([]);
    const projected = projectCache(model, cache)!;
    expect(projected.shape).toEqual([1, 1, 3, 4]);
    const outcome: unknown[] = [];
    for (const [content, channels] of [
      [model, 2],
      [projected.model, 4],
    ] as const) {
      const session = await InferenceSession.create(content.encode());
      let remembered = zeros([1, 1, 3, channels]);
      const seen: unknown[] = [];
      for (let call = 0; call < 5; call++) {
        const fresh = new Tensor('float32', [call + 1, -call], [1, 1, 2]);
        const results = await session.run({ fresh, cache: remembered });
        remembered = results.next as Tensor;
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
    expect(projectCache(updating([node('Relu', ['joined'], ['more'])]), cache)).toBeNull();
    expect(projectCache(updating([node('MatMul', ['old', 'w1'], ['more'])]), cache)).toBeNull();
    const unsure = updating([node('Shape', ['old'], ['size']), node('Reshape', ['fresh', 'size'], ['more'])]);
    expect(projectCache(unsure, cache)).toBeNull();
    expect(projectCache(updating([], 'w9'), cache)).toBeNull();
    expect(projectCache(updating([], 'w2', 12), cache)).toBeNull();
    const int8 = OnnxModel.parse(readFileSync(join(EMBEDDED_FOLDER, 'encoder.int8.onnx')));
    expect(projectCache(int8, embeddedCache)).toBeNull();
    const other = (await readContract(scripted, 'fp32')).encoder.channelCache;
    const scriptedModel = OnnxModel.parse(readFileSync(join(scripted, 'encoder.onnx')));
    expect(projectCache(scriptedModel, { ...embeddedCache, shape: other })).toBeNull();
  });
});

/** One layer that looks back three frames and updates its cache as NeMo's export does, with more nodes after it. */
function updating(more: readonly Buffer[], valueWeights = 'w2', opset = 17): OnnxModel {
  const parts = [
    node('Squeeze', ['cache', 'one'], ['old']),
    node('Concat', ['old', 'fresh'], ['joined'], { axis: 1 }),
    node('MatMul', ['joined', 'w1'], ['keys']),
    node('MatMul', ['joined', valueWeights], ['values']),
    node('Slice', ['old', 'one', 'end', 'one'], ['kept']),
    node('Concat', ['kept', 'fresh'], ['updated'], { axis: 1 }),
    node('Unsqueeze', ['updated', 'one'], ['next']),
    ...more,
    floats('w1', [2, 2], [1, 2, 3, 4]),
    floats('w2', [2, 2], [0, 1, 1, 0]),
    longs('one', [1]),
    longs('end', [99]),
    input('fresh', [1, 1, 2]),
    input('cache', [1, 1, 3, 2]),
    output('keys', [1, 4, 2]),
    output('values', [1, 4, 2]),
    output('next', [1, 1, 3, 2]),
  ];
  return OnnxModel.parse(modelOf(parts, opset));
}
