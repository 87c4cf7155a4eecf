import type { Rule } from '../../normalizer.ts';
import type { NumberLexicon } from './lexicon.ts';

/**
 * Ordinals written with a point, "21. století", get a sign that survives punctuation, "21º". A point at the end of a
 * sentence looks the same, so that it needs a word in lower case or one of the language's own nouns behind it.
 * `null` for languages that do not write ordinals so.
 */
export function dottedOrdinals({ dottedOrdinals: behind }: NumberLexicon): Rule | null {
  if (behind === undefined) return null;
  const next = behind === 'before-lower-case' ? String.raw`\p{Ll}` : `(?:${behind.join('|')})`;
  const flags = behind === 'before-lower-case' ? 'gu' : 'giu';
  const pattern = new RegExp(String.raw`(?<![\d.,:/])(\d{1,4})\.(?=\s${next})`, flags);
  return { name: 'dotted-ordinals', data: pattern.source, apply: (text) => text.replace(pattern, '$1º') };
}
