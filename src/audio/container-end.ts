import type { RandomBytes } from './random-bytes.ts';
import { UNKNOWN_SIZE } from './wav.ts';

/** Where a file ends by its own word, in bytes; `null` where it does not say. */
export type StatedEnd = (bytes: RandomBytes) => number | null;

export function endOfAiff(bytes: RandomBytes): number | null {
  return sum(8, bytes.read(4, 4).readUInt32BE());
}

export function endOfAu(bytes: RandomBytes): number | null {
  const head = bytes.read(4, 8);
  return head.length < 8 ? null : sum(head.readUInt32BE(0), head.readUInt32BE(4));
}

export function endOfWave64(bytes: RandomBytes): number | null {
  const head = bytes.read(16, 8);
  return head.length < 8 ? null : Number(head.readBigUInt64LE());
}

/** NIST's header is lines of text. Compressed samples take fewer bytes than it tells of. */
export function endOfSphere(bytes: RandomBytes): number | null {
  const header = bytes.read(0, 1024).toString('latin1');
  const field = (name: string) => Number(new RegExp(`^${name} -i (\\d+)$`, 'm').exec(header)?.[1]);
  if (/^sample_coding .*,/m.test(header)) return null;
  const start = Number(/^NIST_1A\s+(\d+)/.exec(header)?.[1]);
  const end = start + field('sample_count') * field('sample_n_bytes') * field('channel_count');
  return Number.isFinite(end) ? end : null;
}

/** MP4 is a row of boxes, each with its size. */
export function endOfMp4(bytes: RandomBytes): number | null {
  let at = 0;
  while (at + 8 <= bytes.size) {
    const head = bytes.read(at, 16);
    const size = head.readUInt32BE();
    // 0 reaches to the end of the file, 1 has the size in 8 bytes behind.
    if (size === 0 || (size === 1 && head.length < 16)) return null;
    const length = size === 1 ? Number(head.readBigUInt64BE(8)) : size;
    if (length < 8) return null;
    at += length;
  }
  return at;
}

/** Apple's Core Audio Format is a row of chunks. */
export function endOfCaf(bytes: RandomBytes): number | null {
  let at = 8;
  while (at + 12 <= bytes.size) {
    const size = Number(bytes.read(at + 4, 8).readBigInt64BE());
    // -1 reaches to the end of the file.
    if (size < 0) return null;
    at += 12 + size;
  }
  return at;
}

/** Matroska and WebM: a header and a segment, which browsers write without a size. */
export function endOfMatroska(bytes: RandomBytes): number | null {
  const header = readSize(bytes, 4);
  if (header === null) return null;
  const segment = readSize(bytes, header.start + header.size + 4);
  return segment && segment.start + segment.size;
}

/** EBML's integers: zeros in front count their bytes, and only ones stand for no known size. */
function readSize(bytes: RandomBytes, at: number): { readonly start: number; readonly size: number } | null {
  const head = bytes.read(at, 8);
  const length = Math.clz32(head[0] ?? 0) - 23;
  if (length > head.length) return null;
  let size = head[0]! & (0xff >> length);
  let isUnknown = size === 0xff >> length;
  for (const byte of head.subarray(1, length)) {
    size = size * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return isUnknown ? null : { start: at + length, size };
}

function sum(start: number, size: number): number | null {
  return size >= UNKNOWN_SIZE ? null : start + size;
}
