import { FLOAT, integerVector, reshaped, type Constant } from './constants.ts';
import { integerAttribute, integersAttribute, operation, textAttribute, type Node } from './nodes.ts';
import { SIZES_AS_INPUTS_OPSET, type OnnxModel } from './onnx-model.ts';

const PREFIX = 'earshot/planar/';
const AXES = `${PREFIX}axes`;

/**
 * Gives convolutions over time that take each channel for itself a second axis of length one. onnxruntime computes those of
 * two axes many channels at once, but those of one channel by channel, which at short chunks takes a fifth of an encoder's time.
 */
export function widenConvolutions(model: OnnxModel): OnnxModel {
  // A last bit that differs can tip a step of 8 bits.
  const isIn8Bits = model.nodes.some(({ operator }) => operator === 'DynamicQuantizeLinear');
  if (model.opset < SIZES_AS_INPUTS_OPSET || isIn8Bits) return model;
  const constants = new Map(model.constants);
  const nodes = model.nodes.flatMap((node) => {
    const weights = node.operator === 'Conv' ? constants.get(node.inputs[1]!) : undefined;
    if (!weights || !isByChannel(node, weights) || model.onlyConsumerOf(weights.name) !== node) return [node];
    constants.set(weights.name, reshaped(weights, [...weights.dims, 1]));
    return planar(node);
  });
  if (nodes.length === model.nodes.length) return model;
  constants.set(AXES, integerVector(AXES, [3]));
  return model.with({ nodes, constants });
}

/** Whether the convolution is over one axis and of each channel with weights of its own. */
function isByChannel(node: Node, { type, dims }: Constant): boolean {
  const [channels, perGroup] = dims;
  return (
    type === FLOAT &&
    dims.length === 3 &&
    perGroup === 1 &&
    integerAttribute(node, 'group', 1) === channels &&
    (integersAttribute(node, 'pads')?.length ?? 2) === 2 &&
    textAttribute(node, 'auto_pad', 'NOTSET') === 'NOTSET'
  );
}

function planar(node: Node): Node[] {
  const [input, ...weights] = node.inputs;
  const [output] = node.outputs;
  const [wide, wideOutput] = [`${PREFIX}${output!}/input`, `${PREFIX}${output!}`];
  const [before, after] = integersAttribute(node, 'pads') ?? [0, 0];
  const attributes = {
    group: integerAttribute(node, 'group', 1),
    pads: [before!, 0, after!, 0],
    strides: [...(integersAttribute(node, 'strides') ?? [1]), 1],
    dilations: [...(integersAttribute(node, 'dilations') ?? [1]), 1],
  };
  return [
    operation('Unsqueeze', [input!, AXES], [wide]),
    operation('Conv', [wide, ...weights], [wideOutput], attributes),
    operation('Squeeze', [wideOutput, AXES], [output!]),
  ];
}
