import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { agree } from './agreement.ts';
import { readContract } from './contracts/index.ts';
import { chunkGeometry, type ChunkGeometry } from './geometry.ts';
import { EMBEDDED_FOLDER, LOOK_AHEADS } from './rewriting/__fixtures__/embedded.ts';
import { parse } from './protobuf.ts';
import { integerVector, reshaped } from './rewriting/constants.ts';
import { withInputs } from './rewriting/nodes.ts';
import type { OnnxModel } from './rewriting/onnx-model.ts';
import { keepingCache } from './kept-cache.ts';
import { forBatches, rewrittenEncoder } from './rewritten-encoder.ts';
import { bindGraph, type Graph } from './sessions.ts';
import { TensorFactory } from './tensors.ts';

const contract = await readContract(EMBEDDED_FOLDER, 'fp32');
const rewritten = (await rewrittenEncoder(contract, 'cpu'))!;

async function graphOf(model: OnnxModel): Promise<Graph> {
  const session = await InferenceSession.create(model.encode(), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  return bindGraph(session, rewritten.contract, 'encoder.onnx');
}

const whole = await graphOf(rewritten.model);

/** Whether an encoder that was changed in some way gives what it gave before. */
async function isAccepted(geometry: ChunkGeometry, change: (model: OnnxModel) => OnnxModel): Promise<boolean> {
  const changed = keepingCache(await graphOf(change(forBatches(rewritten, geometry))));
  return agree([whole, changed], new TensorFactory(Tensor), rewritten.contract, geometry);
}

const INDICES = 'earshot/shifts/indices';

/** One layer's shift, or all, with other positions. */
function withPositions(
  model: OnnxModel,
  isChanged: (layer: number) => boolean,
  position: (right: number) => number,
): OnnxModel {
  const indices = model.constants.get(INDICES)!;
  const raw = parse(indices.content).find(({ number }) => number === 9)!.bytes;
  const right = [...new BigInt64Array(Uint8Array.from(raw).buffer)].map(Number);
  const wrong = { ...reshaped(integerVector('wrong', right.map(position)), indices.dims), name: 'wrong' };
  let layer = 0;
  const nodes = model.nodes.map((node) => {
    if (node.operator !== 'Expand' || node.inputs[0] !== INDICES || !isChanged(layer++)) return node;
    return withInputs(node, ['wrong', node.inputs[1]!]);
  });
  return model.with({ nodes, constants: new Map(model.constants).set('wrong', wrong) });
}

test.each(LOOK_AHEADS)('an encoder that gives new frames alone is accepted at look-ahead %i', async (lookAhead) => {
  expect(await isAccepted(chunkGeometry(lookAhead), (model) => model)).toBe(true);
});

test.each(LOOK_AHEADS)('a shift that is wrong by one in one layer is refused at look-ahead %i', async (lookAhead) => {
  for (const wrong of [0, 4]) {
    const off = (model: OnnxModel) =>
      withPositions(
        model,
        (layer) => layer === wrong,
        (right) => Math.max(0, right - 1),
      );
    expect(await isAccepted(chunkGeometry(lookAhead), off), `layer ${wrong}`).toBe(false);
  }
});

test('new frames of layers in another order are refused', async () => {
  const swapped = (model: OnnxModel) =>
    model.with({
      nodes: model.nodes.map((node) => {
        const isLast = node.operator === 'Concat' && node.inputs[0] === 'earshot/fresh/0';
        return isLast ? withInputs(node, node.inputs.toReversed()) : node;
      }),
    });
  expect(await isAccepted(chunkGeometry(0), swapped)).toBe(false);
});

test('a fault that shows only where the cache is nearly full is refused', async () => {
  // Of 57 keys at look-ahead 0, those at the first ten positions: the oldest frames.
  const far = (model: OnnxModel) =>
    withPositions(
      model,
      () => true,
      (right) => (right < 10 ? 0 : right),
    );
  expect(await isAccepted(chunkGeometry(0), far)).toBe(false);
});
