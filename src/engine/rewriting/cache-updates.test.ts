import { describe, expect, test } from 'vitest';
import { expectSameOutcome, operators } from './__fixtures__/outcomes.ts';
import { input, longs, modelOf, node, output } from './__fixtures__/small-models.ts';
import { joinCacheUpdates } from './cache-updates.ts';
import { OnnxModel } from './onnx-model.ts';

interface Updating {
  readonly opset?: number;
  readonly axis?: number;
  /** Of the second layer's new frames and what it remembers. */
  readonly join?: string;
}

const LAYERS = 3;

/** A cache of six frames of two channels, to which each layer adds two. */
function updating({ opset = 13, axis = 1, join = 'Concat' }: Updating): Buffer {
  const layers = Array.from({ length: LAYERS }, (_, layer) => [
    longs(`layer ${layer}`, [layer]),
    node('Gather', ['x', `layer ${layer}`], [`kept ${layer}`], { axis: 1 }),
    node('Squeeze', [`kept ${layer}`, 'one'], [`old ${layer}`]),
    node('Slice', [`old ${layer}`, 'zero', 'two', 'one'], [`first ${layer}`]),
    node('Exp', [`first ${layer}`], [`new ${layer}`]),
    layer === 1 && join !== 'Concat'
      ? node(join, [`old ${layer}`], [`both ${layer}`])
      : node('Concat', [`old ${layer}`, `new ${layer}`], [`both ${layer}`], { axis: 1 }),
    node('Slice', [`both ${layer}`, 'last', 'many', 'one'], [`next ${layer}`]),
    node('Unsqueeze', [`next ${layer}`, 'one'], [`part ${layer}`]),
  ]).flat();
  const parts = [
    ...layers,
    node(
      'Concat',
      Array.from({ length: LAYERS }, (_, layer) => `part ${layer}`),
      ['y'],
      { axis },
    ),
    longs('zero', [0]),
    longs('one', [1]),
    longs('two', [2]),
    longs('last', [-6]),
    longs('many', [1000]),
    input('x', [1, LAYERS, 6, 2]),
    output('y', [1, LAYERS, 6, 2]),
  ];
  return modelOf(parts, opset);
}

describe('updates of a cache', () => {
  const cache = { input: 'x', output: 'y' };

  test('are one for all layers', async () => {
    const before = OnnxModel.parse(updating({}));
    const after = OnnxModel.parse(joinCacheUpdates(before, cache, 2).encode());
    const count = (operator: string): number => operators(after).filter((name) => name === operator).length;
    expect([count('Concat'), count('Slice')]).toEqual([2, 1 + LAYERS]);
    await expectSameOutcome(before, after, [1, LAYERS, 6, 2]);
  });

  test.each([
    ['older operators', { opset: 12 }],
    ['layers beside each other on another axis', { axis: 2 }],
    ['a layer that adds nothing', { join: 'Identity' }],
  ])('are left alone with %s', (_, parts) => {
    const model = OnnxModel.parse(updating(parts));
    expect(joinCacheUpdates(model, cache, 2)).toBe(model);
  });
});
