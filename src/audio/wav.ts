import { UserError } from '../errors.ts';

/** Audio as a file holds it, mixed down to one channel. */
export interface DecodedAudio {
  /** Mean of the channels, in [-1, 1]; integers of b bits are divided by 2^(b-1). */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
}

interface Format {
  readonly encoding: 'integer' | 'float';
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSample: number;
}

const ENCODING = { integer: 1, float: 3, extensible: 0xfffe };
const OTHER_ENCODINGS: Readonly<Record<number, string>> = {
  2: 'ADPCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  85: 'MP3',
};

/** Writers of streams put these sizes, or ones just below, where they cannot know the size yet. */
const UNKNOWN_SIZE = 0x7fff_0000;

/** Whether the file begins as a WAV does. */
export function isWav(bytes: Buffer): boolean {
  return /^R(IFF|F64)$/.test(bytes.toString('latin1', 0, 4)) && bytes.toString('latin1', 8, 12) === 'WAVE';
}

/**
 * Reads a WAV of 8-bit unsigned, 16-, 24- or 32-bit integer or 32- or 64-bit float samples, any rate, any number of
 * channels, plain or `WAVE_FORMAT_EXTENSIBLE`, and one whose sizes were never filled in because it was streamed.
 *
 * @throws UserError for other encodings and for a file without all the samples that it declares; `path` serves messages.
 */
export function readWav(bytes: Buffer, path: string): DecodedAudio {
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'data') {
      if (format === null) throw new UserError(`${path} is a WAV with its samples before their format`);
      return readSamples(bytes.subarray(start, dataEnd(bytes, start, size, path)), format, path);
    }
    if (start + size > bytes.length) break;
    if (name === 'fmt ') format = readFormat(bytes.subarray(start, start + size), path);
    // Chunks begin at even positions.
    at = start + size + (size % 2);
  }
  throw new UserError(`${path} is a WAV cut short before its samples`);
}

function readFormat(chunk: Buffer, path: string): Format {
  if (chunk.length < 16) throw new UserError(`${path} is a WAV with an incomplete format chunk`);
  let encoding = chunk.readUInt16LE(0);
  // An extensible format states its encoding in the first two bytes of a GUID.
  if (encoding === ENCODING.extensible && chunk.length >= 26) encoding = chunk.readUInt16LE(24);
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const isInteger = encoding === ENCODING.integer && [8, 16, 24, 32].includes(bits);
  const isFloat = encoding === ENCODING.float && [32, 64].includes(bits);
  if (!isInteger && !isFloat) {
    const name = OTHER_ENCODINGS[encoding] ?? `encoding ${encoding}`;
    throw new UserError(
      `${path} is a WAV with ${bits}-bit ${isKnown(encoding) ? 'samples' : name}, which is not read; ${READABLE_WAV}`,
    );
  }
  if (channels === 0 || sampleRate === 0)
    throw new UserError(`${path} is a WAV with ${channels} channels at ${sampleRate} Hz`);
  return { encoding: isInteger ? 'integer' : 'float', channels, sampleRate, bytesPerSample: bits / 8 };
}

const READABLE_WAV = 'WAV is read with 8-, 16-, 24- or 32-bit integer or 32- or 64-bit float samples';

function isKnown(encoding: number): boolean {
  return encoding === ENCODING.integer || encoding === ENCODING.float;
}

function dataEnd(bytes: Buffer, start: number, size: number, path: string): number {
  const present = bytes.length - start;
  const isUnknown = size >= UNKNOWN_SIZE || (size === 0 && !endsInChunks(bytes, start));
  if (isUnknown || size <= present) return start + (isUnknown ? Math.min(size || present, present) : size);
  throw new UserError(
    `${path} is truncated: its header promises ${size} bytes of samples, but only ${present} are there`,
  );
}

/** Whether nothing or only further chunks follow, so that a data size of 0 means what it says. */
function endsInChunks(bytes: Buffer, start: number): boolean {
  let at = start;
  while (at + 8 <= bytes.length && /^[\x20-\x7e]{4}$/.test(bytes.toString('latin1', at, at + 4))) {
    const size = bytes.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return at >= bytes.length;
}

function readSamples(data: Buffer, format: Format, path: string): DecodedAudio {
  const { channels, bytesPerSample, sampleRate } = format;
  const frameBytes = channels * bytesPerSample;
  const frames = Math.floor(data.length / frameBytes);
  if (frames === 0) throw new UserError(`${path} has no samples`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const sampleAt = sampleReader(view, format);
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += sampleAt(frame * frameBytes + channel * bytesPerSample);
    samples[frame] = sum / channels;
  }
  return { samples, sampleRate };
}

function sampleReader(view: DataView, format: Format): (at: number) => number {
  if (format.encoding === 'float') {
    return format.bytesPerSample === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  }
  switch (format.bytesPerSample) {
    case 1:
      return (at) => (view.getUint8(at) - 128) / 128;
    case 2:
      return (at) => view.getInt16(at, true) / 32768;
    case 3:
      return (at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608;
    default:
      return (at) => view.getInt32(at, true) / 2147483648;
  }
}
