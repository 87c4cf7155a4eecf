import { child, delimited, integerField, parse, text, type ParsedField } from './protobuf.ts';

// Field numbers of onnx.proto: ModelProto, GraphProto, ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto.
const GRAPH = 7;
const INPUT = 11;
const NAME = 1;
const VALUE_TYPE = 2;
const TENSOR_TYPE = 1;
const SHAPE = 2;
const DIMENSION = 1;
const DIMENSION_VALUE = 1;

type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * An ONNX model whose inputs of these names have the given shapes instead of the open dimensions that it declares. What
 * follows from shapes alone (positions, index arithmetic, the shapes of everything inside) onnxruntime then computes once,
 * when it loads the model, and no longer in every call.
 *
 * @throws MalformedError for bytes that are no model.
 */
export function specialize(model: Uint8Array, shapes: Shapes): Uint8Array {
  const fields = parse(model).map((field) => (field.number === GRAPH ? graphWith(field, shapes) : field.encoded));
  return Buffer.concat(fields);
}

function graphWith(graph: ParsedField, shapes: Shapes): Uint8Array {
  const members = parse(graph.bytes).map((field) => {
    const shape = field.number === INPUT ? shapes.get(text(parse(field.bytes), NAME)) : undefined;
    return shape === undefined ? field.encoded : replaced(field, [VALUE_TYPE, TENSOR_TYPE, SHAPE], shapeBytes(shape));
  });
  return delimited(GRAPH, members);
}

/** A graph's input or output with another size of its last dimension. */
export function withLastDimension(value: ParsedField, size: number): Uint8Array {
  const shape = [VALUE_TYPE, TENSOR_TYPE, SHAPE].reduce((bytes, step) => child(parse(bytes), step), value.bytes);
  const open = parse(shape).slice(0, -1);
  const dimensions = [...open.map(({ encoded }) => encoded), shapeBytes([size])];
  return replaced(value, [VALUE_TYPE, TENSOR_TYPE, SHAPE], Buffer.concat(dimensions));
}

/** A field whose member at the end of a path of messages has another content. */
function replaced(field: ParsedField, path: readonly number[], content: Uint8Array): Uint8Array {
  const [step, ...rest] = path;
  if (step === undefined) return delimited(field.number, [content]);
  const members = parse(field.bytes);
  return delimited(
    field.number,
    members.map((member) => (member.number === step ? replaced(member, rest, content) : member.encoded)),
  );
}

function shapeBytes(shape: readonly number[]): Uint8Array {
  return Buffer.concat(shape.map((size) => delimited(DIMENSION, [integerField(DIMENSION_VALUE, size)])));
}
