import type { ScoredRecord } from '../types.ts';

/** Gives the bytes of a record's clip in a format that browsers play (WAV, FLAC, MP3, Ogg), or `null`. */
export type ClipLoader = (record: ScoredRecord) => Promise<Uint8Array | null>;

/** Clips as `data:` URIs, as many as the limit admits, in the order of the utterances. The first record has the clip. */
export async function embedClips<One extends { readonly records: readonly ScoredRecord[] }>(
  utterances: readonly One[],
  load: ClipLoader,
  limitBytes: number,
): Promise<ReadonlyMap<One, string>> {
  const clips = new Map<One, string>();
  let left = limitBytes;
  for (const utterance of utterances) {
    const bytes = await load(utterance.records[0]!);
    if (bytes === null || bytes.length > left) continue;
    const mediaType = mediaTypeOf(bytes);
    if (mediaType === null) continue;
    left -= bytes.length;
    clips.set(utterance, `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`);
  }
  return clips;
}

/** The type of audio that browsers play, by the first bytes, as file names lie; `null` for other content. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  if (head === 'RIFF') return 'audio/wav';
  if (head === 'fLaC') return 'audio/flac';
  if (head === 'OggS') return 'audio/ogg';
  if (head.startsWith('ID3') || (bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xe0)) return 'audio/mpeg';
  return null;
}
