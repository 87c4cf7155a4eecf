/** Reading and writing the nodes and constants of an ONNX graph, as far as changing one needs it. */
import { delimited, integerField, parse, text, varints, type ParsedField } from './protobuf.ts';

// Field numbers of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto, AttributeProto.
const OPSET = 8;
const OPSET_DOMAIN = 1;
const OPSET_VERSION = 2;
const NODE = 1;
const INITIALIZER = 5;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const OPERATOR = 4;
const ATTRIBUTE = 5;
const TENSOR_DIMS = 1;
const TENSOR_TYPE = 2;
const TENSOR_NAME = 8;
const TENSOR_RAW_DATA = 9;
const INT64 = 7;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_INTEGER = 3;
const ATTRIBUTE_KIND = 20;
const KIND_INTEGER = 2;

/** An operation by the names of the values that it takes and gives. */
export interface Node {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly operator: string;
  readonly field: ParsedField;
}

/** The nodes that take each value. */
export function consumersOf(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const consumers = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const name of new Set(node.inputs)) {
      const known = consumers.get(name);
      if (known) known.push(node);
      else consumers.set(name, [node]);
    }
  }
  return consumers;
}

/** Names of the constant matrices of width × width. */
export function squareWeights(graph: readonly ParsedField[], width: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { number, bytes } of graph) {
    if (number !== INITIALIZER) continue;
    const tensorFields = parse(bytes);
    // Repeated numbers stand packed in one field or each in its own.
    const dims = tensorFields
      .filter((field) => field.number === TENSOR_DIMS)
      .flatMap((field) => (field.bytes.length > 0 ? varints(field.bytes) : [field.value]));
    if (dims.length === 2 && dims.every((size) => size === width)) names.add(text(tensorFields, TENSOR_NAME));
  }
  return names;
}

/** The version of the standard operators; 0 where a model states none. */
export function opsetOf(model: readonly ParsedField[]): number {
  const standard = model
    .filter(({ number }) => number === OPSET)
    .map(({ bytes }) => parse(bytes))
    .find((fields) => ['', 'ai.onnx'].includes(text(fields, OPSET_DOMAIN)));
  return standard?.find(({ number }) => number === OPSET_VERSION)?.value ?? 0;
}

/** The nodes of a graph, in its order. */
export function nodesOf(graph: readonly ParsedField[]): readonly Node[] {
  return graph.filter(({ number }) => number === NODE).map(nodeOf);
}

function nodeOf(field: ParsedField): Node {
  const fields = parse(field.bytes);
  const namesOf = (number: number): string[] =>
    fields.filter((part) => part.number === number).map(({ bytes }) => new TextDecoder().decode(bytes));
  return { inputs: namesOf(NODE_INPUT), outputs: namesOf(NODE_OUTPUT), operator: text(fields, OPERATOR), field };
}

/** The attribute `axis`; 0 where a node has none. */
export function axisOf({ field }: Node): number {
  const attributes = parse(field.bytes).filter(({ number }) => number === ATTRIBUTE);
  const axis = attributes.map(({ bytes }) => parse(bytes)).find((fields) => text(fields, ATTRIBUTE_NAME) === 'axis');
  return axis?.find(({ number }) => number === ATTRIBUTE_INTEGER)?.value ?? 0;
}

/** A node that takes other values instead of those named. */
export function withInputs({ field }: Node, names: ReadonlyMap<string, string>): Uint8Array {
  const members = parse(field.bytes).map((part) => {
    const name = part.number === NODE_INPUT ? names.get(new TextDecoder().decode(part.bytes)) : undefined;
    return name === undefined ? part.encoded : string(NODE_INPUT, name);
  });
  return delimited(NODE, members);
}

/** A node of the standard operators, with integers for attributes. */
export function operation(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number>> = {},
): Uint8Array {
  return delimited(NODE, [
    ...inputs.map((name) => string(NODE_INPUT, name)),
    ...outputs.map((name) => string(NODE_OUTPUT, name)),
    string(OPERATOR, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      delimited(ATTRIBUTE, [
        string(ATTRIBUTE_NAME, name),
        integerField(ATTRIBUTE_INTEGER, value),
        integerField(ATTRIBUTE_KIND, KIND_INTEGER),
      ]),
    ),
  ]);
}

/** A constant vector of 64-bit integers. */
export function integerVector(name: string, values: readonly number[]): Uint8Array {
  return delimited(INITIALIZER, [
    integerField(TENSOR_DIMS, values.length),
    integerField(TENSOR_TYPE, INT64),
    string(TENSOR_NAME, name),
    delimited(TENSOR_RAW_DATA, [new Uint8Array(BigInt64Array.from(values, BigInt).buffer)]),
  ]);
}

function string(number: number, value: string): Uint8Array {
  return delimited(number, [Buffer.from(value)]);
}
