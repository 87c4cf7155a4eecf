/** Reading and writing protobuf messages field by field, as far as ONNX files need it. */
import { invariant } from '../errors.ts';

/** Bytes that are no message, or a message that is cut short. */
export class MalformedError extends Error {}

interface FieldHeader {
  readonly number: number;
  readonly headerBytes: number;
  /** Bytes that follow the header; 0 for a varint, which is `value` already. */
  readonly contentBytes: number;
  readonly value: number;
  readonly delimited: boolean;
}

/** The longest header: a tag and a length of at most ten bytes each. */
export const HEADER_BYTES = 20;

function varintAt(bytes: Uint8Array, start: number): { value: number; end: number } {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new MalformedError('it ends inside a field');
    if (i < 4) low += (byte & 127) * 2 ** (7 * i);
    else high += (byte & 127) * 2 ** (7 * (i - 4));
    if (byte >= 128) continue;
    // Only negative numbers, in two's complement of 64 bits, are ten bytes long.
    if (i === 9) high -= 2 ** 36;
    return { value: low + high * 2 ** 28, end: start + i + 1 };
  }
  throw new MalformedError('a number is too long');
}

/** The numbers of a packed field. @throws MalformedError */
export function varints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, end } = varintAt(bytes, at);
    values.push(value);
    at = end;
  }
  return values;
}

/** @throws MalformedError where no field starts at `start`. */
export function headerAt(bytes: Uint8Array, start: number): FieldHeader {
  let at = start;
  const varint = (): number => {
    const { value, end } = varintAt(bytes, at);
    at = end;
    return value;
  };
  const tag = varint();
  const number = Math.floor(tag / 8);
  const wire = tag % 8;
  if (number === 0) throw new MalformedError('a field has number 0');
  if (wire === 0) {
    const value = varint();
    return { number, headerBytes: at - start, contentBytes: 0, value, delimited: false };
  }
  if (wire === 1 || wire === 5) {
    return { number, headerBytes: at - start, contentBytes: wire === 1 ? 8 : 4, value: 0, delimited: false };
  }
  if (wire !== 2) throw new MalformedError(`a field has the unknown wire type ${wire}`);
  const contentBytes = varint();
  return { number, headerBytes: at - start, contentBytes, value: 0, delimited: true };
}

export interface ParsedField {
  readonly number: number;
  readonly value: number;
  /** The content; empty for a varint. */
  readonly bytes: Uint8Array;
  /** Header and content. */
  readonly encoded: Uint8Array;
}

/**
 * The fields of a message in memory, which they share.
 *
 * @throws MalformedError
 */
export function parse(bytes: Uint8Array): ParsedField[] {
  const fields: ParsedField[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = headerAt(bytes, at);
    const content = at + header.headerBytes;
    const end = content + header.contentBytes;
    if (end > bytes.length) throw new MalformedError('a field runs past its message');
    const { number, value } = header;
    fields.push({ number, value, bytes: bytes.subarray(content, end), encoded: bytes.subarray(at, end) });
    at = end;
  }
  return fields;
}

/** The content of the first field of a number; empty where there is none. */
export function child(fields: readonly ParsedField[], number: number): Uint8Array {
  return fields.find((field) => field.number === number)?.bytes ?? new Uint8Array();
}

export function text(fields: readonly ParsedField[], number: number): string {
  return new TextDecoder().decode(child(fields, number));
}

/** A length-delimited field of the given parts. */
export function delimited(number: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint(number * 8 + 2), varint(length), ...parts]);
}

export function integerField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

/** A field of text. */
export function textField(number: number, value: string): Buffer {
  return delimited(number, [Buffer.from(value)]);
}

/** Repeated numbers, which stand packed in one field or each in its own. */
export function repeatedIntegers(fields: readonly ParsedField[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap((field) => (field.bytes.length > 0 ? varints(field.bytes) : [field.value]));
}

/** A field of a 32-bit floating-point number. */
export function fixed32Field(number: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([varint(number * 8 + 5), content]);
}

function varint(value: number): Buffer {
  invariant(value >= 0, `${value} cannot be written as an unsigned number`);
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
