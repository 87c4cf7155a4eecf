import { createHash } from 'node:crypto';
import { decodeAudio } from '../../audio/decode-audio.ts';
import { writeWav } from '../../audio/write-wav.ts';
import type { AudioSource } from '../../types.ts';

/** A clip as it is sent. */
export interface SentClip {
  /** 16-bit mono WAV. */
  readonly wav: Uint8Array<ArrayBuffer>;
  readonly wavSha256: string;
  /** Digest of the samples that the WAV holds: a recognizer that reads it hears exactly these. */
  readonly audioSha256: string;
  /** Digest of the samples as the file gives them, before they are rounded to 16 bits. */
  readonly sourceSha256: string;
  readonly durationSeconds: number;
}

const headerBytes = 44;
const fullScale = 32_768;

/** Decodes, cuts and resamples as for a local recognizer, then writes 16-bit samples: the form that every endpoint takes. */
export async function readClip(audio: AudioSource): Promise<SentClip> {
  const { samples, sampleRate, durationSeconds, sha256 } = await decodeAudio(audio);
  const { wav, heard } = encodeWav(samples, sampleRate);
  return {
    wav,
    wavSha256: createHash('sha256').update(wav).digest('hex'),
    audioSha256: createHash('sha256').update(new Uint8Array(heard.buffer)).digest('hex'),
    sourceSha256: sha256,
    durationSeconds,
  };
}

/** A 16-bit mono WAV, and the samples that whoever reads it hears. */
export function encodeWav(
  samples: Float32Array,
  sampleRate: number,
): { readonly wav: Uint8Array<ArrayBuffer>; readonly heard: Float32Array } {
  const wav = new Uint8Array(writeWav(samples, sampleRate));
  const written = new DataView(wav.buffer, headerBytes);
  const heard = Float32Array.from(samples, (_, index) => written.getInt16(index * 2, true) / fullScale);
  return { wav, heard };
}
