/** An ONNX model as far as rewriting its graph needs it: nodes, constants, inputs and outputs. */
import { child, delimited, fixed32Field, integerField, parse, text, varints, type ParsedField } from '../protobuf.ts';

// Field numbers of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto, AttributeProto, ValueInfoProto.
const GRAPH = 7;
const OPSET = 8;
const OPSET_DOMAIN = 1;
const OPSET_VERSION = 2;
const NODE = 1;
const INITIALIZER = 5;
const INPUT = 11;
const OUTPUT = 12;
const VALUE_INFO = 13;
const VALUE_NAME = 1;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const OPERATOR = 4;
const DOMAIN = 7;
const ATTRIBUTE = 5;
const TENSOR_DIMS = 1;
const TENSOR_TYPE = 2;
const TENSOR_FLOATS = 4;
const TENSOR_NAME = 8;
const TENSOR_RAW_DATA = 9;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_FLOAT = 2;
const ATTRIBUTE_INTEGER = 3;
const ATTRIBUTE_TEXT = 4;
const ATTRIBUTE_TENSOR = 5;
const ATTRIBUTE_GRAPH = 6;
const ATTRIBUTE_INTEGERS = 8;
const ATTRIBUTE_GRAPHS = 11;
const ATTRIBUTE_KIND = 20;
const KIND = { float: 1, integer: 2, integers: 7 };

/** Numbers of element types in `TensorProto.DataType`. */
export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;

/** An operation by the names of the values that it takes and gives. */
export interface Node {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** With its domain before it, where that is not the standard's: `com.microsoft.FusedMatMul`. */
  readonly operator: string;
  /** The whole message. */
  readonly content: Uint8Array;
}

/** A tensor that the model itself contains. */
export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  /** As `TensorProto.DataType` numbers it. */
  readonly type: number;
  /** The whole message. */
  readonly content: Uint8Array;
}

/** An input or output of the graph, with its whole message. */
export interface Value {
  readonly name: string;
  readonly content: Uint8Array;
}

interface Parts {
  readonly nodes: readonly Node[];
  /** By name. */
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

export class OnnxModel implements Parts {
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Of the model, its graph among them. */
  readonly #fields: readonly ParsedField[];
  #consumers: ReadonlyMap<string, readonly Node[]> | null = null;
  #producers: ReadonlyMap<string, Node> | null = null;

  private constructor(fields: readonly ParsedField[], { nodes, constants, inputs, outputs }: Parts) {
    this.#fields = fields;
    this.nodes = nodes;
    this.constants = constants;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Shares the bytes' memory.
   *
   * @throws MalformedError for bytes that are no model.
   */
  static parse(bytes: Uint8Array): OnnxModel {
    const fields = parse(bytes);
    const graph = parse(child(fields, GRAPH));
    const members = (number: number): Uint8Array[] =>
      graph.filter((field) => field.number === number).map((field) => field.bytes);
    const constants = members(INITIALIZER).map(constantOf);
    return new OnnxModel(fields, {
      nodes: members(NODE).map(nodeOf),
      constants: new Map(constants.map((constant) => [constant.name, constant])),
      inputs: members(INPUT).map(valueOf),
      outputs: members(OUTPUT).map(valueOf),
    });
  }

  /** The version of the standard operators; 0 where the model states none. */
  get opset(): number {
    const standard = this.#fields
      .filter(({ number }) => number === OPSET)
      .map(({ bytes }) => parse(bytes))
      .find((fields) => ['', 'ai.onnx'].includes(text(fields, OPSET_DOMAIN)));
    return standard?.find(({ number }) => number === OPSET_VERSION)?.value ?? 0;
  }

  /** The nodes that take a value. */
  consumersOf(name: string): readonly Node[] {
    this.#consumers ??= consumers(this.nodes);
    return this.#consumers.get(name) ?? [];
  }

  /** The only node that takes a value; `null` where there are others or none, or where the value is an output. */
  onlyConsumerOf(name: string): Node | null {
    const [only, ...others] = this.consumersOf(name);
    return only === undefined || others.length > 0 || this.isOutput(name) ? null : only;
  }

  isOutput(name: string): boolean {
    return this.outputs.some((output) => output.name === name);
  }

  /** The node that gives a value; `null` for inputs and constants. */
  producerOf(name: string): Node | null {
    this.#producers ??= new Map(this.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
    return this.#producers.get(name) ?? null;
  }

  /** A constant of one floating-point number, whether it stands beside the nodes or in one; `null` for anything else. */
  scalar(name: string): number | null {
    const stored = this.constants.get(name);
    const producer = this.producerOf(name);
    if (stored) return scalarOf(stored);
    if (producer?.operator !== 'Constant') return null;
    const tensor = attribute(producer, 'value');
    return tensor && scalarOf(constantOf(child(tensor, ATTRIBUTE_TENSOR)));
  }

  /** The same model but for these parts. */
  with(parts: Partial<Parts>): OnnxModel {
    const { nodes, constants, inputs, outputs } = this;
    return new OnnxModel(this.#fields, { nodes, constants, inputs, outputs, ...parts });
  }

  /** Without constants that nothing takes, and without what the file said about the shapes of values inside. */
  encode(): Uint8Array {
    const isTaken = ({ name }: Constant): boolean => this.consumersOf(name).length > 0 || this.isOutput(name);
    const replaced = [NODE, INITIALIZER, INPUT, OUTPUT, VALUE_INFO];
    const kept = (graph: Uint8Array): Uint8Array[] =>
      parse(graph)
        .filter(({ number }) => !replaced.includes(number))
        .map(({ encoded }) => encoded);
    const members = (number: number, messages: Iterable<{ readonly content: Uint8Array }>): Uint8Array[] =>
      Array.from(messages, ({ content }) => delimited(number, [content]));
    const graphOf = (graph: Uint8Array): Uint8Array =>
      delimited(GRAPH, [
        ...members(NODE, this.nodes),
        ...kept(graph),
        ...members(INITIALIZER, [...this.constants.values()].filter(isTaken)),
        ...members(INPUT, this.inputs),
        ...members(OUTPUT, this.outputs),
      ]);
    return Buffer.concat(
      this.#fields.map(({ number, bytes, encoded }) => (number === GRAPH ? graphOf(bytes) : encoded)),
    );
  }
}

function consumers(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const known = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const name of new Set([...node.inputs, ...inputsInside(node)])) {
      const others = known.get(name);
      if (others) others.push(node);
      else known.set(name, [node]);
    }
  }
  return known;
}

/** What the nodes of a node's own graphs take, such as those of the branches of `If`: values from around it among them. */
function inputsInside({ content }: Pick<Node, 'content'>): string[] {
  const attributes = parse(content).filter(({ number }) => number === ATTRIBUTE);
  const graphs = attributes.flatMap(({ bytes }) =>
    parse(bytes).filter(({ number }) => number === ATTRIBUTE_GRAPH || number === ATTRIBUTE_GRAPHS),
  );
  const nodes = graphs.flatMap(({ bytes }) => parse(bytes).filter(({ number }) => number === NODE));
  return nodes.map(({ bytes }) => nodeOf(bytes)).flatMap((node) => [...node.inputs, ...inputsInside(node)]);
}

function nodeOf(content: Uint8Array): Node {
  const fields = parse(content);
  const namesOf = (number: number): string[] =>
    fields.filter((part) => part.number === number).map(({ bytes }) => new TextDecoder().decode(bytes));
  const domain = text(fields, DOMAIN);
  const name = text(fields, OPERATOR);
  const operator = ['', 'ai.onnx'].includes(domain) ? name : `${domain}.${name}`;
  return { inputs: namesOf(NODE_INPUT), outputs: namesOf(NODE_OUTPUT), operator, content };
}

function constantOf(content: Uint8Array): Constant {
  const fields = parse(content);
  const type = fields.find(({ number }) => number === TENSOR_TYPE)?.value ?? 0;
  return { name: text(fields, TENSOR_NAME), dims: integersOf(fields, TENSOR_DIMS), type, content };
}

function valueOf(content: Uint8Array): Value {
  return { name: text(parse(content), VALUE_NAME), content };
}

/** Repeated numbers, which stand packed in one field or each in its own. */
function integersOf(fields: readonly ParsedField[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap((field) => (field.bytes.length > 0 ? varints(field.bytes) : [field.value]));
}

function scalarOf({ dims, type, content }: Constant): number | null {
  if (type !== FLOAT || dims.some((size) => size !== 1)) return null;
  const fields = parse(content);
  const data = [child(fields, TENSOR_RAW_DATA), child(fields, TENSOR_FLOATS)].find((bytes) => bytes.length === 4);
  return data ? new DataView(data.buffer, data.byteOffset).getFloat32(0, true) : null;
}

function attribute({ content }: Node, name: string): ParsedField[] | null {
  const attributes = parse(content).filter(({ number }) => number === ATTRIBUTE);
  return attributes.map(({ bytes }) => parse(bytes)).find((fields) => text(fields, ATTRIBUTE_NAME) === name) ?? null;
}

/** An attribute that is one integer. */
export function integerAttribute(node: Node, name: string, absent: number): number {
  return attribute(node, name)?.find(({ number }) => number === ATTRIBUTE_INTEGER)?.value ?? absent;
}

/** An attribute that is a list of integers; `null` where a node has none. */
export function integersAttribute(node: Node, name: string): readonly number[] | null {
  const fields = attribute(node, name);
  return fields && integersOf(fields, ATTRIBUTE_INTEGERS);
}

export function textAttribute(node: Node, name: string, absent: string): string {
  const fields = attribute(node, name);
  return fields ? text(fields, ATTRIBUTE_TEXT) : absent;
}

/** The same operation on other values. */
export function withInputs({ content }: Node, inputs: readonly string[]): Node {
  const others = parse(content).filter(({ number }) => number !== NODE_INPUT);
  const fields = [...inputs.map((name) => string(NODE_INPUT, name)), ...others.map(({ encoded }) => encoded)];
  return nodeOf(Buffer.concat(fields));
}

/** An attribute to write; of a number without a fraction, whether it is an integer cannot be seen. */
type Attribute = number | readonly number[] | { readonly float: number };

/** A node of the standard operators. */
export function operation(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Node {
  const fields = [
    ...inputs.map((name) => string(NODE_INPUT, name)),
    ...outputs.map((name) => string(NODE_OUTPUT, name)),
    string(OPERATOR, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      delimited(ATTRIBUTE, [string(ATTRIBUTE_NAME, name), ...attributeFields(value)]),
    ),
  ];
  return { inputs, outputs, operator, content: Buffer.concat(fields) };
}

function attributeFields(value: Attribute): Buffer[] {
  if (typeof value === 'number')
    return [integerField(ATTRIBUTE_INTEGER, value), integerField(ATTRIBUTE_KIND, KIND.integer)];
  if ('float' in value) return [fixed32Field(ATTRIBUTE_FLOAT, value.float), integerField(ATTRIBUTE_KIND, KIND.float)];
  return [
    ...value.map((number) => integerField(ATTRIBUTE_INTEGERS, number)),
    integerField(ATTRIBUTE_KIND, KIND.integers),
  ];
}

/** A constant vector of integers. */
export function integerVector(name: string, values: readonly number[], type: number = INT64): Constant {
  const data = type === INT64 ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
  const content = Buffer.concat([
    integerField(TENSOR_DIMS, values.length),
    integerField(TENSOR_TYPE, type),
    string(TENSOR_NAME, name),
    delimited(TENSOR_RAW_DATA, [new Uint8Array(data.buffer)]),
  ]);
  return { name, dims: [values.length], type, content };
}

/**
 * Matrices with the same number of rows beside each other; `null` where their numbers do not stand in the model's own file
 * as float32.
 */
export function besideEachOther(name: string, matrices: readonly Constant[]): Constant | null {
  const [rows] = matrices[0]!.dims;
  const parts = matrices.map(({ type, content }) => (type === FLOAT ? child(parse(content), TENSOR_RAW_DATA) : null));
  if (parts.some((part, i) => part?.length !== 4 * rows! * matrices[i]!.dims[1]!)) return null;
  const columns = matrices.reduce((sum, { dims }) => sum + dims[1]!, 0);
  const data = new Uint8Array(4 * rows! * columns);
  for (let row = 0, at = 0; row < rows!; row++) {
    for (const part of parts) {
      const bytes = part!.length / rows!;
      data.set(part!.subarray(row * bytes, (row + 1) * bytes), at);
      at += bytes;
    }
  }
  const dims = [rows!, columns];
  const content = Buffer.concat([
    ...dims.map((size) => integerField(TENSOR_DIMS, size)),
    integerField(TENSOR_TYPE, FLOAT),
    string(TENSOR_NAME, name),
    delimited(TENSOR_RAW_DATA, [data]),
  ]);
  return { name, dims, type: FLOAT, content };
}

/** The same numbers in another shape. */
export function reshaped({ name, type, content }: Constant, dims: readonly number[]): Constant {
  const others = parse(content).filter(({ number }) => number !== TENSOR_DIMS);
  const fields = [...dims.map((size) => integerField(TENSOR_DIMS, size)), ...others.map(({ encoded }) => encoded)];
  return { name, dims, type, content: Buffer.concat(fields) };
}

function string(number: number, value: string): Uint8Array {
  return delimited(number, [Buffer.from(value)]);
}
