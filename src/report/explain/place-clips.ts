import type { ScoredRecord } from '../../types.ts';
import { mediaTypeOf } from '../audio-clips.ts';

/** Where the audio of an utterance is for the page. */
export interface ClipPlace {
  /** Which of the embedded clips; −1: none. */
  readonly clip: number;
  /** Relative to the page; empty: none. */
  readonly link: string;
}

/** A clip that the page carries. */
export interface EmbeddedClip {
  readonly mediaType: string;
  readonly base64: string;
}

/** How the page comes to the audio of a record. */
export interface ClipSource {
  /** The clip in a format that browsers play, or `null` where it cannot be read or is too large. */
  load(record: ScoredRecord): Promise<Uint8Array | null>;
  /** A relative address, or `null` where there is no such file. */
  link(record: ScoredRecord): string | null;
}

/**
 * Embeds the audio of the utterances in the given order of importance until the limit is reached, and links the rest.
 * @param order indices of the utterances, the most important first.
 * @param limitBytes of all embedded clips together, before base64.
 */
export async function placeClips(
  utterances: readonly { readonly first: ScoredRecord }[],
  order: readonly number[],
  source: ClipSource,
  limitBytes: number,
): Promise<{ readonly places: readonly ClipPlace[]; readonly clips: readonly EmbeddedClip[] }> {
  const places: ClipPlace[] = utterances.map(({ first }) => ({ clip: -1, link: source.link(first) ?? '' }));
  const clips: EmbeddedClip[] = [];
  let left = limitBytes;
  for (const index of order) {
    if (left <= 0) break;
    const { link } = places[index]!;
    if (link === '') continue;
    const bytes = await source.load(utterances[index]!.first);
    const mediaType = bytes === null ? null : mediaTypeOf(bytes);
    if (bytes === null || mediaType === null) continue;
    // The first that does not fit ends it: going on would read every file of the corpus.
    if (bytes.length > left) break;
    left -= bytes.length;
    places[index] = { clip: clips.length, link };
    clips.push({ mediaType, base64: Buffer.from(bytes).toString('base64') });
  }
  return { places, clips };
}
