import type { Tensor } from 'onnxruntime-node';
import { halfBits, halfValues } from './half.ts';

/**
 * Writes a matrix into a tensor of floats, in its type.
 *
 * @param source rows × columns, from `first` on `count` columns of a row of `stride`.
 * @param isTransposed the tensor is columns × rows.
 */
export function writeMatrix(
  tensor: Tensor,
  source: Float32Array,
  { rows, stride, first, count, isTransposed }: MatrixPart,
): void {
  const isHalf = tensor.type === 'float16';
  const target = isHalf ? bitsOf(tensor) : (tensor.data as Float32Array);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i++) {
      const value = source[row * stride + first + i]!;
      target[isTransposed ? i * rows + row : row * count + i] = isHalf ? halfBits(value) : value;
    }
  }
}

export interface MatrixPart {
  readonly rows: number;
  /** Columns of the whole matrix. */
  readonly stride: number;
  readonly first: number;
  readonly count: number;
  readonly isTransposed: boolean;
}

/** The values of a tensor of floats; its own memory where that holds them as they are. */
export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.type !== 'float16') return tensor.data as Float32Array;
  const values = halfValues();
  const bits = bitsOf(tensor);
  const floats = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) floats[i] = values[bits[i]!]!;
  return floats;
}

/** @param values columns × rows. @returns rows × columns. */
export function transposed(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows;
  const result = new Float32Array(values.length);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) result[row * columns + column] = values[column * rows + row]!;
  }
  return result;
}

/** onnxruntime keeps halves as bits, or in the array type that newer runtimes have for them. */
function bitsOf({ data }: Tensor): Uint16Array {
  const { buffer, byteOffset, length } = data as Uint16Array;
  return new Uint16Array(buffer, byteOffset, length);
}
