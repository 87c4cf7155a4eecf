import { createHash } from 'node:crypto';
import { decodeAudio } from '../../audio/decode-audio.ts';
import type { AudioSource } from '../../types.ts';

/** A clip as it is sent. */
export interface SentClip {
  /** 16-bit mono WAV. */
  readonly wav: Uint8Array<ArrayBuffer>;
  readonly wavSha256: string;
  /** Digest of the samples that the WAV holds: a recognizer that reads it hears exactly these. */
  readonly audioSha256: string;
  readonly durationSeconds: number;
}

const headerBytes = 44;
const fullScale = 32_768;

/** Decodes, cuts and resamples as for a local recognizer, then writes 16-bit samples: the form that every endpoint takes. */
export async function readClip(audio: AudioSource): Promise<SentClip> {
  const { samples, sampleRate, durationSeconds } = await decodeAudio(audio);
  const { wav, heard } = encodeWav(samples, sampleRate);
  return {
    wav,
    wavSha256: createHash('sha256').update(wav).digest('hex'),
    audioSha256: createHash('sha256').update(new Uint8Array(heard.buffer)).digest('hex'),
    durationSeconds,
  };
}

/** A 16-bit mono WAV, and the samples that whoever reads it hears. */
export function encodeWav(
  samples: Float32Array,
  sampleRate: number,
): { readonly wav: Uint8Array<ArrayBuffer>; readonly heard: Float32Array } {
  const wav = Buffer.alloc(headerBytes + samples.length * 2);
  writeHeader(wav, samples.length, sampleRate);
  const heard = new Float32Array(samples.length);
  for (const [index, sample] of samples.entries()) {
    const value = Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
    wav.writeInt16LE(value, headerBytes + index * 2);
    heard[index] = value / fullScale;
  }
  return { wav: new Uint8Array(wav.buffer, wav.byteOffset, wav.byteLength), heard };
}

function writeHeader(wav: Buffer, sampleCount: number, sampleRate: number): void {
  const dataBytes = sampleCount * 2;
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(dataBytes, 40);
}
