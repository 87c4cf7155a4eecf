import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import type { AudioClip, AudioSource } from '../types.ts';
import { isFlac, readFlac } from './flac.ts';
import { resample } from './resample.ts';
import { isWav, readWav, type DecodedAudio } from './wav.ts';

/** Hz; what every recognizer is given. */
const TARGET_RATE = 16_000;

/** Manifests round durations; a part that ends this much after its file is a rounding, not a mistake. */
const ROUNDING_SECONDS = 0.1;

const READABLE = 'WAV and FLAC are read';

/** Formats that people do have, by how their files begin. */
const UNREADABLE: readonly (readonly [name: string, start: RegExp])[] = [
  ['Ogg (Vorbis, Opus)', /^OggS/],
  ['MP3', /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
  ['MP4 or M4A', /^[^]{4}ftyp/],
  ['AIFF', /^FORM[^]{4}AIF/],
  ['Matroska or WebM', /^\x1a\x45\xdf\xa3/],
  ['NIST SPHERE', /^NIST_1A/],
  ['AU', /^\.snd/],
  ['AMR', /^#!AMR/],
];

/**
 * Reads a piece of audio as mono float32 at 16 kHz: WAV or FLAC by content, channels mixed by their mean, then cut, then
 * resampled.
 *
 * @throws UserError for a file that is missing, empty, truncated, damaged or in another format, and for a part that lies
 * outside of it.
 */
export async function decodeAudio(source: AudioSource): Promise<AudioClip> {
  const { samples, sampleRate } = cut(await decodeFile(source.path), source);
  const resampled = resample(samples, sampleRate, TARGET_RATE);
  return {
    samples: resampled,
    sampleRate: TARGET_RATE,
    durationSeconds: resampled.length / TARGET_RATE,
    sha256: createHash('sha256')
      .update(new Uint8Array(resampled.buffer, resampled.byteOffset, resampled.byteLength))
      .digest('hex'),
  };
}

async function decodeFile(path: string): Promise<DecodedAudio> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError(
      isMissing ? `there is no audio file ${path}` : `cannot read the audio file ${path}: ${String(error)}`,
    );
  });
  if (bytes.length === 0) throw new UserError(`the audio file ${path} is empty`);
  if (isWav(bytes)) return readWav(bytes, path);
  if (isFlac(bytes)) return readFlac(bytes, path);
  const start = bytes.toString('latin1', 0, 16);
  const format = UNREADABLE.find(([, pattern]) => pattern.test(start))?.[0];
  throw new UserError(
    format ? `${path} is ${format}, which is not read; ${READABLE}` : `${path} is no audio; ${READABLE}`,
  );
}

function cut(audio: DecodedAudio, source: AudioSource): DecodedAudio {
  const { samples, sampleRate } = audio;
  const { path, offsetSeconds, durationSeconds } = source;
  if (offsetSeconds === 0 && durationSeconds === null) return audio;
  const start = Math.round(offsetSeconds * sampleRate);
  const end = durationSeconds === null ? samples.length : Math.round((offsetSeconds + durationSeconds) * sampleRate);
  if (start < 0 || start >= samples.length || end <= start || end > samples.length + ROUNDING_SECONDS * sampleRate) {
    const part = `${offsetSeconds} s to ${durationSeconds === null ? 'the end' : `${offsetSeconds + durationSeconds} s`}`;
    throw new UserError(`${path} has ${samples.length / sampleRate} s of audio, so the part from ${part} is not in it`);
  }
  return { samples: samples.subarray(start, end), sampleRate };
}
