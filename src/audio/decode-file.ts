import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../errors.ts';
import { formatOfName, headerOfBytes } from './audio-header.ts';
import { readMp3, readOgg } from './compressed.ts';
import { decodeWithFfmpeg } from './ffmpeg.ts';
import { readFlac } from './flac.ts';
import { isWav, readWavPart, type DecodedAudio, type DecodedPart, type WantedPart } from './wav.ts';

/** Headerless files are taken for what speech tools write: 16-bit little-endian samples, one channel, 16 kHz. */
const headerless = new Set(['.raw', '.pcm']);

/** Above this, a part of a compressed file is decoded by ffmpeg, which does not keep the whole of it in memory. */
const LONG_FILE_BYTES = 64 * 2 ** 20;

/** A file is read into memory whole up to this. */
const MOST_BYTES = 2 ** 30;

/**
 * Decodes a file, or at least the wanted part of it, at its own sample rate. What it is shows in its content.
 * @throws UserError for a file that is missing, empty, truncated, damaged, too long or in no known format.
 */
export async function decodeFile(path: string, wanted: WantedPart): Promise<DecodedPart> {
  const found = await stat(path).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError(
      isMissing ? `there is no audio file ${path}` : `cannot read the audio file ${path}: ${String(error)}`,
    );
  });
  if (!found.isFile()) throw new UserError(`the audio file ${path} is no file`);
  if (found.size === 0) throw new UserError(`the audio file ${path} is empty`);
  const isPart = wanted.offsetSeconds > 0 || wanted.durationSeconds !== null;
  return (
    withFile(path, (read) => {
      const start = read(0, 48);
      if (isWav(start)) return readWavPart({ size: found.size, read }, path, wanted);
      if (isPart && found.size > LONG_FILE_BYTES) return decodePart(path, start, wanted);
      if (found.size > MOST_BYTES) {
        throw new UserError(
          `${path} has ${(found.size / 2 ** 30).toFixed(1)} GiB, too much to decode at once; give parts of it`,
        );
      }
      return null;
    }) ?? asWhole(await decodeWhole(path, wanted))
  );
}

function asWhole(audio: DecodedAudio): DecodedPart {
  return { ...audio, firstSample: 0, totalSamples: audio.samples.length };
}

async function decodePart(path: string, start: Buffer, wanted: WantedPart): Promise<DecodedPart> {
  const audio = await decodeWithFfmpeg(path, headerOfBytes(start)?.format ?? UNKNOWN, wanted);
  const firstSample = Math.round(wanted.offsetSeconds * audio.sampleRate);
  return { ...audio, firstSample, totalSamples: firstSample + audio.samples.length };
}

/** What only ffmpeg may know. */
const UNKNOWN = 'of unknown format';

async function decodeWhole(path: string, { channel }: WantedPart): Promise<DecodedAudio> {
  const bytes = await readFile(path);
  const header = headerOfBytes(bytes);
  if (header === null) {
    if (headerless.has(extname(path).toLowerCase())) return readHeaderless(bytes);
    // A decoder would take some of any bytes for samples when the name tells it to.
    const called = formatOfName(path);
    if (called !== null)
      throw new UserError(`${path} is no audio, though it is called ${called}; fetch or record it again`);
  } else if (header.problem !== null) throw new UserError(`${path} ${header.problem}; fetch it again`);
  if (header?.format === 'FLAC') return readFlac(bytes, path, channel);
  if (header?.format === 'MP3') return readMp3(bytes, path, channel);
  const ogg = header?.format === 'Ogg' ? await readOgg(bytes, path, channel) : null;
  const whole = { offsetSeconds: 0, durationSeconds: null, channel };
  return ogg ?? decodeWithFfmpeg(path, header?.format ?? UNKNOWN, whole);
}

function readHeaderless(bytes: Buffer): DecodedAudio {
  const samples = new Float32Array(bytes.length >> 1);
  for (let at = 0; at < samples.length; at++) samples[at] = bytes.readInt16LE(2 * at) / 32768;
  return { samples, sampleRate: 16_000 };
}

function withFile<Result>(path: string, use: (read: (at: number, length: number) => Buffer) => Result): Result {
  const file = openSync(path, 'r');
  try {
    return use((at, length) => {
      const buffer = Buffer.alloc(Math.min(length, Math.max(0, fstatSync(file).size - at)));
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, at));
    });
  } finally {
    closeSync(file);
  }
}
