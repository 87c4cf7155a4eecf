import { integerVector } from './constants.ts';
import { integerAttribute, operation, type Node } from './nodes.ts';
import { SIZES_AS_INPUTS_OPSET, type OnnxModel } from './onnx-model.ts';

/** Of streams × layers × frames × channels. */
const LAYER_AXIS = 1;
const TIME_AXIS = 2;

const PREFIX = 'earshot/updates/';
const START = `${PREFIX}start`;
const END = `${PREFIX}end`;
const AXES = `${PREFIX}axes`;
const LAYER_AXES = `${PREFIX}layer-axes`;

/**
 * Moves the frames that a cache remembers on for all layers at once. Exports do it layer by layer: the layer's part of the
 * cache, the new frames behind it, the last of both, and in the end all layers beside each other, in which remembered frames
 * are copied three times instead of once.
 *
 * Updates are known by their operators alone, since exports compute the sizes inside the graph: what comes out has to be
 * compared with what came out before.
 *
 * @param frames that a call gives.
 */
export function joinCacheUpdates(
  model: OnnxModel,
  cache: { input: string; output: string },
  frames: number,
): OnnxModel {
  const all = model.producerOf(cache.output);
  if (model.opset < SIZES_AS_INPUTS_OPSET || all?.operator !== 'Concat') return model;
  if (integerAttribute(all, 'axis', 0) !== LAYER_AXIS) return model;
  const fresh = all.inputs.map((name) => freshIn(name, model));
  if (!fresh.every((name) => name !== null)) return model;
  const layers = fresh.map((_, i) => `${PREFIX}${i}`);
  const [kept, added] = [`${PREFIX}kept`, `${PREFIX}added`];
  const constants = [
    integerVector(START, [frames]),
    integerVector(END, [Number.MAX_SAFE_INTEGER]),
    integerVector(AXES, [TIME_AXIS]),
    integerVector(LAYER_AXES, [LAYER_AXIS]),
  ];
  const joined = [
    operation('Slice', [cache.input, START, END, AXES], [kept]),
    ...fresh.map((name, i) => operation('Unsqueeze', [name, LAYER_AXES], [layers[i]!])),
    operation('Concat', layers, [added], { axis: LAYER_AXIS }),
    operation('Concat', [kept, added], [cache.output], { axis: TIME_AXIS }),
  ];
  return model.with({
    nodes: model.nodes.flatMap((node) => (node === all ? joined : [node])),
    constants: new Map([...model.constants, ...constants.map((constant) => [constant.name, constant] as const)]),
  });
}

/** The new frames of a layer in the layer's part of a new cache. */
function freshIn(name: string, model: OnnxModel): string | null {
  const path: Node[] = [];
  for (const operator of ['Unsqueeze', 'Slice', 'Concat']) {
    const node = model.producerOf(path.at(-1)?.inputs[0] ?? name);
    if (node?.operator !== operator) return null;
    path.push(node);
  }
  const { inputs } = path.at(-1)!;
  return inputs.length === 2 ? inputs[1]! : null;
}
