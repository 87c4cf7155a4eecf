import { createHash } from 'node:crypto';
import type { AudioSource } from '../types.ts';
import { decodeAudio } from './decode-audio.ts';
import { readWav } from './wav.ts';
import { writeWav } from './write-wav.ts';

/** A clip in the form that every other program takes. */
export interface WavClip {
  /** 16-bit mono WAV at 16 kHz. */
  readonly wav: Buffer;
  readonly durationSeconds: number;
  /** SHA-256 of the float32 samples that a reader of the WAV hears, hex. */
  readonly audioSha256: string;
}

/**
 * Decodes, cuts and resamples as for a local model, then writes 16-bit samples.
 *
 * @throws UserError for audio that cannot be read.
 */
export async function readWavClip(source: AudioSource): Promise<WavClip> {
  const { samples, sampleRate, durationSeconds } = await decodeAudio(source);
  const wav = writeWav(samples, sampleRate);
  const heard = readWav(wav, source.path).samples;
  const bytes = new Uint8Array(heard.buffer, heard.byteOffset, heard.byteLength);
  return { wav, durationSeconds, audioSha256: createHash('sha256').update(bytes).digest('hex') };
}
