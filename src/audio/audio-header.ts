import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import {
  endOfAiff,
  endOfAu,
  endOfCaf,
  endOfMatroska,
  endOfMp4,
  endOfSphere,
  endOfWave64,
  type StatedEnd,
} from './container-end.ts';
import { isFlacCut } from './flac-end.ts';
import { lengthOfMp3 } from './mp3-length.ts';
import type { RandomBytes } from './random-bytes.ts';
import { isChunkName, UNKNOWN_SIZE } from './wav.ts';

/** What the header of an audio file says. */
export interface AudioHeader {
  readonly format: string;
  /** `null` when only decoding can tell. */
  readonly seconds: number | null;
  /** What is wrong with the file, as far as its header shows it. */
  readonly problem: string | null;
}

/** Formats that are known by how they begin. */
const formats: readonly (readonly [
  format: string,
  start: RegExp,
  read: (bytes: RandomBytes) => Omit<AudioHeader, 'format'>,
])[] = [
  ['WAV', /^(RIFF|RF64)[^]{4}WAVE/, readWav],
  ['FLAC', /^fLaC/, readFlac],
  ['Ogg', /^OggS/, readOgg],
  ['MP3', /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/, readMp3],
  ['MP4', /^[^]{4}ftyp/, endingAt(endOfMp4)],
  ['AIFF', /^FORM[^]{4}AIF/, endingAt(endOfAiff)],
  ['WebM', /^\x1a\x45\xdf\xa3/, endingAt(endOfMatroska)],
  ['SPHERE', /^NIST_1A/, endingAt(endOfSphere)],
  ['AU', /^\.snd/, endingAt(endOfAu)],
  ['CAF', /^caff/, endingAt(endOfCaf)],
  ['Wave64', /^riff\x2e\x91\xcf\x11/, endingAt(endOfWave64)],
  ['AAC', /^\xff[\xf0\xf1\xf8\xf9]/, unread],
  ['WMA', /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, unread],
  ['AMR', /^#!AMR/, unread],
];

/** Endings that say what is inside. */
const formatsByExtension: Readonly<Record<string, string>> = {
  '.wav': 'WAV',
  '.flac': 'FLAC',
  '.mp3': 'MP3',
  '.ogg': 'Ogg',
  '.opus': 'Ogg',
  '.m4a': 'MP4',
  '.aiff': 'AIFF',
  '.webm': 'WebM',
  '.sph': 'SPHERE',
  '.caf': 'CAF',
  '.wma': 'WMA',
};

/** The format that a file is called by; `null` where its name does not tell. */
export function formatOfName(path: string): string | null {
  return formatsByExtension[extname(path).toLowerCase()] ?? null;
}

/**
 * Reads the header of an audio file, by its content and whatever it is called.
 * @returns `null` when it is no audio that is known.
 */
export function headerOfFile(path: string): AudioHeader | null {
  const file = openSync(path, 'r');
  try {
    return readHeader({
      size: fstatSync(file).size,
      read(at, length) {
        const buffer = Buffer.alloc(length);
        return buffer.subarray(0, readSync(file, buffer, 0, length, at));
      },
    });
  } finally {
    closeSync(file);
  }
}

/** The same of audio in memory. */
export function headerOfBytes(bytes: Buffer): AudioHeader | null {
  return readHeader({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) });
}

function readHeader(bytes: RandomBytes): AudioHeader | null {
  const start = bytes.read(0, 16).toString('latin1');
  const format = formats.find(([, pattern]) => pattern.test(start));
  return format === undefined ? null : { format: format[0], ...format[2](bytes) };
}

/** Nothing of the header is read: the file's decoder will. */
function unread() {
  return { seconds: null, problem: null };
}

/** No more than where the file has to end is read. */
function endingAt(statedEnd: StatedEnd) {
  return (bytes: RandomBytes) => {
    const end = statedEnd(bytes);
    const isCut = end !== null && end > bytes.size;
    return {
      seconds: null,
      problem: isCut ? `is truncated: ${end} bytes are promised, ${bytes.size} are there` : null,
    };
  };
}

function readWav(bytes: RandomBytes) {
  let bytesPerSecond = 0;
  let longSize: number | null = null;
  for (let at = 12; at + 8 <= bytes.size;) {
    const head = bytes.read(at, 28);
    if (head.length < 8) break;
    const name = head.toString('latin1', 0, 4);
    if (!isChunkName(name)) return { seconds: null, problem: `is damaged at byte ${at}, before its samples` };
    const size = head.readUInt32LE(4);
    if (name === 'fmt ' && head.length >= 20) bytesPerSecond = head.readUInt32LE(16);
    // RF64 keeps sizes beyond 4 GiB apart, the one of the samples second.
    if (name === 'ds64' && head.length >= 24) longSize = Number(head.readBigUInt64LE(16));
    if (name === 'data') {
      if (bytesPerSecond === 0) return { seconds: null, problem: 'has no format before its samples' };
      const present = bytes.size - at - 8;
      const promised = longSize ?? size;
      const isCut = promised > present && (longSize !== null || size < UNKNOWN_SIZE);
      const problem = isCut ? `is truncated: ${promised} bytes of samples are promised, ${present} are there` : null;
      return { seconds: (promised === 0 || promised > present ? present : promised) / bytesPerSecond, problem };
    }
    at += 8 + size + (size % 2);
  }
  return { seconds: null, problem: 'is cut short before its samples' };
}

function readFlac(bytes: RandomBytes) {
  const info = bytes.read(18, 8);
  if (info.length < 8) return { seconds: null, problem: 'is cut short before its samples' };
  const sampleRate = (info[0]! << 12) | (info[1]! << 4) | (info[2]! >> 4);
  const samples = (info[3]! & 0x0f) * 2 ** 32 + info.readUInt32BE(4);
  const problem = isFlacCut(bytes) ? 'is truncated: its last frame is not that of its last samples' : null;
  return { seconds: sampleRate > 0 && samples > 0 ? samples / sampleRate : null, problem };
}

function readMp3(bytes: RandomBytes) {
  const { seconds, isCut } = lengthOfMp3(bytes);
  return { seconds, problem: isCut ? 'is truncated: its frames go on beyond its end' : null };
}

/** An Ogg page is at most this long, so the last one begins within it. */
const LONGEST_PAGE = 65_536;

function readOgg(bytes: RandomBytes) {
  const first = bytes.read(28, 24);
  const kind = first.toString('latin1', 0, 8);
  const isOpus = kind === 'OpusHead';
  const isVorbis = kind.startsWith('\x01vorbis');
  const tail = bytes.read(Math.max(0, bytes.size - LONGEST_PAGE), LONGEST_PAGE);
  const last = tail.lastIndexOf('OggS');
  if ((!isOpus && !isVorbis) || last === -1 || last + 14 > tail.length) return unread();
  const end = Number(tail.readBigInt64LE(last + 6));
  // Opus counts at 48 kHz whatever was recorded, and its first samples are not heard.
  const seconds = isOpus ? (end - first.readUInt16LE(10)) / 48_000 : end / first.readUInt32LE(12);
  const isCut = last + pageBytes(tail.subarray(last)) > tail.length;
  return {
    seconds: seconds > 0 ? seconds : null,
    problem: isCut ? 'is truncated: its last page goes on beyond its end' : null,
  };
}

/** Length of an Ogg page, from its header and its table of segments. */
function pageBytes(page: Buffer): number {
  const segments = page[26] ?? 0;
  return page.subarray(27, 27 + segments).reduce((sum, bytes) => sum + bytes, 27 + segments);
}
