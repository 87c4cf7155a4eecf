import type { WordTime } from '../../types.ts';
import type { PackedTimings } from './packed.ts';

type Growing<Packed> = { [Name in keyof Packed]: Packed[Name] extends readonly (infer Item)[] ? Item[] : Packed[Name] };

/** Appends where the words of a text end, if all of them stand in it one after the other; otherwise that none has times. */
export function packTimes(text: string, words: readonly WordTime[] | null, timing: Growing<PackedTimings>): void {
  const ends: number[] = [];
  let at = 0;
  for (const { word, endSeconds } of words ?? []) {
    const start = text.indexOf(word, at);
    if (start === -1) {
      timing.words.push(0);
      return;
    }
    ends.push(start + word.length - at, Math.round(endSeconds * 100));
    at = start + word.length;
  }
  timing.words.push(ends.length / 2);
  for (const end of ends) timing.ends.push(end);
}
