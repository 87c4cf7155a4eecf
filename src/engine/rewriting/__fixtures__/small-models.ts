/** Writes ONNX models of a few nodes, field by field. */
import { delimited, fixed32Field, integerField, textField } from '../../protobuf.ts';

type Attribute = number | readonly number[] | string | { readonly float: number } | { readonly graph: readonly Buffer[] };

function attribute(name: string, value: Attribute): Buffer {
  const content = (): Buffer[] => {
    if (typeof value === 'number') return [integerField(3, value), integerField(20, 2)];
    if (typeof value === 'string') return [textField(4, value), integerField(20, 3)];
    if ('graph' in value) return [delimited(6, [textField(2, 'branch'), ...value.graph]), integerField(20, 5)];
    if ('float' in value) return [fixed32Field(2, value.float), integerField(20, 1)];
    return [...value.map(signed), integerField(20, 7)];
  };
  return delimited(5, [textField(1, name), ...content()]);
}

/** One of a list of integers; negative ones take ten bytes. */
function signed(value: number): Buffer {
  const bytes: number[] = [8 * 8];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) + 128);
  }
}

export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Buffer {
  return delimited(1, [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  ]);
}

function tensor(name: string, dims: readonly number[], type: 1 | 7, data: Float32Array | BigInt64Array): Buffer {
  return delimited(5, [
    ...dims.map((size) => integerField(1, size)),
    integerField(2, type),
    textField(8, name),
    delimited(9, [Buffer.from(data.buffer)]),
  ]);
}

export function floats(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  return tensor(name, dims, 1, Float32Array.from(values));
}

/** Zeros in 16 bits. */
export function halfZeros(name: string, dims: readonly number[]): Buffer {
  const size = dims.reduce((product, length) => product * length, 1);
  const fields = [...dims.map((length) => integerField(1, length)), integerField(2, 10), textField(8, name)];
  return delimited(5, [...fields, delimited(9, [Buffer.alloc(2 * size)])]);
}

export function longs(name: string, values: readonly number[]): Buffer {
  return tensor(name, [values.length], 7, BigInt64Array.from(values, BigInt));
}

function value(number: 11 | 12, name: string, dims: readonly number[]): Buffer {
  const sizes = dims.map((size) => delimited(1, [integerField(1, size)]));
  return delimited(number, [textField(1, name), delimited(2, [delimited(1, [integerField(1, 1), delimited(2, sizes)])])]);
}

export function input(name: string, dims: readonly number[]): Buffer {
  return value(11, name, dims);
}

export function output(name: string, dims: readonly number[]): Buffer {
  return value(12, name, dims);
}

export function modelOf(parts: readonly Buffer[], opset: number): Buffer {
  return Buffer.concat([
    integerField(1, 8),
    delimited(7, [textField(2, 'small'), ...parts]),
    delimited(8, [textField(1, ''), integerField(2, opset)]),
  ]);
}
