import { integerVector } from './constants.ts';
import { withShape } from './fixed-inputs.ts';
import { operation } from './nodes.ts';
import type { OnnxModel } from './onnx-model.ts';

const PREFIX = 'earshot/fresh/';
const AXES = `${PREFIX}axes`;

export interface FreshFrames {
  /** The output that is the whole new cache. */
  readonly output: string;
  /** What each layer adds to it: streams × frames × channels. */
  readonly fresh: readonly string[];
  /** Of all of that together, in the layout of the cache; `null` for what is open. */
  readonly shape: readonly (number | null)[];
  readonly layerAxis: number;
}

/**
 * An encoder that gives the new frames of its cache alone, for its caller to put behind those that it remembers. Otherwise all
 * are copied layer by layer, together, and once more out of onnxruntime, in each chunk.
 *
 * That a new cache is the last of the old frames and the new ones is taken for granted: what comes out has to be compared with
 * what came out before.
 */
export function giveFreshFrames(model: OnnxModel, { output, fresh, shape, layerAxis }: FreshFrames): OnnxModel {
  const all = model.producerOf(output);
  const layers = fresh.map((_, layer) => `${PREFIX}${layer}`);
  const changed = model.with({
    nodes: [
      ...model.nodes.filter((node) => node !== all),
      ...fresh.map((name, layer) => operation('Unsqueeze', [name, AXES], [layers[layer]!])),
      operation('Concat', layers, [output], { axis: layerAxis }),
    ],
    outputs: model.outputs.map((value) => (value.name === output ? withShape(value, shape) : value)),
  });
  return changed.withConstants([integerVector(AXES, [layerAxis])]);
}
