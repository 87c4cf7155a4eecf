import { remember } from '../../../text/remember.ts';
import { lookUp } from '../../../text/look-up.ts';
import { readDecimals, readWhole, type Reading } from './decimals.ts';
import type { NumberLexicon } from './lexicon.ts';
import { emptyState, fitsInto, take, takeHundred, takeScale, takeTeen, takeTens, type State } from './state.ts';
import { multiplies, NUMERAL, ordinalOf, startsWith, valueOf } from './words.ts';

/**
 * Replaces number words by digits, wherever they stand: cardinals, decimals, ordinals, and scales behind digits
 * ("2.5 million"). The value counts, not how it was said: "two thousand nineteen" and "twenty nineteen" are 2019.
 * Single digits in a row stay apart, so that one wrong digit of a telephone number is one error.
 */
export function numberWordsToDigits(words: readonly string[], lexicon: NumberLexicon): string[] {
  const output: string[] = [];
  const starts = starterTest(lexicon);
  for (let at = 0; at < words.length;) {
    const reading = starts(words[at]!) ? readNumber(words, at, lexicon) : null;
    output.push(reading?.text ?? words[at]!);
    at += reading?.length ?? 1;
  }
  return output;
}

const starterTests = new WeakMap<NumberLexicon, (word: string) => boolean>();

/** Whether a number may begin with a word. Most do not; what a word does is looked up once. */
export function starterTest(lexicon: NumberLexicon): (word: string) => boolean {
  const made =
    starterTests.get(lexicon) ??
    remember(
      (word) =>
        NUMERAL.test(word) ||
        lexicon.indefinite?.includes(word) === true ||
        multiplies(word, lexicon) ||
        (valueOf(word, lexicon) ?? ordinalOf(word, lexicon)) !== null,
      65_536,
    );
  starterTests.set(lexicon, made);
  return made;
}

function readNumber(words: readonly string[], start: number, lexicon: NumberLexicon): Reading | null {
  const numeral = words[start]!;
  if (NUMERAL.test(numeral)) return scaled(words, start + 1, start, Number(numeral), numeral, lexicon);
  const state = emptyState();
  let at = start;
  for (let linked = false; at < words.length; at++) {
    if (takeWord(words, at, state, linked, lexicon)) linked = false;
    else if (!linked && linksOn(words, at, state, lexicon)) linked = true;
    else break;
  }
  const ordinal = readOrdinal(words, at, state, lexicon);
  if (ordinal !== null) return { text: ordinal.text, length: at - start + ordinal.length };
  if (state.last === null) return null;
  const number = state.total + state.current;
  const year = lexicon.pairedYears === true ? readYear(words, at, number, lexicon) : null;
  if (year !== null) return { text: year.text, length: at + year.length - start };
  return scaled(words, at, start, number, number.toString(), lexicon);
}

function takeWord(
  words: readonly string[],
  at: number,
  state: State,
  linked: boolean,
  lexicon: NumberLexicon,
): boolean {
  const word = words[at]!;
  if (lexicon.hundreds.includes(word)) return takeHundred(state);
  const scale = lookUp(lexicon.scales, word);
  if (scale !== undefined) return takeScale(state, scale);
  if (lexicon.tens?.includes(word) && takeTens(state)) return true;
  if (lexicon.teens?.includes(word) && !linked && takeTeen(state)) return true;
  const value = valueAt(words, at, state, linked, lexicon);
  return value !== null && take(state, value, lexicon);
}

/** From here on a half behind a scale is half of it: "a million and a half", but not "a thousand and a half". */
const HALVED_FROM = 1e6;

/** How many words "and a half" takes here, 0 where it does not stand. */
function halfAt(words: readonly string[], at: number, lexicon: NumberLexicon): number {
  return lexicon.halves.find((phrase) => startsWith(words, at, phrase))?.split(' ').length ?? 0;
}

function scaleOf(word: string, lexicon: NumberLexicon): number | undefined {
  return lookUp(lexicon.scales, word) ?? (lexicon.hundreds.includes(word) ? 100 : undefined);
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
  const { halvesFrom: halvedFrom = HALVED_FROM } = lexicon;
  let at = behind;
  let written = text;
  const decimals = text.includes('.') ? null : readDecimals(words, at, lexicon);
  if (decimals !== null) {
    written = `${text}.${decimals.text}`;
    at += decimals.length;
  } else {
    const half = Number.isInteger(number) ? halfAt(words, at, lexicon) : 0;
    const whole = scaleOf(words[at - 1]!, lexicon) ?? 1;
    if (half > 0) written = whole >= halvedFrom ? plain(number + whole / 2) : `${text}.5`;
    at += half;
  }
  const link = lexicon.scaleLinks?.includes(words[at] ?? '') ? 1 : 0;
  const word = words[at + link] ?? '';
  const scale = scaleOf(word, lexicon);
  // Behind plain words a scale was read already, or could not belong to them.
  if (scale !== undefined && (NUMERAL.test(words[start]!) || written !== text)) {
    at += link + 1;
    const half = scale >= halvedFrom && Number.isInteger(Number(written)) ? halfAt(words, at, lexicon) : 0;
    return { text: plain((Number(written) + (half > 0 ? 0.5 : 0)) * scale), length: at + half - start };
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
  const next = words[at + 1];
  const opensMultiple =
    multiplies(next, lexicon) ||
    readDecimals(words, at + 1, lexicon) !== null ||
    (ordinalOf(next ?? '', lexicon) ?? 0) >= 100;
  if (lexicon.indefinite?.includes(word)) return last === null && opensMultiple ? 1 : null;
  if (lexicon.behindTens?.includes(word) && (last === null || last < 10 || last > 90)) return null;
  if (lexicon.dependent?.includes(word) && !linked && !opensMultiple && !opensTens(words, at + 1, lexicon)) return null;
  if (lexicon.articles.includes(word) && !linked) {
    const goesOn =
      lexicon.halves.some((phrase) => startsWith(words, at + 1, phrase)) || opensTens(words, at + 1, lexicon);
    const counts = opensMultiple || (last === null ? goesOn : lexicon.oneEnds === true);
    if (!counts) return null;
  }
  return valueOf(word, lexicon);
}

/** Whether the tens of a number stand here whose units stood before: "عشر" of a teen, "u għoxrin". */
function opensTens(words: readonly string[], at: number, lexicon: NumberLexicon): boolean {
  if (lexicon.teens?.includes(words[at] ?? '')) return true;
  if (lexicon.unitsFirst !== true || !lexicon.links.includes(words[at] ?? '')) return false;
  const tens = valueOf(words[at + 1] ?? '', lexicon) ?? 0;
  return tens >= 20 && tens < 100;
}

/** Whether a link stands here and the number goes on behind it. */
function linksOn(words: readonly string[], at: number, state: State, lexicon: NumberLexicon): boolean {
  const next = words[at + 1];
  if (state.last === null || next === undefined) return false;
  const word = words[at]!;
  const scale = lookUp(lexicon.scales, next);
  if (scale !== undefined && lexicon.scaleLinks?.includes(word) === true) return state.current >= 20;
  if (!lexicon.links.includes(word)) return false;
  const value = scale ?? (lexicon.hundreds.includes(next) ? 100 : (valueOf(next, lexicon) ?? ordinalOf(next, lexicon)));
  return value !== null && lexicon.mayLink(state.last, value) && fitsInto(state, value, lexicon);
}

/** Ends a number with an ordinal; in many languages several follow each other ("vigésimo primero"). */
function readOrdinal(words: readonly string[], at: number, state: State, lexicon: NumberLexicon): Reading | null {
  const value = ordinalOf(words[at] ?? '', lexicon);
  if (value === null) return null;
  const multiplying = value >= 100 && state.current > 0;
  if (!multiplying && !take(state, value, lexicon)) return null;
  let number = state.total + (multiplying ? state.current * value : state.current);
  let length = 1;
  const tens = lexicon.unitsFirst === true && value < 10 ? ordinalTens(words, at + 1, lexicon) : null;
  if (tens !== null) return { text: `${number + tens.value}${lexicon.ordinalEnding(number)}`, length: tens.length + 1 };
  for (let last = value; last >= 10 && last % 10 === 0; length++) {
    const next = ordinalOf(words[at + length] ?? '', lexicon);
    if (next === null || next >= (last >= 1000 ? 1000 : last >= 100 ? 100 : 10)) break;
    number += next;
    last = next;
  }
  return { text: `${number}${lexicon.ordinalEnding(number)}`, length };
}

/** Tens behind the unit of an ordinal: "الثالثة عشرة", "الحادي والعشرون". */
function ordinalTens(
  words: readonly string[],
  at: number,
  lexicon: NumberLexicon,
): { readonly value: number; readonly length: number } | null {
  if (lexicon.teens?.includes(words[at] ?? '')) return { value: 10, length: 1 };
  const value = lexicon.links.includes(words[at] ?? '') ? ordinalOf(words[at + 1] ?? '', lexicon) : null;
  return value !== null && value >= 20 && value < 100 ? { value, length: 2 } : null;
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
