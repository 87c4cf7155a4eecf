import { UserError } from '../errors.ts';
import type { RandomBytes } from './random-bytes.ts';

/** Audio as a file holds it, mixed down to one channel. */
export interface DecodedAudio {
  /** Mean of the channels, in [-1, 1]; integers of b bits are divided by 2^(b-1). */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
}

interface Format {
  readonly encoding: 'integer' | 'float' | 'mu-law' | 'a-law';
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSample: number;
}

const ENCODING = { integer: 1, float: 3, aLaw: 6, muLaw: 7, extensible: 0xfffe };
const OTHER_ENCODINGS: Readonly<Record<number, string>> = {
  2: 'ADPCM',
  17: 'IMA ADPCM',
  85: 'MP3',
};

/** Writers of streams put these sizes, or ones just below, where they cannot know the size yet. */
export const UNKNOWN_SIZE = 0x7fff_0000;

/** Whether the file begins as a WAV does. */
export function isWav(bytes: Buffer): boolean {
  return /^R(IFF|F64)$/.test(bytes.toString('latin1', 0, 4)) && bytes.toString('latin1', 8, 12) === 'WAVE';
}

/**
 * Whether a chunk of a WAV may bear this name. Zeros, as a failed copy leaves them, would otherwise be chunks of no size
 * to the end of the file.
 */
export function isChunkName(name: string): boolean {
  return /^[\x20-\x7e]{4}$/.test(name);
}

/** Which samples of a file are wanted, in seconds; to the end when `durationSeconds` is `null`. */
export interface WantedPart {
  readonly offsetSeconds: number;
  readonly durationSeconds: number | null;
  /** Counted from 0; the mean of all when `null`. */
  readonly channel: number | null;
}

/** Samples of a part, and where in their file they are. */
export interface DecodedPart extends DecodedAudio {
  readonly firstSample: number;
  /** Of the whole file. */
  readonly totalSamples: number;
}

/** The whole of a file. */
export const WHOLE: WantedPart = { offsetSeconds: 0, durationSeconds: null, channel: null };

/**
 * Reads a WAV (or RF64) of 8-bit unsigned, 16-, 24- or 32-bit integer, 32- or 64-bit float, µ-law or A-law samples, any
 * rate, any number of channels, plain or `WAVE_FORMAT_EXTENSIBLE`, and one whose sizes were never filled in because it
 * was streamed.
 *
 * @throws UserError for other encodings and for a file without all the samples that it declares; `path` serves messages.
 */
export function readWav(bytes: Buffer, path: string, wanted = WHOLE): DecodedPart {
  return readWavPart({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) }, path, wanted);
}

/** The same, reading no more than the part that is wanted. */
export function readWavPart(bytes: RandomBytes, path: string, wanted: WantedPart): DecodedPart {
  let format: Format | null = null;
  let longDataSize: number | null = null;
  for (let at = 12; at + 8 <= bytes.size;) {
    const head = bytes.read(at, 8);
    const name = head.toString('latin1', 0, 4);
    if (!isChunkName(name))
      throw new UserError(
        `${path} is a WAV that is damaged at byte ${at}, before its samples; fetch or record it again`,
      );
    const size = head.readUInt32LE(4);
    const start = at + 8;
    if (name === 'data') {
      if (format === null)
        throw new UserError(`${path} is a WAV with its samples before their format; fetch or record it again`);
      const end = dataEnd(bytes, start, longDataSize ?? size, path, longDataSize !== null);
      return readSamples(bytes, { start, end }, format, path, wanted);
    }
    if (start + size > bytes.size) break;
    if (name === 'fmt ') format = readFormat(bytes.read(start, size), path);
    // RF64 keeps sizes beyond 4 GiB apart, the one of the samples second.
    if (name === 'ds64' && size >= 16) longDataSize = Number(bytes.read(start, 16).readBigUInt64LE(8));
    // Chunks begin at even positions.
    at = start + size + (size % 2);
  }
  throw new UserError(`${path} is a WAV cut short before its samples; fetch or record it again`);
}

function readFormat(chunk: Buffer, path: string): Format {
  if (chunk.length < 16)
    throw new UserError(`${path} is a WAV with an incomplete format chunk; fetch or record it again`);
  let encoding = chunk.readUInt16LE(0);
  // An extensible format states its encoding in the first two bytes of a GUID.
  if (encoding === ENCODING.extensible && chunk.length >= 26) encoding = chunk.readUInt16LE(24);
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const isInteger = encoding === ENCODING.integer && [8, 16, 24, 32].includes(bits);
  const isFloat = encoding === ENCODING.float && [32, 64].includes(bits);
  const law = bits !== 8 ? null : encoding === ENCODING.muLaw ? 'mu-law' : encoding === ENCODING.aLaw ? 'a-law' : null;
  if (!isInteger && !isFloat && law === null) {
    const name = OTHER_ENCODINGS[encoding] ?? `encoding ${encoding}`;
    throw new UserError(
      `${path} is a WAV with ${bits}-bit ${isKnown(encoding) ? 'samples' : name}, which is not read; ${READABLE_WAV}`,
    );
  }
  if (channels === 0 || sampleRate === 0)
    throw new UserError(`${path} is a WAV with ${channels} channels at ${sampleRate} Hz`);
  return { encoding: law ?? (isInteger ? 'integer' : 'float'), channels, sampleRate, bytesPerSample: bits / 8 };
}

const READABLE_WAV = 'WAV is read with 8-, 16-, 24- or 32-bit integer, 32- or 64-bit float, µ-law or A-law samples';

function isKnown(encoding: number): boolean {
  return encoding === ENCODING.integer || encoding === ENCODING.float;
}

function dataEnd(bytes: RandomBytes, start: number, size: number, path: string, isLong: boolean): number {
  const present = bytes.size - start;
  const isUnknown = !isLong && (size >= UNKNOWN_SIZE || (size === 0 && !endsInChunks(bytes, start)));
  if (isUnknown || size <= present) return start + (isUnknown ? Math.min(size || present, present) : size);
  throw new UserError(
    `${path} is truncated: its header promises ${size} bytes of samples, but only ${present} are there; fetch or record it again`,
  );
}

/** Whether nothing or only further chunks follow, so that a data size of 0 means what it says. */
function endsInChunks(bytes: RandomBytes, start: number): boolean {
  let at = start;
  while (at + 8 <= bytes.size) {
    const head = bytes.read(at, 8);
    if (!isChunkName(head.toString('latin1', 0, 4))) break;
    const size = head.readUInt32LE(4);
    at += 8 + size + (size % 2);
  }
  return at >= bytes.size;
}

/** More samples than fit into memory at once are asked for in parts. */
const MOST_SAMPLES = 2 ** 28;

/** Frames that are converted at once, so that the file's bytes are never in memory beside all of its samples. */
const BLOCK_FRAMES = 1 << 16;

function readSamples(
  bytes: RandomBytes,
  data: { readonly start: number; readonly end: number },
  format: Format,
  path: string,
  { offsetSeconds, durationSeconds, channel }: WantedPart,
): DecodedPart {
  const { channels, bytesPerSample, sampleRate } = format;
  const frameBytes = channels * bytesPerSample;
  const totalSamples = Math.floor((data.end - data.start) / frameBytes);
  if (totalSamples === 0) throw new UserError(`${path} has no samples; fetch or record it again`);
  checkChannel(channel, channels, path);
  const firstSample = Math.min(totalSamples, Math.round(offsetSeconds * sampleRate));
  const wantedEnd =
    durationSeconds === null ? totalSamples : Math.round((offsetSeconds + durationSeconds) * sampleRate);
  const frames = Math.max(0, Math.min(totalSamples, wantedEnd) - firstSample);
  if (frames > MOST_SAMPLES) {
    const hours = (frames / sampleRate / 3600).toFixed(1);
    throw new UserError(`${path} has ${hours} h of audio, which is too long for one utterance; give parts of it`);
  }
  const samples = new Float32Array(frames);
  for (let done = 0; done < frames; done += BLOCK_FRAMES) {
    const count = Math.min(BLOCK_FRAMES, frames - done);
    const block = bytes.read(data.start + (firstSample + done) * frameBytes, count * frameBytes);
    const sampleAt = sampleReader(new DataView(block.buffer, block.byteOffset, block.byteLength), format);
    for (let frame = 0; frame < count; frame++) {
      const at = frame * frameBytes;
      if (channel !== null) samples[done + frame] = sampleAt(at + channel * bytesPerSample);
      else {
        let sum = 0;
        for (let index = 0; index < channels; index++) sum += sampleAt(at + index * bytesPerSample);
        samples[done + frame] = sum / channels;
      }
    }
  }
  return { samples, sampleRate, firstSample, totalSamples };
}

/** @throws UserError when a file does not have the channel that is asked for. */
export function checkChannel(channel: number | null, channels: number, path: string): void {
  if (channel === null || channel < channels) return;
  throw new UserError(`${path} has ${channels} channels, so there is no channel ${channel} (counted from 0)`);
}

function sampleReader(view: DataView, format: Format): (at: number) => number {
  if (format.encoding === 'mu-law') return (at) => fromMuLaw(view.getUint8(at));
  if (format.encoding === 'a-law') return (at) => fromALaw(view.getUint8(at));
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

/** ITU-T G.711: a sign, three bits of exponent and four of mantissa, all inverted. */
function fromMuLaw(byte: number): number {
  const inverted = ~byte & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 7)) - 0x84;
  return (inverted & 0x80 ? -magnitude : magnitude) / 32768;
}

/** ITU-T G.711: as µ-law, but every second bit inverted and small values linear. */
function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (value & 0x80 ? magnitude : -magnitude) / 32768;
}
