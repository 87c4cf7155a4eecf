import type { AudioSource } from '../types.ts';
import { decodeAudio } from './decode-audio.ts';
import { writeWav } from './write-wav.ts';

/** A clip in the form that every other program takes. */
export interface WavClip {
  /** 16-bit mono WAV at 16 kHz. */
  readonly wav: Buffer;
  readonly durationSeconds: number;
  /** SHA-256 of its samples, hex. */
  readonly audioSha256: string;
}

/**
 * Decodes, cuts and resamples as for a local model, then writes 16-bit samples.
 *
 * @throws UserError for audio that cannot be read.
 */
export async function readWavClip(source: AudioSource): Promise<WavClip> {
  const { samples, sampleRate, durationSeconds, sha256 } = await decodeAudio(source);
  return { wav: writeWav(samples, sampleRate), durationSeconds, audioSha256: sha256 };
}
