import type { Summary } from '../types.ts';

/** Everything that a rate is a function of beside the texts, in one line: normalizer, overlay, what a character is. */
export function scoringStamp({
  normalizer,
  overlay,
  characters,
}: Pick<Summary, 'normalizer' | 'overlay' | 'characters'>): string {
  return [
    normalizer,
    ...(overlay === null ? [] : [`overlay ${overlay}`]),
    ...(characters === 'grapheme' ? ['characters as grapheme clusters'] : []),
  ].join(', ');
}
