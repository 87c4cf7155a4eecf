import { withInputs, type Node } from './nodes.ts';
import type { OnnxModel } from './onnx-model.ts';

/**
 * Leaves out inputs that a node names nothing for at its end. They mean the same as none, but onnxruntime takes padding into
 * the convolution behind it only where the value to pad with is not even left empty.
 */
export function dropEmptyInputs(model: OnnxModel): OnnxModel {
  const nodes = model.nodes.map(withoutEmpty);
  return nodes.every((node, i) => node === model.nodes[i]) ? model : model.with({ nodes });
}

function withoutEmpty(node: Node): Node {
  const count = node.inputs.findLastIndex((name) => name !== '') + 1;
  return count === node.inputs.length ? node : withInputs(node, node.inputs.slice(0, count));
}
