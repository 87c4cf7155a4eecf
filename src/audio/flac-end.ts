import type { RandomBytes } from './random-bytes.ts';

/** Holds the last frame of every stream that does not say how long its frames are. */
const LONG_FRAME = 2 ** 20;

/** Tags and padding may stand behind the frames. */
const LONG_TAIL = 2 ** 16;

/** Bytes of a frame's header, its checksum included. */
const LONGEST_HEADER = 16;

/** Frames begin with fourteen ones and a zero; then comes whether blocks are of several sizes. */
const SYNC = 0xfff8;

/**
 * Whether a FLAC ends before the samples that its header promises, by what its last frame says of its place (RFC 9639,
 * sections 8.2 and 9.1). For decoding to tell is what was cut within its last frame, promises no number of samples, or has more
 * than tags behind its frames.
 */
export function isFlacCut(bytes: RandomBytes): boolean {
  const info = bytes.read(0, 42);
  if (info.length < 42) return true;
  const blockSize = info.readUInt16BE(10);
  const longestFrame = info.readUIntBE(15, 3) || LONG_FRAME;
  const promised = (info[21]! & 0x0f) * 2 ** 32 + info.readUInt32BE(22);
  const length = Math.min(bytes.size, longestFrame + LONGEST_HEADER + LONG_TAIL);
  const tail = bytes.read(bytes.size - length, length);
  // What only looks like a frame can add to the end, but takes nothing from it.
  let end = 0;
  for (let at = tail.indexOf(0xff); at !== -1; at = tail.indexOf(0xff, at + 1)) {
    end = Math.max(end, endOfFrame(tail.subarray(at, at + LONGEST_HEADER), blockSize) ?? 0);
  }
  const isBeyondReach = end === 0 && tail.length < bytes.size;
  return end < promised && !isBeyondReach;
}

/** The sample behind a frame; `null` where there is no header of one. */
function endOfFrame(header: Buffer, streamBlockSize: number): number | null {
  if (header.length < 6 || (header.readUInt16BE(0) & 0xfffe) !== SYNC) return null;
  const number = codedNumber(header, 4);
  const sizeCode = header[2]! >> 4;
  const rateCode = header[2]! & 0x0f;
  if (number === null || sizeCode === 0 || rateCode === 15) return null;
  const sizeAt = 4 + number.bytes;
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode < 12 ? 0 : rateCode === 12 ? 1 : 2;
  const checksumAt = sizeAt + sizeBytes + rateBytes;
  if (checksumAt >= header.length || checksum(header.subarray(0, checksumAt)) !== header[checksumAt]) return null;
  const blockSize = sizeBytes > 0 ? header.readUIntBE(sizeAt, sizeBytes) + 1 : sizeOf(sizeCode);
  const isVariable = (header[1]! & 1) === 1;
  return (isVariable ? number.value : number.value * streamBlockSize) + blockSize;
}

function sizeOf(code: number): number {
  if (code === 1) return 192;
  return code < 8 ? 576 * 2 ** (code - 2) : 256 * 2 ** (code - 8);
}

/** Coded like a character of UTF-8: ones in front count its bytes. */
function codedNumber(bytes: Buffer, at: number): { readonly value: number; readonly bytes: number } | null {
  const first = bytes[at]!;
  const ones = Math.clz32(~(first << 24));
  if (ones === 1 || ones > 7) return null;
  const length = Math.max(1, ones);
  let value = first & (0xff >> (ones + 1));
  for (const next of bytes.subarray(at + 1, at + length)) {
    if (next >> 6 !== 0b10) return null;
    value = value * 64 + (next & 0x3f);
  }
  return { value, bytes: length };
}

/** CRC-8 of the polynomial x⁸ + x² + x + 1. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x80 ? 0x107 : 0)) & 0xff;
  }
  return sum;
}
