/** The tensors that an ONNX model itself contains. */
import { child, delimited, integerField, parse, repeatedIntegers, text, textField } from '../protobuf.ts';

// Field numbers of TensorProto in onnx.proto.
const DIMS = 1;
const TYPE = 2;
const FLOATS = 4;
const NAME = 8;
const RAW_DATA = 9;

/** Numbers of element types in `TensorProto.DataType`. */
export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;

/** A tensor that the model itself contains. */
export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  /** As `TensorProto.DataType` numbers it. */
  readonly type: number;
  /** The whole message. */
  readonly content: Uint8Array;
}

export function constantOf(content: Uint8Array): Constant {
  const fields = parse(content);
  const type = fields.find(({ number }) => number === TYPE)?.value ?? 0;
  return { name: text(fields, NAME), dims: repeatedIntegers(fields, DIMS), type, content };
}

/** The only number of a constant of one; `null` where there are more, or none of float32. */
export function scalarOf({ dims, type, content }: Constant): number | null {
  if (type !== FLOAT || dims.some((size) => size !== 1)) return null;
  const fields = parse(content);
  const data = [child(fields, RAW_DATA), child(fields, FLOATS)].find((bytes) => bytes.length === 4);
  return data ? new DataView(data.buffer, data.byteOffset).getFloat32(0, true) : null;
}

/** A constant vector of integers. */
export function integerVector(name: string, values: readonly number[], type: number = INT64): Constant {
  const data = type === INT64 ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
  const content = Buffer.concat([
    integerField(DIMS, values.length),
    integerField(TYPE, type),
    textField(NAME, name),
    delimited(RAW_DATA, [new Uint8Array(data.buffer)]),
  ]);
  return { name, dims: [values.length], type, content };
}

/**
 * Matrices with the same number of rows beside each other; `null` where their numbers do not stand in the model's own file
 * as float32.
 */
export function besideEachOther(name: string, matrices: readonly Constant[]): Constant | null {
  const [rows] = matrices[0]!.dims;
  const parts = matrices.map(({ type, content }) => (type === FLOAT ? child(parse(content), RAW_DATA) : null));
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
    ...dims.map((size) => integerField(DIMS, size)),
    integerField(TYPE, FLOAT),
    textField(NAME, name),
    delimited(RAW_DATA, [data]),
  ]);
  return { name, dims, type: FLOAT, content };
}

/** The same numbers in another shape. */
export function reshaped({ name, type, content }: Constant, dims: readonly number[]): Constant {
  const others = parse(content).filter(({ number }) => number !== DIMS);
  const fields = [...dims.map((size) => integerField(DIMS, size)), ...others.map(({ encoded }) => encoded)];
  return { name, dims, type, content: Buffer.concat(fields) };
}
