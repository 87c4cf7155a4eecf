import { withLastDimension } from './fixed-inputs.ts';
import { besideEachOther, integerVector, type Constant } from './constants.ts';
import { integerAttribute, operation, withInputs, type Node } from './nodes.ts';
import { SIZES_AS_INPUTS_OPSET, type OnnxModel } from './onnx-model.ts';

/** Operators that move values without changing them, their first input being what they move. */
const MOVES = new Set(['Gather', 'Slice', 'Squeeze', 'Unsqueeze', 'Split', 'Transpose', 'Identity', 'Cast']);

/** Of batch × frames × channels. */
const TIME_AXIS = 1;

/** The channel cache of an encoder: its input and output, and the frames × channels of a layer. */
export interface CacheNames {
  readonly input: string;
  readonly output: string;
  /** As one stream has it; the last dimension is the channels. */
  readonly shape: readonly number[];
}

export interface ProjectedCache {
  /** The changed model. */
  readonly model: OnnxModel;
  /** Of the cache that it takes and gives instead; only the last dimension differs. */
  readonly shape: readonly number[];
  /** What each layer adds to that cache, in the order of the layers: streams × frames × channels. */
  readonly fresh: readonly string[];
}

/** Where a layer puts the frames that it remembers in front of the new ones, and what it computes from both. */
interface Layer {
  readonly concat: Node;
  /** The new frames. */
  readonly fresh: string;
  readonly projections: readonly Node[];
  /** The matrices beside each other, where they can be put there. */
  readonly weights: Constant | null;
}

/**
 * An encoder that remembers the keys and values of past frames instead of the frames. Attention multiplies all frames that
 * it looks back on by two constant matrices, in every call anew: 57 rows for each new one in chunks of 80 ms. A product is
 * taken row by row, so those of past frames can be kept as well, and a cache of zeros stays one of zeros. Results differ by
 * rounding alone. The cache doubles in size.
 *
 * @returns `null` for a graph in which layers use remembered frames in any other way, 8-bit products (whose rounding
 *   depends on all rows together) among them.
 */
export function projectCache(model: OnnxModel, cache: CacheNames): ProjectedCache | null {
  if (model.opset < SIZES_AS_INPUTS_OPSET) return null;
  const width = cache.shape.at(-1)!;
  const isSquare = (name: string): boolean => {
    const { dims } = model.constants.get(name) ?? { dims: [] };
    return dims.length === 2 && dims.every((size) => size === width);
  };
  const remembered = movedFrom(cache.input, model);
  const projectionsOf = (joined: string): readonly Node[] =>
    model
      .consumersOf(joined)
      .filter(({ operator, inputs }) => operator === 'MatMul' && inputs[0] === joined && isSquare(inputs[1]!));
  // An update of the cache may join frames too, but multiplies none.
  const concats = model.nodes.filter(
    (node) =>
      node.operator === 'Concat' &&
      node.inputs.length === 2 &&
      integerAttribute(node, 'axis', 0) === TIME_AXIS &&
      remembered.has(node.inputs[0]!) &&
      !remembered.has(node.inputs[1]!) &&
      projectionsOf(node.outputs[0]!).length > 0,
  );
  const updates = cacheUpdates(cache.output, model, remembered, concats);
  if (concats.length === 0 || updates === null) return null;

  const layers: Layer[] = [];
  for (const concat of concats) {
    const joined = concat.outputs[0]!;
    const projections = projectionsOf(joined);
    const others = model.consumersOf(joined).filter((node) => !updates.has(node) && !projections.includes(node));
    if (others.some(({ operator }) => operator !== 'Shape')) return null;
    const fresh = concat.inputs[1]!;
    const matrices = projections.map(({ inputs }) => model.constants.get(inputs[1]!)!);
    layers.push({ concat, fresh, projections, weights: besideEachOther(`${wide(fresh)}/weights`, matrices) });
  }
  const count = layers[0]!.projections.length;
  if (layers.some(({ projections }) => projections.length !== count)) return null;
  const isKnown = new Set([...concats, ...updates]);
  const isForeign = (node: Node): boolean =>
    !isKnown.has(node) && !node.outputs.some((name) => remembered.has(name)) && !isSize(node, model);
  if ([...remembered].some((name) => model.consumersOf(name).some(isForeign))) return null;
  // Frames that one layer remembers twice, or two layers once, would need to be told apart.
  if (new Set(layers.map(({ fresh }) => fresh)).size !== layers.length) return null;

  const sizes = Array.from({ length: count }, () => width);
  const added = [integerVector(SIZES, sizes), ...layers.flatMap(({ weights }) => weights ?? [])];
  const changed = model.with({
    nodes: rewrite(model, layers, updates),
    inputs: model.inputs.map((value) => (value.name === cache.input ? withLastDimension(value, count * width) : value)),
    outputs: model.outputs.map((value) =>
      value.name === cache.output ? withLastDimension(value, count * width) : value,
    ),
  });
  const shape = [...cache.shape.slice(0, -1), count * width];
  return { model: changed.withConstants(added), shape, fresh: layers.map(({ fresh }) => wide(fresh)) };
}

const PREFIX = 'earshot/projected/';
const SIZES = `${PREFIX}sizes`;

/** The nodes in an order in which each comes behind what it takes. */
function rewrite(model: OnnxModel, layers: readonly Layer[], updates: ReadonlySet<Node>): Node[] {
  const byConcat = new Map(layers.map((layer) => [layer.concat, layer]));
  const dropped = new Set(layers.flatMap(({ projections }) => projections));
  const renamed = new Map<Node, Map<string, string>>();
  const rename = (node: Node, from: string, to: string): void => {
    renamed.set(node, (renamed.get(node) ?? new Map<string, string>()).set(from, to));
  };
  for (const { concat, fresh, projections } of layers) {
    for (const node of [concat, ...model.consumersOf(fresh).filter((user) => updates.has(user))])
      rename(node, fresh, wide(fresh));
    const [joined] = concat.outputs;
    // Keys are of the shape that the joined frames had.
    for (const node of model.consumersOf(joined!))
      if (node.operator === 'Shape') rename(node, joined!, projections[0]!.outputs[0]!);
  }
  const pending = new Map(layers.map((layer) => [layer.fresh, layer]));
  return model.nodes.flatMap((node) => {
    if (dropped.has(node)) return [];
    const names = renamed.get(node);
    const before = [...(names?.keys() ?? [])].flatMap((name) => {
      const layer = pending.get(name);
      if (layer === undefined) return [];
      pending.delete(name);
      return projected(layer);
    });
    const layer = byConcat.get(node);
    const after = layer ? [split(layer)] : [];
    const taking = names
      ? withInputs(
          node,
          node.inputs.map((name) => names.get(name) ?? name),
        )
      : node;
    return [...before, taking, ...after];
  });
}

function wide(fresh: string): string {
  return `${PREFIX}${fresh}`;
}

/** New frames times each matrix, beside each other. */
function projected({ fresh, projections, weights }: Layer): Node[] {
  if (weights) return [operation('MatMul', [fresh, weights.name], [wide(fresh)])];
  const parts = projections.map((_, i) => `${wide(fresh)}/${i}`);
  const products = projections.map(({ inputs }, i) => operation('MatMul', [fresh, inputs[1]!], [parts[i]!]));
  return [...products, operation('Concat', parts, [wide(fresh)], { axis: 2 })];
}

/** Gives each product of remembered and new frames the name under which it was computed before. */
function split({ concat, projections }: Layer): Node {
  const names = projections.map(({ outputs }) => outputs[0]!);
  return operation('Split', [concat.outputs[0]!, SIZES], names, { axis: 2 });
}

/** Nodes between layers and the cache that comes out; `null` where it is computed in another way. */
function cacheUpdates(
  output: string,
  model: OnnxModel,
  remembered: ReadonlySet<string>,
  concats: readonly Node[],
): ReadonlySet<Node> | null {
  const ends = new Set(concats.flatMap(({ inputs, outputs }) => [inputs[1]!, outputs[0]!]));
  const updates = new Set<Node>();
  const open = [output];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (ends.has(name) || remembered.has(name)) continue;
    const node = model.producerOf(name);
    if (node === null || !(MOVES.has(node.operator) || node.operator === 'Concat')) return null;
    updates.add(node);
    open.push(...dataInputs(node));
  }
  return updates;
}

/** Whether a node only tells sizes one by one: numbers of streams and frames stay, and channels are constants of an export. */
function isSize({ operator, outputs }: Node, model: OnnxModel): boolean {
  return operator === 'Shape' && model.consumersOf(outputs[0]!).every((user) => user.operator === 'Gather');
}

/** Values that are parts of `name`, itself included. */
function movedFrom(name: string, model: OnnxModel): ReadonlySet<string> {
  const moved = new Set([name]);
  for (const value of moved) {
    for (const node of model.consumersOf(value))
      if (MOVES.has(node.operator) && node.inputs[0] === value) for (const part of node.outputs) moved.add(part);
  }
  return moved;
}

function dataInputs({ operator, inputs }: Node): readonly string[] {
  return operator === 'Concat' ? inputs : inputs.slice(0, 1);
}
