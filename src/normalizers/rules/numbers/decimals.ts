import { lookUp } from '../../../text/look-up.ts';
import type { NumberLexicon } from './lexicon.ts';
import { valueOf } from './words.ts';

/** A number found among words: what to write for it, and how many words it takes. */
export interface Reading {
  readonly text: string;
  readonly length: number;
}

/** Decimals behind a point: digits one by one, or a number read as such, with or without the name of its last place. */
export function readDecimals(words: readonly string[], at: number, lexicon: NumberLexicon): Reading | null {
  if (!lexicon.points.includes(words[at] ?? '')) return null;
  // "Две целых и пять десятых"
  const first = lexicon.places !== undefined && words[at + 1] === lexicon.and ? at + 2 : at + 1;
  const reading = readDigits(words, first, lexicon) ?? readWhole(words, first, lexicon);
  if (reading === null) return null;
  const places = lexicon.places && lookUp(lexicon.places, words[first + reading.length] ?? '');
  if (places !== undefined && places >= reading.text.length) {
    return { text: reading.text.padStart(places, '0'), length: first - at + reading.length + 1 };
  }
  return { text: reading.text, length: first - at + reading.length };
}

function readDigits(words: readonly string[], at: number, lexicon: NumberLexicon): Reading | null {
  let text = '';
  let length = 0;
  for (; at + length < words.length; length++) {
    const word = words[at + length]!;
    const value = /^\d$/u.test(word) ? Number(word) : valueOf(word, lexicon);
    if (value === null || value > 9) break;
    text += value.toString();
  }
  return text === '' ? null : { text, length };
}

/** Two digits as one number: tens, with or without units. */
export function readWhole(words: readonly string[], at: number, lexicon: NumberLexicon): Reading | null {
  const first = words[at];
  if (first === undefined) return null;
  if (/^\d+$/u.test(first)) return { text: first, length: 1 };
  const tens = valueOf(first, lexicon);
  if (tens === null || tens < 10 || tens > 99) return null;
  const alone: Reading = { text: tens.toString(), length: 1 };
  if (tens % 10 !== 0 || tens === 10) return alone;
  const link = lexicon.links.includes(words[at + 1] ?? '') && lexicon.mayLink(tens, 1) ? 1 : 0;
  const next = words[at + 1 + link];
  const units = next === undefined ? null : valueOf(next, lexicon);
  if (units === null || units < 1 || units > 9) return alone;
  return { text: (tens + units).toString(), length: 2 + link };
}
