import { UserError } from '../errors.ts';
import type { AudioClip, AudioSource } from '../types.ts';
import { decodeFile } from './decode-file.ts';
import { resample } from './resample.ts';
import { SampleDigest } from './sample-digest.ts';
import type { DecodedAudio, DecodedPart } from './wav.ts';

/** Hz; what every recognizer is given. */
export const TARGET_RATE = 16_000;

/** Manifests round durations; a part that ends this much after its file is a rounding, not a mistake. */
const ROUNDING_SECONDS = 0.1;

/**
 * Reads a piece of audio as mono float32 at 16 kHz, whatever the file is called: one channel or the mean of all, cut,
 * then resampled.
 *
 * @throws UserError for a file that is missing, empty, truncated, damaged or in another format, and for a part that lies
 * outside of it.
 */
export async function decodeAudio(source: AudioSource): Promise<AudioClip> {
  const { offsetSeconds, durationSeconds, channel = null } = source;
  const decoded = await decodeFile(source.path, { offsetSeconds, durationSeconds, channel });
  const { samples, sampleRate } = cut(decoded, source);
  const resampled = resample(samples, sampleRate, TARGET_RATE);
  return {
    samples: resampled,
    sampleRate: TARGET_RATE,
    durationSeconds: resampled.length / TARGET_RATE,
    sha256: new SampleDigest().update(resampled).hex(),
  };
}

function cut(audio: DecodedPart, source: AudioSource): DecodedAudio {
  const { samples, sampleRate, firstSample, totalSamples } = audio;
  const { path, offsetSeconds, durationSeconds } = source;
  if (offsetSeconds === 0 && durationSeconds === null) return audio;
  const start = Math.round(offsetSeconds * sampleRate);
  const end = durationSeconds === null ? totalSamples : Math.round((offsetSeconds + durationSeconds) * sampleRate);
  if (start < 0 || start >= totalSamples || end <= start || end > totalSamples + ROUNDING_SECONDS * sampleRate) {
    const part = `${offsetSeconds} s to ${durationSeconds === null ? 'the end' : `${offsetSeconds + durationSeconds} s`}`;
    throw new UserError(`${path} has ${totalSamples / sampleRate} s of audio, so the part from ${part} is not in it`);
  }
  return { samples: samples.subarray(start - firstSample, end - firstSample), sampleRate };
}
