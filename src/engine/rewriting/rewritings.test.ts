import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EMBEDDED_BYTES, EMBEDDED_FOLDER, encode, largestDifference, LOOK_AHEADS } from './__fixtures__/embedded.ts';
import { expectSameOutcome, operators } from './__fixtures__/outcomes.ts';
import { floats, halfZeros, input, longs, modelOf, node, output } from './__fixtures__/small-models.ts';
import { REWRITINGS } from './index.ts';
import { joinLayerNorms } from './layer-norms.ts';
import { OnnxModel } from './onnx-model.ts';
import { dropEmptyInputs } from './optional-inputs.ts';
import { widenConvolutions } from './planar-convolutions.ts';
import { gatherShifts } from './relative-shifts.ts';

describe('a rewritten encoder', () => {
  test.each(LOOK_AHEADS)('gives the frames at look-ahead %i that the export gives', async (lookAhead) => {
    const model = REWRITINGS.reduce((rewritten, rewrite) => rewrite(rewritten), OnnxModel.parse(EMBEDDED_BYTES));
    const expected = await encode(EMBEDDED_BYTES, 128, lookAhead);
    const actual = await encode(model.encode(), 128, lookAhead);
    expect(largestDifference(expected, actual)).toBeLessThan(1e-4);
  });

  test('has one node for each layer normalization and a second axis in each convolution over time', () => {
    const model = REWRITINGS.reduce((rewritten, rewrite) => rewrite(rewritten), OnnxModel.parse(EMBEDDED_BYTES));
    const count = (operator: string): number => operators(model).filter((name) => name === operator).length;
    // Five layers: one normalization before each of four parts, one in the convolution and one at the end.
    expect([count('LayerNormalization'), count('Sqrt'), count('Pow')]).toEqual([30, 0, 0]);
    expect(count('Squeeze')).toBe(5);
  });

  test('has for full windows one step for each shift, with the frames that the export gives', async () => {
    const changed = gatherShifts(OnnxModel.parse(EMBEDDED_BYTES), 7, 63).encode();
    const gathering = operators(OnnxModel.parse(changed)).filter((name) => name === 'GatherElements');
    expect(gathering).toHaveLength(5);
    const [expected, actual] = [await encode(EMBEDDED_BYTES, 128, 6), await encode(changed, 128, 6)];
    expect(largestDifference(expected, actual)).toBeLessThan(1e-4);
  });

  test('is the very model where there is nothing to rewrite', () => {
    const model = OnnxModel.parse(normalizing({ exponent: 3 }));
    for (const rewrite of REWRITINGS) expect(rewrite(model)).toBe(model);
  });

  test('keeps 8-bit convolutions as they are, and the rest exactly', async () => {
    const int8 = readFileSync(join(EMBEDDED_FOLDER, 'encoder.int8.onnx'));
    const model = REWRITINGS.reduce((rewritten, rewrite) => rewrite(rewritten), OnnxModel.parse(int8));
    expect(operators(model).filter((name) => name === 'LayerNormalization')).toHaveLength(30);
    const [expected, actual] = [await encode(int8, 128, 6), await encode(model.encode(), 128, 6)];
    expect(largestDifference(expected, actual)).toBeLessThan(1e-4);
  });
});

/** Parts with the digests of their messages, which are long. */
function digested(parts: readonly { readonly content: Uint8Array }[]): unknown[] {
  return parts.map((part) => ({ ...part, content: createHash('sha256').update(part.content).digest('hex') }));
}

test('a model that is written again has all that it had', () => {
  const model = OnnxModel.parse(EMBEDDED_BYTES);
  const again = OnnxModel.parse(model.encode());
  expect(digested(again.nodes)).toEqual(digested(model.nodes));
  expect(digested(again.inputs)).toEqual(digested(model.inputs));
  expect(digested(again.outputs)).toEqual(digested(model.outputs));
  expect(again.opset).toBe(13);
  const taken = [...model.constants].filter(([name]) => model.consumersOf(name).length > 0);
  expect([...again.constants.keys()]).toEqual(taken.map(([name]) => name));
  expect(digested([...again.constants.values()])).toEqual(digested(taken.map(([, constant]) => constant)));
  const alone = OnnxModel.parse(modelOf([floats('y', [2], [1, 2]), output('y', [2])], 13));
  expect([...OnnxModel.parse(alone.encode()).constants.keys()], 'a constant that comes out').toEqual(['y']);
});

test('nodes may stand in any order', async () => {
  const model = OnnxModel.parse(EMBEDDED_BYTES);
  const reversed = OnnxModel.parse(model.with({ nodes: model.nodes.toReversed() }).encode());
  expect(reversed.nodes).toHaveLength(model.nodes.length);
  expect(await encode(reversed.encode(), 128, 13)).toEqual(await encode(EMBEDDED_BYTES, 128, 13));
});

test('nodes that nothing takes any more are not written', () => {
  const parts = [
    node('Relu', ['x'], ['left']),
    node('Neg', ['left'], ['over']),
    node('If', ['condition'], ['y'], {
      then_branch: { graph: [node('Identity', ['taken inside'], ['chosen']), output('chosen', [2])] },
      else_branch: { graph: [node('Identity', ['taken inside'], ['chosen']), output('chosen', [2])] },
    }),
    input('x', [2]),
    output('y', [2]),
  ];
  const model = OnnxModel.parse(modelOf([node('Abs', ['x'], ['taken inside']), ...parts], 13));
  expect(operators(OnnxModel.parse(model.encode()))).toEqual(['Abs', 'If']);
});

interface Normalizing {
  readonly axes?: readonly number[];
  readonly varianceAxes?: readonly number[];
  readonly keepdims?: number;
  /** Of the bias. */
  readonly isHalf?: boolean;
  readonly exponent?: number;
  readonly scaleDims?: readonly number[];
  readonly more?: readonly Buffer[];
  readonly minuend?: string;
}

/** Layer normalization of the last of two axes of 2 × 3, written out. */
function normalizing({
  axes = [-1],
  varianceAxes = [-1],
  keepdims = 1,
  isHalf = false,
  exponent = 2,
  scaleDims = [3],
  more = [],
  minuend = 'x',
}: Normalizing): Buffer {
  const parts = [
    node('ReduceMean', ['x'], ['mean'], { axes, keepdims }),
    node('Sub', [minuend, 'mean'], ['centered']),
    node('Pow', ['centered', 'exponent'], ['squares']),
    node('ReduceMean', ['squares'], ['variance'], { axes: varianceAxes }),
    node('Add', ['variance', 'epsilon'], ['guarded']),
    node('Sqrt', ['guarded'], ['deviation']),
    node('Div', ['centered', 'deviation'], ['normal']),
    node('Mul', ['scale', 'normal'], ['scaled']),
    node('Add', ['scaled', 'bias'], ['y']),
    ...more,
    floats('exponent', [], [exponent]),
    floats('epsilon', [], [0.1]),
    floats(
      'scale',
      scaleDims,
      Array.from({ length: scaleDims.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    ),
    isHalf ? halfZeros('bias', [3]) : floats('bias', [3], [-1, 0, 5]),
    input('x', [2, 3]),
    output('y', [2, 3]),
  ];
  return modelOf(parts, 13);
}

describe('layer normalizations', () => {
  test('that are written out become one node', async () => {
    const before = OnnxModel.parse(normalizing({}));
    const after = joinLayerNorms(before);
    expect(operators(after)).toEqual(['LayerNormalization']);
    await expectSameOutcome(before, after, [2, 3]);
  });

  test.each([
    ['the first axis', { axes: [0] }],
    ['both axes', { axes: [0, 1] }],
    ['a variance over the first axis', { varianceAxes: [0] }],
    ['a mean without its axis', { keepdims: 0 }],
    ['a bias of 16 bits', { isHalf: true }],
    ['a third moment', { exponent: 3 }],
    ['the mean of another value', { minuend: 'scale' }],
    ['a scale that differs by row', { scaleDims: [2, 3] }],
    ['centered values that others take', { more: [node('Relu', ['centered'], ['other'])] }],
    ['centered values that come out', { more: [output('centered', [2, 3])] }],
    ['a deviation that others take', { more: [node('Relu', ['deviation'], ['other'])] }],
    ['scaled values that come out', { more: [output('scaled', [2, 3])] }],
  ])('are left alone with %s', (_, parts) => {
    const model = OnnxModel.parse(normalizing(parts));
    expect(operators(joinLayerNorms(model))).toEqual(operators(model));
  });
});

function convolving({
  attributes = {},
  weightDims = [2, 1, 3],
  more = [],
  opset = 13,
  isHalf = false,
}: {
  attributes?: Parameters<typeof node>[3];
  weightDims?: readonly number[];
  more?: readonly Buffer[];
  opset?: number;
  isHalf?: boolean;
}): Buffer {
  const size = weightDims.reduce((product, length) => product * length, 1);
  const parts = [
    node('Conv', ['x', 'weights', 'bias'], ['y'], { group: 2, ...attributes }),
    ...more,
    isHalf
      ? halfZeros('weights', weightDims)
      : floats(
          'weights',
          weightDims,
          Array.from({ length: size }, (_, i) => i - 2),
        ),
    floats('bias', [2], [10, 20]),
    input('x', [1, 2, 11]),
    output('y', [1, 2, 9]),
  ];
  return modelOf(parts, opset);
}

describe('convolutions over time, channel by channel', () => {
  test.each([
    ['none', {}],
    ['padding', { pads: [2, 0] }],
    ['padding on both sides', { pads: [1, 3] }],
    ['a stride', { strides: [2] }],
    ['a dilation', { dilations: [2], kernel_shape: [3] }],
    ['all of them', { pads: [4, 1], strides: [3], dilations: [2], auto_pad: 'NOTSET' }],
  ])('compute the same along a second axis, with %s', async (_, attributes) => {
    const before = OnnxModel.parse(convolving({ attributes }));
    const after = widenConvolutions(before);
    expect(operators(after)).toEqual(['Unsqueeze', 'Conv', 'Squeeze']);
    await expectSameOutcome(before, after, [1, 2, 11]);
  });

  test.each([
    ['automatic padding', { attributes: { auto_pad: 'SAME_UPPER' } }],
    ['channels that mix', { attributes: { group: 1 }, weightDims: [2, 2, 3] }],
    ['two axes already', { weightDims: [2, 1, 3, 1] }],
    ['weights that others take', { more: [node('Relu', ['weights'], ['other'])] }],
    ['older operators', { opset: 12 }],
    ['weights of 16 bits', { isHalf: true }],
    ['products of 8 bits beside them', { more: [node('DynamicQuantizeLinear', ['x'], ['q', 's', 'z'])] }],
  ])('are left alone with %s', (_, parts) => {
    const model = OnnxModel.parse(convolving(parts));
    expect(operators(widenConvolutions(model))).toEqual(operators(model));
  });
});

test('what a branch takes from around it counts as taken', () => {
  const branch = { graph: [node('Identity', ['centered'], ['chosen']), output('chosen', [2, 3])] };
  const more = [node('If', ['condition'], ['other'], { then_branch: branch, else_branch: branch })];
  const model = OnnxModel.parse(normalizing({ more }));
  expect(model.consumersOf('centered').map(({ operator }) => operator)).toContain('If');
  expect(operators(joinLayerNorms(model))).toEqual(operators(model));
});

test('inputs that are named nothing are left out at the end of a node only', async () => {
  const parts = [
    node('Clip', ['x', '', 'most'], ['clipped']),
    node('Pad', ['clipped', 'pads', ''], ['y']),
    floats('most', [], [0.5]),
    longs('pads', [0, 1, 0, 1]),
    input('x', [1, 3]),
    output('y', [1, 5]),
  ];
  const before = OnnxModel.parse(modelOf(parts, 13));
  const after = dropEmptyInputs(before);
  expect(after.nodes.map(({ inputs }) => inputs)).toEqual([
    ['x', '', 'most'],
    ['clipped', 'pads'],
  ]);
  await expectSameOutcome(before, after, [1, 3]);
});
