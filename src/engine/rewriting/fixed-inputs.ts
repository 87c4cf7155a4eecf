import { child, delimited, integerField, parse, type ParsedField } from '../protobuf.ts';
import { INT32, INT64, integerVector } from './constants.ts';
import type { OnnxModel, Value } from './onnx-model.ts';

// Field numbers of onnx.proto: ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto.
const VALUE_TYPE = 2;
const TENSOR_TYPE = 1;
const ELEMENT_TYPE = 1;
const SHAPE = 2;
const DIMENSION = 1;
const DIMENSION_VALUE = 1;

/** From a value to its shape. */
const PATH = [VALUE_TYPE, TENSOR_TYPE, SHAPE];

/**
 * A model whose inputs of these names have the given shapes instead of the open dimensions that it declares. What follows
 * from shapes alone (positions, index arithmetic, the shapes of everything inside) onnxruntime then computes once, when it
 * loads the model, and no longer in every call.
 */
export function withShapes(model: OnnxModel, shapes: ReadonlyMap<string, readonly number[]>): OnnxModel {
  const inputs = model.inputs.map((input) => {
    const shape = shapes.get(input.name);
    return shape === undefined ? input : withShape(input, shape);
  });
  return model.with({ inputs });
}

/** A graph's input or output of another shape; `null` for a dimension that is open. */
export function withShape(value: Value, shape: readonly (number | null)[]): Value {
  return { ...value, content: replaced(value.content, PATH, shapeBytes(shape)) };
}

/** A model in which an input of one integer is a constant and no longer an input. */
export function withConstantInput(model: OnnxModel, name: string, value: number): OnnxModel {
  const input = model.inputs.find((one) => one.name === name)!;
  const tensor = parse(child(parse(child(parse(input.content), VALUE_TYPE)), TENSOR_TYPE));
  const isInt32 = tensor.find(({ number }) => number === ELEMENT_TYPE)?.value === INT32;
  const constant = integerVector(name, [value], isInt32 ? INT32 : INT64);
  return model.with({ inputs: model.inputs.filter((one) => one !== input) }).withConstants([constant]);
}

/** A graph's input or output with another size of its last dimension. */
export function withLastDimension(value: Value, size: number): Value {
  const shape = PATH.reduce((bytes, step) => child(parse(bytes), step), value.content);
  const open = parse(shape).slice(0, -1);
  const dimensions = Buffer.concat([...open.map(({ encoded }) => encoded), shapeBytes([size])]);
  return { ...value, content: replaced(value.content, PATH, dimensions) };
}

/** A message whose member at the end of a path of messages has another content. */
function replaced(message: Uint8Array, [step, ...rest]: readonly number[], content: Uint8Array): Uint8Array {
  if (step === undefined) return content;
  const changed = ({ number, bytes, encoded }: ParsedField): Uint8Array =>
    number === step ? delimited(number, [replaced(bytes, rest, content)]) : encoded;
  return Buffer.concat(parse(message).map(changed));
}

function shapeBytes(shape: readonly (number | null)[]): Uint8Array {
  const fields = shape.map((size) => (size === null ? [] : [integerField(DIMENSION_VALUE, size)]));
  return Buffer.concat(fields.map((own) => delimited(DIMENSION, own)));
}
