/** The operations of an ONNX graph. */
import {
  child,
  delimited,
  fixed32Field,
  integerField,
  parse,
  repeatedIntegers,
  text,
  textField,
  type ParsedField,
} from '../protobuf.ts';

// Field numbers of onnx.proto: GraphProto, NodeProto, AttributeProto.
const NODE = 1;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const OPERATOR = 4;
const ATTRIBUTE = 5;
const DOMAIN = 7;
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

/** An operation by the names of the values that it takes and gives. */
export interface Node {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** With its domain before it, where that is not the standard's: `com.microsoft.FusedMatMul`. */
  readonly operator: string;
  /** The whole message. */
  readonly content: Uint8Array;
}

/** Whether a domain of operators is the standard's. */
export function isStandard(domain: string): boolean {
  return ['', 'ai.onnx'].includes(domain);
}

export function nodeOf(content: Uint8Array): Node {
  const fields = parse(content);
  const namesOf = (number: number): string[] =>
    fields.filter((part) => part.number === number).map(({ bytes }) => new TextDecoder().decode(bytes));
  const domain = text(fields, DOMAIN);
  const name = text(fields, OPERATOR);
  const operator = isStandard(domain) ? name : `${domain}.${name}`;
  return { inputs: namesOf(NODE_INPUT), outputs: namesOf(NODE_OUTPUT), operator, content };
}

/** What the nodes of a node's own graphs take, such as those of the branches of `If`: values from around it among them. */
export function inputsInside({ content }: Pick<Node, 'content'>): string[] {
  const attributes = parse(content).filter(({ number }) => number === ATTRIBUTE);
  const graphs = attributes.flatMap(({ bytes }) =>
    parse(bytes).filter(({ number }) => number === ATTRIBUTE_GRAPH || number === ATTRIBUTE_GRAPHS),
  );
  const nodes = graphs.flatMap(({ bytes }) => parse(bytes).filter(({ number }) => number === NODE));
  return nodes.map(({ bytes }) => nodeOf(bytes)).flatMap((node) => [...node.inputs, ...inputsInside(node)]);
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
  return fields && repeatedIntegers(fields, ATTRIBUTE_INTEGERS);
}

export function textAttribute(node: Node, name: string, absent: string): string {
  const fields = attribute(node, name);
  return fields ? text(fields, ATTRIBUTE_TEXT) : absent;
}

/** The message of the tensor that an attribute is; `null` where a node has none. */
export function tensorAttribute(node: Node, name: string): Uint8Array | null {
  const fields = attribute(node, name);
  return fields && child(fields, ATTRIBUTE_TENSOR);
}

/** The same operation on other values. */
export function withInputs({ content }: Node, inputs: readonly string[]): Node {
  const others = parse(content).filter(({ number }) => number !== NODE_INPUT);
  const fields = [...inputs.map((name) => textField(NODE_INPUT, name)), ...others.map(({ encoded }) => encoded)];
  return nodeOf(Buffer.concat(fields));
}

/** An attribute to write: an integer, several, or a floating-point number, which has to be named because 1.0 looks like 1. */
type Attribute = number | readonly number[] | { readonly float: number };

/** A node of the standard operators. */
export function operation(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Node {
  const fields = [
    ...inputs.map((name) => textField(NODE_INPUT, name)),
    ...outputs.map((name) => textField(NODE_OUTPUT, name)),
    textField(OPERATOR, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      delimited(ATTRIBUTE, [textField(ATTRIBUTE_NAME, name), ...attributeFields(value)]),
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
