import type { Tensor, TensorConstructor } from 'onnxruntime-node';
import type { FloatType, IntegerType } from './contracts/contract.ts';

/** Makes tensors over memory that the caller keeps. */
export class TensorFactory {
  readonly #Tensor: TensorConstructor;

  constructor(constructor: TensorConstructor) {
    this.#Tensor = constructor;
  }

  floats(data: Float32Array, shape: readonly number[]): Tensor {
    return new this.#Tensor('float32', data, shape);
  }

  zeros(type: FloatType, shape: readonly number[]): Tensor {
    const size = shape.reduce((product, length) => product * length, 1);
    if (type === 'float32') return this.floats(new Float32Array(size), shape);
    return new this.#Tensor(type, new Uint16Array(size), shape);
  }

  /** The same memory in another shape. */
  reshaped(tensor: Tensor, shape: readonly number[]): Tensor {
    return new this.#Tensor(tensor.type as 'float32', tensor.data as Float32Array, shape);
  }

  /** Of the same type in another shape. */
  zerosLike(tensor: Tensor, shape: readonly number[]): Tensor {
    const { type } = tensor;
    if (type === 'float32' || type === 'float16') return this.zeros(type, shape);
    const size = shape.reduce((product, length) => product * length, 1);
    return type === 'int64'
      ? new this.#Tensor(type, new BigInt64Array(size), shape)
      : new this.#Tensor('int32', new Int32Array(size), shape);
  }

  /** The memory that a tensor begins with, in another shape. */
  beginning(tensor: Tensor, shape: readonly number[]): Tensor {
    const size = shape.reduce((product, length) => product * length, 1);
    const { type, data } = tensor;
    return new this.#Tensor(type as 'float32', (data as Float32Array).subarray(0, size), shape);
  }

  integers(type: IntegerType, value: number, shape: readonly number[]): Tensor {
    const tensor =
      type === 'int64'
        ? new this.#Tensor(type, new BigInt64Array(1), shape)
        : new this.#Tensor(type, new Int32Array(1), shape);
    setInteger(tensor, value);
    return tensor;
  }
}

/** Writes the only element of an integer tensor. */
export function setInteger(tensor: Tensor, value: number): void {
  if (tensor.data instanceof BigInt64Array) tensor.data[0] = BigInt(value);
  else (tensor.data as Int32Array)[0] = value;
}

/** Reads the only element of an integer tensor. */
export function integerOf(tensor: Tensor): number {
  return Number(tensor.data[0]);
}
