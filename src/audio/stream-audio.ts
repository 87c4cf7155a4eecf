import { UserError } from '../errors.ts';
import type { AudioSource } from '../types.ts';
import { headerOfFile } from './audio-header.ts';
import { decodeAudio, TARGET_RATE } from './decode-audio.ts';
import { decodeFile } from './decode-file.ts';
import { hasFfmpeg, streamWithFfmpeg } from './ffmpeg.ts';
import { Resampler } from './resample.ts';
import { SampleDigest } from './sample-digest.ts';
import type { DecodedAudio } from './wav.ts';

/** Mono samples at 16 kHz in [-1, 1] that come piece by piece, to be read once. */
export interface AudioStream {
  readonly pieces: AsyncIterable<Float32Array>;
  /** Of all pieces; known when they were read to their end. */
  heard(): HeardAudio;
}

interface HeardAudio {
  readonly durationSeconds: number;
  /** See {@link SampleDigest}. */
  readonly sha256: string;
}

/** Up to this, a clip is decoded at once. */
const LONG_SECONDS = 600;

/** Of a WAV, whose parts can be read where they are. */
const PIECE_SECONDS = 60;

/**
 * Decodes as {@link decodeAudio} does, sample by sample the same, but holds no more than a minute of a long recording:
 * of WAV always, of other formats where ffmpeg is installed.
 *
 * @throws UserError as `decodeAudio` does, some of it while the pieces are read.
 */
export async function streamAudio(source: AudioSource): Promise<AudioStream> {
  const pieces = longPieces(source);
  if (pieces === null) {
    const { samples, durationSeconds, sha256 } = await decodeAudio(source);
    return { pieces: once(samples), heard: () => ({ durationSeconds, sha256 }) };
  }
  const digest = new SampleDigest();
  let count = 0;
  return {
    pieces: resampled(pieces, (samples) => {
      digest.update(samples);
      count += samples.length;
    }),
    heard: () => ({ durationSeconds: count / TARGET_RATE, sha256: digest.hex() }),
  };
}

/** Pieces at the file's own rate; `null` for what is better decoded at once. */
function longPieces(source: AudioSource): AsyncIterable<DecodedAudio> | null {
  const { path, offsetSeconds, channel = null } = source;
  const header = headerOf(path);
  if (header === null || header.problem !== null) return null;
  // Of a length that only decoding can tell, nothing is said but that it may be hours.
  const wholeSeconds = header.seconds ?? Infinity;
  const seconds = source.durationSeconds ?? wholeSeconds - offsetSeconds;
  // A part that is not in its file is for `decodeAudio` to explain.
  if (seconds <= LONG_SECONDS || offsetSeconds + seconds > wholeSeconds) return null;
  if (header.format === 'WAV') return piecesOfWav(source, offsetSeconds + seconds);
  if (!hasFfmpeg()) return null;
  const wanted = { offsetSeconds, durationSeconds: source.durationSeconds, channel };
  return checkEnd(streamWithFfmpeg(path, header.format, wanted), path, seconds);
}

/** Headers of compressed files may be off by the frames at their ends; more than this is missing. */
const TOLERATED_SECONDS = 0.5;

/** The same pieces. @throws UserError when they end before `seconds`, as ffmpeg lets a file end that was cut short. */
async function* checkEnd(
  pieces: AsyncIterable<DecodedAudio>,
  path: string,
  seconds: number,
): AsyncGenerator<DecodedAudio> {
  let heard = 0;
  for await (const piece of pieces) {
    heard += piece.samples.length / piece.sampleRate;
    yield piece;
  }
  if (Number.isFinite(seconds) && heard < seconds - TOLERATED_SECONDS) {
    const promised = `${seconds.toFixed(1)} s of it are promised, ${heard.toFixed(1)} s are there`;
    throw new UserError(`${path} is truncated: ${promised}; fetch it again`);
  }
}

/** A file that cannot be opened is explained by whoever decodes it. */
function headerOf(path: string): ReturnType<typeof headerOfFile> {
  try {
    return headerOfFile(path);
  } catch {
    return null;
  }
}

async function* piecesOfWav(source: AudioSource, endSeconds: number): AsyncGenerator<DecodedAudio> {
  const { path, offsetSeconds, channel = null } = source;
  for (let piece = 0; ; piece++) {
    const start = offsetSeconds + piece * PIECE_SECONDS;
    const end = Math.min(endSeconds, offsetSeconds + (piece + 1) * PIECE_SECONDS);
    if (start >= end) return;
    const wanted = { offsetSeconds: start, durationSeconds: end - start, channel };
    const decoded = await decodeFile(path, wanted);
    if (decoded.samples.length > 0) yield decoded;
  }
}

async function* resampled(
  pieces: AsyncIterable<DecodedAudio>,
  onSamples: (samples: Float32Array) => void,
): AsyncGenerator<Float32Array> {
  let resampler: Resampler | null = null;
  for await (const { samples, sampleRate } of pieces) {
    resampler ??= new Resampler(sampleRate, TARGET_RATE);
    const piece = resampler.push(samples);
    onSamples(piece);
    yield piece;
  }
  const rest = resampler?.finish() ?? new Float32Array(0);
  onSamples(rest);
  yield rest;
}

// eslint-disable-next-line @typescript-eslint/require-await -- what is decoded already has nothing to wait for
async function* once(samples: Float32Array): AsyncGenerator<Float32Array> {
  yield samples;
}
