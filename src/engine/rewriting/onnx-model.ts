/** An ONNX model as far as rewriting its graph needs it: nodes, constants, inputs and outputs. */
import { child, delimited, parse, text, type ParsedField } from '../protobuf.ts';
import { constantOf, scalarOf, type Constant } from './constants.ts';
import { inputsInside, isStandard, nodeOf, tensorAttribute, type Node } from './nodes.ts';

// Field numbers of onnx.proto: ModelProto, OperatorSetIdProto, GraphProto, ValueInfoProto.
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

/** From this version of the operators on, `Split`, `Squeeze` and `Unsqueeze` take sizes and axes as inputs. */
export const SIZES_AS_INPUTS_OPSET = 13;

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
      constants: byName(constants),
      inputs: members(INPUT).map(valueOf),
      outputs: members(OUTPUT).map(valueOf),
    });
  }

  /** The version of the standard operators; 0 where the model states none. */
  get opset(): number {
    const standard = this.#fields
      .filter(({ number }) => number === OPSET)
      .map(({ bytes }) => parse(bytes))
      .find((fields) => isStandard(text(fields, OPSET_DOMAIN)));
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
    const tensor = tensorAttribute(producer, 'value');
    return tensor && scalarOf(constantOf(tensor));
  }

  /** The same model but for these parts. */
  with(parts: Partial<Parts>): OnnxModel {
    const { nodes, constants, inputs, outputs } = this;
    return new OnnxModel(this.#fields, { nodes, constants, inputs, outputs, ...parts });
  }

  /** The same model with further constants. */
  withConstants(added: readonly Constant[]): OnnxModel {
    return this.with({ constants: byName([...this.constants.values(), ...added]) });
  }

  /** Without nodes and constants that nothing takes, and without what the file said about the shapes of values inside. */
  encode(): Uint8Array {
    const taken = new Set(this.outputs.map(({ name }) => name));
    const nodes = new Set<Node>();
    for (const name of taken) {
      const node = this.producerOf(name);
      if (node === null || nodes.has(node)) continue;
      nodes.add(node);
      for (const input of [...node.inputs, ...inputsInside(node)]) taken.add(input);
    }
    const replaced = [NODE, INITIALIZER, INPUT, OUTPUT, VALUE_INFO];
    const kept = (graph: Uint8Array): Uint8Array[] =>
      parse(graph)
        .filter(({ number }) => !replaced.includes(number))
        .map(({ encoded }) => encoded);
    const members = (number: number, messages: Iterable<{ readonly content: Uint8Array }>): Uint8Array[] =>
      Array.from(messages, ({ content }) => delimited(number, [content]));
    const graphOf = (graph: Uint8Array): Uint8Array =>
      delimited(GRAPH, [
        ...members(
          NODE,
          this.nodes.filter((node) => nodes.has(node)),
        ),
        ...kept(graph),
        ...members(
          INITIALIZER,
          [...this.constants.values()].filter(({ name }) => taken.has(name)),
        ),
        ...members(INPUT, this.inputs),
        ...members(OUTPUT, this.outputs),
      ]);
    return Buffer.concat(
      this.#fields.map(({ number, bytes, encoded }) => (number === GRAPH ? graphOf(bytes) : encoded)),
    );
  }
}

function byName(constants: readonly Constant[]): ReadonlyMap<string, Constant> {
  return new Map(constants.map((constant) => [constant.name, constant]));
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

function valueOf(content: Uint8Array): Value {
  return { name: text(parse(content), VALUE_NAME), content };
}
