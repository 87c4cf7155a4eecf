/** How a language says numbers; words in lower case, without hyphens. */
export interface NumberLexicon {
  /** Words below a thousand that stand for a value, from zero on. */
  readonly cardinals: Readonly<Record<string, number>>;
  /** Value of numbers written as one word ("einundzwanzig"), or `null`. */
  readonly compound?: (word: string) => number | null;
  /** Words for one that are articles as well: part of a number only before a multiplier or behind tens. */
  readonly articles: readonly string[];
  /** Words for one end a number as they stand: French "cent un", Russian "двадцать одна". */
  readonly oneEnds?: boolean;
  /** Words that count only before a multiplier or behind a link: Vietnamese "năm" is five, and a year. */
  readonly dependent?: readonly string[];
  /** Words that count only behind tens: Vietnamese "mốt" of "hai mươi mốt". */
  readonly behindTens?: readonly string[];
  /** Words for one only before a multiplier: "a hundred". */
  readonly indefinite?: readonly string[];
  /** What the digit 1 alone is written as, so that it meets the word. */
  readonly one: string;
  /** The same for other digits whose words stay alone: Hungarian "hét" is seven, and a week. */
  readonly loneDigits?: Readonly<Record<string, string>>;
  /** Parts a number word from the ending behind it, as a hyphen or an apostrophe parts it from digits: "ötre", "5-re". */
  readonly endingApart?: (word: string, isBehindNumber: boolean) => readonly [string, string] | null;
  /** Multiply the digit before them by ten: Vietnamese "hai mươi". */
  readonly tens?: readonly string[];
  /** Ten behind a digit is a teen: Arabic "خمسة عشر", Hebrew "חמש עשרה". */
  readonly teens?: readonly string[];
  /** Ten is followed by units: Vietnamese "mười lăm". */
  readonly tenTakesUnits?: boolean;
  /** Tens may be linked to the units before them: Arabic "خمسة وعشرون", Maltese "ħamsa u għoxrin". */
  readonly unitsFirst?: boolean;
  /** Multiply what stands before them by a hundred; alone they are a hundred. */
  readonly hundreds: readonly string[];
  /** Multiply what stands before them; alone they are themselves. */
  readonly scales: Readonly<Record<string, number>>;
  /** Stand between parts of a number: "and" in "two hundred and five". */
  readonly links: readonly string[];
  /** Whether a link may join a value to what has been read so far; `last` is the value of the word before it. */
  readonly mayLink: (last: number, next: number) => boolean;
  /** Stand between a number and its scale: Romanian "douăzeci de mii". */
  readonly scaleLinks?: readonly string[];
  /** Written together with the word behind it: Arabic "و", Hebrew "ו". */
  readonly linkPrefix?: string;
  /** Stand between whole part and decimals. */
  readonly points: readonly string[];
  /** Name the last place behind decimals, and how many places there are: Russian "пять десятых". */
  readonly places?: Readonly<Record<string, number>>;
  /** Phrases that add a half. */
  readonly halves: readonly string[];
  /** From which hundred or scale on a half behind it is half of it, where that is less than a million: Vietnamese. */
  readonly halvesFrom?: number;
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
  /** Turkish: "%50" is "yüzde elli". */
  readonly percentFirst?: boolean;
  readonly percentPhrases: readonly string[];
  /** Phrases that are written as another one before numbers are looked for. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** By sign, the word that is said. */
  readonly currencies: Readonly<Record<string, string>>;
  /**
   * By inflected form behind a number, the form to write: that of `currencies`, or the sign of a unit. Where the sign is
   * a hesitation as well ("mm"), the word: what is written here must not be dropped when it is normalized again.
   */
  readonly unitForms: Readonly<Record<string, string>>;
  /** Words for hundredths of a currency. */
  readonly cents: readonly string[];
  /**
   * Words that may follow hundredths said without such a word, "three dollars fifty a pound"; where none are, hundredths
   * always have their word. A noun is not among them: the number is its own in "twenty dollars thirty minutes ago".
   */
  readonly behindBareCents?: readonly string[];
  /** What the sign before a negative number is read as. */
  readonly minus?: string;
  /** What "&" is read as. */
  readonly and: string;
  /** A point behind digits makes an ordinal before a word in lower case ("21. století") or before one of these nouns. */
  readonly dottedOrdinals?: 'before-lower-case' | readonly string[];
  /** Twelve months as dates have them, each with other forms of it; a day before one is a number, however it is said. */
  readonly months?: readonly (readonly string[])[];
  /** Stands between day, month and year: Spanish "21 de mayo de 2021". */
  readonly dateLink?: string;
  /** English: "May 21st". */
  readonly dayBehindMonth?: boolean;
  /** Words for year; four digits before one are a number, however they are said. */
  readonly years?: readonly string[];
  /** Words before a time of day whose hours and minutes a point parts: Finnish "klo 10.30". */
  readonly clockWords?: readonly string[];
  /** The word for hours of the day that stands between hours and minutes when read: "10:30 Uhr" is "10 uhr 30". */
  readonly clock?: string;
}
