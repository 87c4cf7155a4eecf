import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { zeros } from './__fixtures__/embedded.ts';
import { input, longs, modelOf, node, output } from './__fixtures__/small-models.ts';
import { giveFreshFrames } from './fresh-frames.ts';
import { OnnxModel } from './onnx-model.ts';

/** Two layers of one channel, whose new frames are functions of the input; the cache remembers the last three of them. */
function remembering(): OnnxModel {
  const parts = [
    node('Cos', ['x'], ['first']),
    node('Exp', ['x'], ['second']),
    node('Unsqueeze', ['first', 'layers'], ['first layer']),
    node('Unsqueeze', ['second', 'layers'], ['second layer']),
    node('Concat', ['first layer', 'second layer'], ['both'], { axis: 1 }),
    node('Concat', ['cache', 'both'], ['all'], { axis: 2 }),
    node('Slice', ['all', 'last', 'end', 'frames'], ['next']),
    longs('layers', [1]),
    longs('frames', [2]),
    longs('last', [-3]),
    longs('end', [99]),
    input('x', [1, 2, 1]),
    input('cache', [1, 2, 3, 1]),
    output('next', [1, 2, 3, 1]),
  ];
  return OnnxModel.parse(modelOf(parts, 13));
}

test('what each layer adds comes out in the place of the whole cache', async () => {
  const changed = giveFreshFrames(remembering(), {
    output: 'next',
    fresh: ['first', 'second'],
    shape: [1, 2, 2, 1],
    layerAxis: 1,
  });
  const [whole, fresh] = [
    await InferenceSession.create(remembering().encode()),
    await InferenceSession.create(changed.encode()),
  ];
  const x = zeros([1, 2, 1]);
  (x.data as Float32Array).set([1, 2]);
  const cache = zeros([1, 2, 3, 1]);
  const expected = (await whole.run({ x, cache })).next!;
  const { next } = await fresh.run({ x, cache });
  expect(next!.dims).toEqual([1, 2, 2, 1]);
  const [, a, b, , c, d] = expected.data as Float32Array;
  expect([...(next!.data as Float32Array)]).toEqual([a, b, c, d]);
  await Promise.all([whole.release(), fresh.release()]);
});
