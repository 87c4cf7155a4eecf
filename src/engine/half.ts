/** IEEE 754 half precision, which JavaScript's arrays know only as bits. */

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

const SIGN = 0x8000;
const INFINITY = 0x7c00;
const NOT_A_NUMBER = 0x7e00;
/** Values of all bit patterns, made at the first need. */
let values: Float32Array | null = null;

/** Bits of the half nearest to a value, of two equally near the even one; infinite from 65,520 on. */
export function halfBits(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & SIGN;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return NOT_A_NUMBER;
  if (magnitude >= 0x477f_f000) return sign | INFINITY;
  // Below 2^-14, halves are the multiples of 2^-24, and their bits say which.
  if (magnitude < 0x3880_0000) return sign | roundToEven(Math.abs(single[0]) * 2 ** 24);
  // The exponent's offset is 112 less; of the fraction, 13 bits are rounded away.
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - (112 << 23)) >>> 13);
}

/** Values of halves by their bits; 65,536 of them. */
export function halfValues(): Float32Array {
  values ??= Float32Array.from({ length: 1 << 16 }, (_, bits) => valueOf(bits));
  return values;
}

function valueOf(bits: number): number {
  const sign = bits & SIGN ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
