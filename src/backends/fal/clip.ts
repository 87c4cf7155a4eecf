import { createHash } from 'node:crypto';
import { readWavClip } from '../../audio/wav-clip.ts';
import type { AudioSource } from '../../types.ts';

/** A clip as it is sent. */
export interface SentClip {
  /** 16-bit mono WAV: the form that every endpoint takes. */
  readonly wav: Uint8Array<ArrayBuffer>;
  readonly wavSha256: string;
  /** Digest of its samples. */
  readonly audioSha256: string;
  readonly durationSeconds: number;
}

/** @throws UserError for audio that cannot be read. */
export async function readClip(audio: AudioSource): Promise<SentClip> {
  const clip = await readWavClip(audio);
  const wav = new Uint8Array(clip.wav);
  return { ...clip, wav, wavSha256: createHash('sha256').update(wav).digest('hex') };
}
