/** How a language says numbers; words in lower case, without hyphens. */
export interface NumberLexicon {
  /** Words below a thousand that stand for a value, from zero on. */
  readonly cardinals: Readonly<Record<string, number>>;
  /** Value of numbers written as one word ("einundzwanzig"), or `null`. */
  readonly compound?: (word: string) => number | null;
  /** Words for one that are articles as well: part of a number only before a multiplier or behind tens. */
  readonly articles: readonly string[];
  /** Words for one only before a multiplier: "a hundred". */
  readonly indefinite?: readonly string[];
  /** What the digit 1 alone is written as, so that it meets the word. */
  readonly one: string;
  /** Multiply what stands before them by a hundred; alone they are a hundred. */
  readonly hundreds: readonly string[];
  /** Multiply what stands before them; alone they are themselves. */
  readonly scales: Readonly<Record<string, number>>;
  /** Stand between parts of a number: "and" in "two hundred and five". */
  readonly links: readonly string[];
  /** Whether a link may join a value to what has been read so far; `last` is the value of the word before it. */
  readonly mayLink: (last: number, next: number) => boolean;
  /** Stand between whole part and decimals. */
  readonly points: readonly string[];
  /** Phrases that add a half. */
  readonly halves: readonly string[];
  readonly ordinals: Readonly<Record<string, number>>;
  /** Value of ordinals written as one word, or `null`. */
  readonly compoundOrdinal?: (word: string) => number | null;
  /** What is written behind the digits of an ordinal. */
  readonly ordinalEnding: (value: number) => string;
  /** An ordinal in digits ("21st", "2ème"), the digits in the first group. */
  readonly digitOrdinal: RegExp;
  /** French: 70 to 79 count on from 60, 80 is four twenties, 90 to 99 count on from there. */
  readonly vigesimal?: boolean;
  /** English: "nineteen ninety nine" and "nineteen oh five" are years, and "oh" between digits is zero. */
  readonly pairedYears?: boolean;
  /** The word for percent, and phrases that mean it. */
  readonly percent: string;
  readonly percentPhrases: readonly string[];
  /** By sign, the word that is said. */
  readonly currencies: Readonly<Record<string, string>>;
  /** By inflected form, the form that stands in `currencies`. */
  readonly currencyForms: Readonly<Record<string, string>>;
  /** Words for hundredths of a currency. */
  readonly cents: readonly string[];
  /** What "&" is read as. */
  readonly and: string;
  /** The word for hours of the day that stands between hours and minutes when read: "10:30 Uhr" is "10 uhr 30". */
  readonly clock?: string;
}
