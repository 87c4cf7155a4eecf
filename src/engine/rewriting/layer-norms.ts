import { FLOAT } from './constants.ts';
import { integerAttribute, integersAttribute, operation, type Node } from './nodes.ts';
import type { OnnxModel } from './onnx-model.ts';

/**
 * Makes one node of each layer normalization that an export wrote out as nine: those of versions of the operators before 17,
 * which have none. onnxruntime finds such nine itself, but not where it moved a transposition between them, as it does
 * behind the convolution of a Conformer's layer.
 */
export function joinLayerNorms(model: OnnxModel): OnnxModel {
  const joined = new Map<Node, Node>();
  const dropped = new Set<Node>();
  for (const node of model.nodes) {
    const norm = node.operator === 'Div' ? layerNormAround(node, model) : null;
    if (norm === null) continue;
    joined.set(norm.last, norm.node);
    for (const part of norm.others) dropped.add(part);
  }
  if (joined.size === 0) return model;
  return model.with({
    nodes: model.nodes.filter((node) => !dropped.has(node)).map((node) => joined.get(node) ?? node),
  });
}

interface LayerNorm {
  readonly node: Node;
  /** Of the nodes that it stands for, in the place of which it stands. */
  readonly last: Node;
  readonly others: readonly Node[];
}

/** `x - mean(x)`, divided by `√(mean((x - mean(x))²) + ε)`, times the scale, plus the bias; all over the last axis. */
function layerNormAround(quotient: Node, model: OnnxModel): LayerNorm | null {
  const [centered, deviation] = quotient.inputs.map((name) => model.producerOf(name));
  if (centered?.operator !== 'Sub') return null;
  const mean = only(model, centered.inputs[1], 'ReduceMean');
  const root = deviation && only(model, deviation.outputs[0], 'Sqrt');
  const guarded = root && only(model, root.inputs[0], 'Add');
  const variance = guarded && only(model, guarded.inputs[0], 'ReduceMean');
  const squares = variance && only(model, variance.inputs[0], 'Pow');
  if (!mean || !squares || !isOverLast(mean) || !isOverLast(variance)) return null;
  const [value] = centered.inputs;
  const [difference] = centered.outputs;
  const isSquare = squares.inputs[0] === difference && model.scalar(squares.inputs[1]!) === 2;
  const hasOtherUsers = model.consumersOf(difference!).length !== 2 || model.isOutput(difference!);
  const epsilon = model.scalar(guarded.inputs[1]!);
  if (mean.inputs[0] !== value || !isSquare || hasOtherUsers || epsilon === null) return null;

  const scaled = model.onlyConsumerOf(quotient.outputs[0]!);
  const scale = scaled && vectorBeside(quotient, scaled, 'Mul', model);
  const last = scale && model.onlyConsumerOf(scaled.outputs[0]!);
  const bias = last && vectorBeside(scaled, last, 'Add', model);
  if (!bias) return null;
  const node = operation('LayerNormalization', [value!, scale, bias], last.outputs, { epsilon: { float: epsilon } });
  return { node, last, others: [mean, centered, squares, variance, guarded, root, quotient, scaled] };
}

/** The producer of a value that nothing else takes, if it is of this operator. */
function only(model: OnnxModel, name: string | undefined, operator: string): Node | null {
  const producer = name === undefined ? null : model.producerOf(name);
  return producer?.operator === operator && model.onlyConsumerOf(name!) !== null ? producer : null;
}

function isOverLast(mean: Node): boolean {
  const axes = integersAttribute(mean, 'axes');
  return axes?.length === 1 && axes[0] === -1 && integerAttribute(mean, 'keepdims', 1) === 1;
}

/** What a node takes beside the output of `before`, if it is of this operator and that is a constant vector. */
function vectorBeside(before: Node, { operator, inputs }: Node, expected: string, model: OnnxModel): string | null {
  if (operator !== expected) return null;
  const other = inputs.find((name) => name !== before.outputs[0]);
  const vector = other === undefined ? undefined : model.constants.get(other);
  return vector?.type === FLOAT && vector.dims.length === 1 ? vector.name : null;
}
