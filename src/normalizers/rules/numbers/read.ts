import type { NumberLexicon } from './lexicon.ts';

const NUMERAL = /^\d+(?:\.\d+)?$/u;

/** A number found among words: what to write for it, and how many words it takes. */
interface Reading {
  readonly text: string;
  readonly length: number;
}

/** What has been read of a number. */
interface State {
  /** Finished thousands, millions and so on. */
  total: number;
  /** What may still be multiplied. */
  current: number;
  /** The last multiplier, which the next one has to be smaller than or multiply in turn. */
  scale: number;
  /** Value of the last word; `null` before the first. */
  last: number | null;
}

/**
 * Replaces number words by digits, wherever they stand: cardinals, decimals, ordinals, and scales behind digits
 * ("2.5 million"). The value counts, not how it was said: "two thousand nineteen" and "twenty nineteen" are 2019.
 * Single digits in a row stay apart, so that one wrong digit of a telephone number is one error.
 */
export function numberWordsToDigits(words: readonly string[], lexicon: NumberLexicon): string[] {
  const output: string[] = [];
  for (let at = 0; at < words.length;) {
    const reading = mayStart(words[at]!, lexicon) ? readNumber(words, at, lexicon) : null;
    output.push(reading?.text ?? words[at]!);
    at += reading?.length ?? 1;
  }
  return output;
}

/** Most words begin no number; what a language's words do is looked up once each. */
const starters = new WeakMap<NumberLexicon, Map<string, boolean>>();

function mayStart(word: string, lexicon: NumberLexicon): boolean {
  const known = starters.get(lexicon) ?? new Map<string, boolean>();
  starters.set(lexicon, known);
  const starts =
    known.get(word) ??
    (NUMERAL.test(word) ||
      lexicon.indefinite?.includes(word) === true ||
      multiplies(word, lexicon) ||
      (valueOf(word, lexicon) ?? ordinalOf(word, lexicon)) !== null);
  known.set(word, starts);
  return starts;
}

function readNumber(words: readonly string[], start: number, lexicon: NumberLexicon): Reading | null {
  const numeral = words[start]!;
  if (NUMERAL.test(numeral)) return scaled(words, start + 1, start, Number(numeral), numeral, lexicon);
  const state: State = { total: 0, current: 0, scale: Infinity, last: null };
  let at = start;
  let linked = false;
  for (; at < words.length; at++) {
    const word = words[at]!;
    const value = multiplies(word, lexicon) ? null : valueAt(words, at, state, linked, lexicon);
    linked = false;
    if (lexicon.hundreds.includes(word)) {
      if (!takeHundred(state)) break;
    } else if (lexicon.scales[word] !== undefined) {
      if (!takeScale(state, lexicon.scales[word])) break;
    } else if (value !== null) {
      if (!take(state, value, lexicon)) break;
    } else if (linksOn(words, at, state, lexicon)) {
      linked = true;
    } else {
      break;
    }
  }
  const ordinal = readOrdinal(words, at, state, lexicon);
  if (ordinal !== null) return { text: ordinal.text, length: at - start + ordinal.length };
  if (state.last === null) return null;
  const number = state.total + state.current;
  const year = lexicon.pairedYears === true ? readYear(words, at, number, lexicon) : null;
  if (year !== null) return { text: year.text, length: at + year.length - start };
  return scaled(words, at, start, number, number.toString(), lexicon);
}

/** Adds decimals, halves and scales that follow a number, and writes it. */
function scaled(
  words: readonly string[],
  behind: number,
  start: number,
  number: number,
  text: string,
  lexicon: NumberLexicon,
): Reading {
  let at = behind;
  let written = text;
  const decimals = text.includes('.') ? null : readDecimals(words, at, lexicon);
  if (decimals !== null) {
    written = `${text}.${decimals.text}`;
    at += decimals.length;
  } else {
    const half = lexicon.halves.find((phrase) => startsWith(words, at, phrase));
    if (half !== undefined && Number.isInteger(number)) {
      written = `${text}.5`;
      at += half.split(' ').length;
    }
  }
  const scale = lexicon.scales[words[at] ?? ''] ?? (lexicon.hundreds.includes(words[at] ?? '') ? 100 : undefined);
  // Behind plain words a scale was read already, or could not belong to them.
  if (scale !== undefined && (NUMERAL.test(words[start]!) || written !== text)) {
    return { text: plain(Number(written) * scale), length: at + 1 - start };
  }
  return { text: written, length: at - start };
}

/** Without the noise of binary fractions: 2.3 × 1,000,000 is 2300000. */
function plain(value: number): string {
  return Number(value.toPrecision(15)).toLocaleString('en', { useGrouping: false, maximumFractionDigits: 10 });
}

/** The value of a word where it stands: an article counts only before a multiplier, or where a number goes on. */
function valueAt(
  words: readonly string[],
  at: number,
  { last }: State,
  linked: boolean,
  lexicon: NumberLexicon,
): number | null {
  const word = words[at]!;
  const opensMultiple =
    last === null && (multiplies(words[at + 1], lexicon) || readDecimals(words, at + 1, lexicon) !== null);
  if (lexicon.indefinite?.includes(word)) return opensMultiple ? 1 : null;
  const isArticle = lexicon.articles.includes(word);
  if (isArticle && !opensMultiple && !linked && (last === null || lexicon.vigesimal !== true)) return null;
  return valueOf(word, lexicon);
}

function valueOf(word: string, lexicon: NumberLexicon): number | null {
  return lexicon.cardinals[word] ?? lexicon.compound?.(word) ?? null;
}

function multiplies(word: string | undefined, lexicon: NumberLexicon): boolean {
  return word !== undefined && (lexicon.hundreds.includes(word) || lexicon.scales[word] !== undefined);
}

/** Takes a value in if there is an open place for it: units behind tens, tens behind hundreds. */
function take(state: State, value: number, lexicon: NumberLexicon): boolean {
  const fits = state.last === null || fitsInto(state, value, lexicon.vigesimal === true);
  if (!fits) return false;
  const fourTwenties = lexicon.vigesimal === true && state.last === 4 && value === 20;
  if (value < 1000) {
    state.current += fourTwenties ? 76 : value;
  } else {
    state.total += value;
    state.scale = 1000;
  }
  state.last = value;
  return true;
}

function fitsInto({ current, scale, last }: State, value: number, vigesimal: boolean): boolean {
  if (last === 0 || value === 0) return false;
  const open = current % 100;
  if (value >= 1000) return current === 0 && value < scale;
  if (value >= 100) return current === 0;
  if (vigesimal && value === 20 && last === 4) return open === 4;
  if (vigesimal && last === 10 && value >= 7 && value <= 9) return true;
  if (value >= 10) return open === 0 || (vigesimal && value < 20 && (open === 60 || open === 80));
  return open === 0 || (open >= 20 && open % 10 === 0);
}

function takeHundred(state: State): boolean {
  const { current, last } = state;
  if (last === 0 || current >= 100) return false;
  state.current = current === 0 ? 100 : current * 100;
  state.last = 100;
  return true;
}

function takeScale(state: State, scale: number): boolean {
  const { total, current, last } = state;
  if (last === 0 || scale === state.scale) return false;
  if (scale < state.scale) {
    state.total = total + (current === 0 ? 1 : current) * scale;
  } else {
    state.total = (total + current) * scale;
  }
  state.current = 0;
  state.scale = scale;
  state.last = scale;
  return true;
}

/** Whether a link stands here and the number goes on behind it. */
function linksOn(words: readonly string[], at: number, state: State, lexicon: NumberLexicon): boolean {
  const next = words[at + 1];
  if (state.last === null || next === undefined || !lexicon.links.includes(words[at]!)) return false;
  const value = lexicon.hundreds.includes(next) ? 100 : (valueOf(next, lexicon) ?? ordinalOf(next, lexicon));
  return value !== null && lexicon.mayLink(state.last, value) && fitsInto(state, value, lexicon.vigesimal === true);
}

function ordinalOf(word: string, lexicon: NumberLexicon): number | null {
  return lexicon.ordinals[word] ?? lexicon.compoundOrdinal?.(word) ?? null;
}

/** Ends a number with an ordinal; in Spanish and Portuguese several follow each other ("vigésimo primero"). */
function readOrdinal(words: readonly string[], at: number, state: State, lexicon: NumberLexicon): Reading | null {
  const value = ordinalOf(words[at] ?? '', lexicon);
  if (value === null) return null;
  const multiplying = value >= 100 && state.current > 0;
  if (!multiplying && !take(state, value, lexicon)) return null;
  let number = state.total + (multiplying ? state.current * value : state.current);
  let length = 1;
  const next = ordinalOf(words[at + 1] ?? '', lexicon);
  if (next !== null && next < 10 && value >= 10 && value % 10 === 0) {
    number += next;
    length++;
  }
  return { text: `${number}${lexicon.ordinalEnding(number)}`, length };
}

/** Decimals: digits one by one, or a number read as such. */
function readDecimals(words: readonly string[], at: number, lexicon: NumberLexicon): Reading | null {
  if (!lexicon.points.includes(words[at] ?? '')) return null;
  let digits = '';
  let length = 1;
  for (; at + length < words.length; length++) {
    const word = words[at + length]!;
    const value = /^\d$/u.test(word) ? Number(word) : valueOf(word, lexicon);
    if (value === null || value > 9) break;
    digits += value.toString();
  }
  if (digits !== '') return { text: digits, length };
  const whole = at + 1 < words.length ? readWhole(words, at + 1, lexicon) : null;
  return whole === null ? null : { text: whole.text, length: whole.length + 1 };
}

/** Two digits as one number: tens, with or without units. */
function readWhole(words: readonly string[], at: number, lexicon: NumberLexicon): Reading | null {
  const first = words[at]!;
  if (/^\d+$/u.test(first)) return { text: first, length: 1 };
  const tens = valueOf(first, lexicon);
  if (tens === null || tens < 10 || tens > 99) return null;
  const next = words[at + 1];
  const units = next === undefined ? null : valueOf(next, lexicon);
  if (tens % 10 !== 0 || tens === 10 || units === null || units < 1 || units > 9)
    return { text: tens.toString(), length: 1 };
  return { text: (tens + units).toString(), length: 2 };
}

/** The second half of a year read in pairs: "ninety nine", "oh five". */
function readYear(words: readonly string[], at: number, century: number, lexicon: NumberLexicon): Reading | null {
  if (century < 13 || century > 20 || at >= words.length) return null;
  if (words[at] === 'oh' || words[at] === 'zero') {
    const unit = valueOf(words[at + 1] ?? '', lexicon);
    return unit === null || unit < 1 || unit > 9 ? null : { text: `${century}0${unit}`, length: 2 };
  }
  const half = /^\d/u.test(words[at]!) ? null : readWhole(words, at, lexicon);
  return half === null ? null : { text: `${century}${half.text}`, length: half.length };
}

function startsWith(words: readonly string[], at: number, phrase: string): boolean {
  return phrase.split(' ').every((word, i) => words[at + i] === word);
}
