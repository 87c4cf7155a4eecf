import { describe, expect, test } from 'vitest';
import { expectSameOutcome, operators } from './__fixtures__/outcomes.ts';
import { input, longs, modelOf, node, output } from './__fixtures__/small-models.ts';
import { OnnxModel } from './onnx-model.ts';
import { gatherShifts } from './relative-shifts.ts';

interface Shifting {
  readonly frames: number;
  readonly keys: number;
  readonly positions: number;
  readonly opset?: number;
  readonly more?: readonly Buffer[];
  readonly third?: string;
}

const STREAMS = 2;
const HEADS = 3;

/** A relative shift as NeMo's attention writes it. */
function shifting({ frames, keys, positions, opset = 13, more = [], third = 'Slice' }: Shifting): Buffer {
  const parts = [
    node('Pad', ['x', 'pads'], ['padded']),
    node('Reshape', ['padded', 'turned'], ['tall']),
    node(third, third === 'Slice' ? ['tall', 'one', 'many', 'two'] : ['tall'], ['without']),
    node('Reshape', ['without', 'back'], ['shifted']),
    node('Slice', ['shifted', 'zero', 'keys', 'three'], ['y']),
    ...more,
    longs('pads', [0, 0, 0, 1, 0, 0, 0, 0]),
    longs('turned', [STREAMS, HEADS, positions + 1, frames]),
    longs('back', [STREAMS, HEADS, frames, positions]),
    longs('zero', [0]),
    longs('one', [1]),
    longs('two', [2]),
    longs('three', [3]),
    longs('many', [1000]),
    longs('keys', [keys]),
    input('x', [STREAMS, HEADS, frames, positions]),
    output('y', [STREAMS, HEADS, frames, keys]),
  ];
  return modelOf(parts, opset);
}

describe('relative shifts', () => {
  test.each([
    { frames: 1, keys: 4, positions: 4 },
    { frames: 2, keys: 4, positions: 5 },
    { frames: 3, keys: 5, positions: 9 },
    { frames: 5, keys: 5, positions: 9 },
  ])('of $frames frames to $keys keys from $positions positions are one step', async (sizes) => {
    const before = OnnxModel.parse(shifting(sizes));
    const after = gatherShifts(before, sizes.frames, sizes.keys);
    expect(operators(after)).toEqual(['Shape', 'Slice', 'Concat', 'Expand', 'GatherElements']);
    await expectSameOutcome(before, after, [STREAMS, HEADS, sizes.frames, sizes.positions]);
  });

  test.each([
    ['older operators', { opset: 12 }],
    ['something else between them', { third: 'Relu' }],
    ['a value between them that others take', { more: [node('Relu', ['tall'], ['other'])] }],
    ['a value between them that comes out', { more: [output('shifted', [STREAMS, HEADS, 2, 5])] }],
  ])('are left alone with %s', (_, parts) => {
    const model = OnnxModel.parse(shifting({ frames: 2, keys: 4, positions: 5, ...parts }));
    expect(gatherShifts(model, 2, 4)).toBe(model);
  });
});
