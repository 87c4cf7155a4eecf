import { integerVector, reshaped } from './constants.ts';
import { operation, type Node } from './nodes.ts';
import { SIZES_AS_INPUTS_OPSET, type OnnxModel } from './onnx-model.ts';

const PREFIX = 'earshot/shifts/';
const INDICES = `${PREFIX}indices`;
const SIZES = `${PREFIX}sizes`;
const START = `${PREFIX}start`;
const STREAMS_AND_HEADS = `${PREFIX}streams-and-heads`;

/** What a shift is written out as: a column of zeros before the others, rows that are longer by one, the first one left out, the old length again, and the columns of the keys. */
const SHIFT = ['Pad', 'Reshape', 'Slice', 'Reshape', 'Slice'];

/**
 * Takes the scores of relative positions (streams × heads × frames × positions) to the keys that they are for in one step
 * instead of five, of which three copy: of frame `i`, key `j` stands at position `frames - 1 - i + j`. (Dai et al. 2019,
 * "Transformer-XL", appendix B.)
 *
 * Shifts are known by their operators alone, since exports compute the sizes inside the graph: what comes out has to be
 * compared with what came out before.
 *
 * @param frames that a call gives.
 * @param keys that each of them attends to.
 */
export function gatherShifts(model: OnnxModel, frames: number, keys: number): OnnxModel {
  if (model.opset < SIZES_AS_INPUTS_OPSET) return model;
  const gathered = new Map<Node, Node[]>();
  const dropped = new Set<Node>();
  for (const node of model.nodes) {
    const shift = shiftFrom(node, model);
    if (shift === null) continue;
    gathered.set(shift.at(-1)!, gather(node.inputs[0]!, shift.at(-1)!.outputs[0]!));
    for (const part of shift) dropped.add(part);
  }
  if (gathered.size === 0) return model;
  const positions = Array.from({ length: frames * keys }, (_, at) => frames - 1 - Math.floor(at / keys) + (at % keys));
  const constants = [
    reshaped(integerVector(INDICES, positions), [1, 1, frames, keys]),
    integerVector(SIZES, [frames, keys]),
    integerVector(START, [0]),
    integerVector(STREAMS_AND_HEADS, [2]),
  ];
  const nodes = model.nodes.flatMap((node) => gathered.get(node) ?? (dropped.has(node) ? [] : [node]));
  return model.with({ nodes }).withConstants(constants);
}

/** The nodes of a shift that begins with this one. */
function shiftFrom(first: Node, model: OnnxModel): readonly Node[] | null {
  const nodes: Node[] = [];
  for (const operator of SHIFT) {
    const last = nodes.at(-1);
    const node: Node | null = last ? model.onlyConsumerOf(last.outputs[0]!) : first;
    if (node?.operator !== operator) return null;
    nodes.push(node);
  }
  return nodes;
}

/** The sizes of the scores are known when the graph is loaded, so that only the last node is left in it. */
function gather(scores: string, shifted: string): Node[] {
  const [shape, outer, sizes, indices] = ['shape', 'outer', 'sizes', 'indices'].map(
    (part) => `${PREFIX}${shifted}/${part}`,
  ) as [string, string, string, string];
  return [
    operation('Shape', [scores], [shape]),
    operation('Slice', [shape, START, STREAMS_AND_HEADS], [outer]),
    operation('Concat', [outer, SIZES], [sizes], { axis: 0 }),
    operation('Expand', [INDICES, sizes], [indices]),
    operation('GatherElements', [scores, indices], [shifted], { axis: 3 }),
  ];
}
