/** The words with which English numbers are read, by what they do to the number so far. */

const UNITS = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'],
  ...['fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const THOUSANDS = [
  ...['thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion', 'sextillion', 'septillion'],
  ...['octillion', 'nonillion', 'decillion'],
];
const IRREGULAR_ORDINALS: Readonly<Record<string, readonly [word: string, suffix: string]>> = {
  one: ['first', 'st'],
  two: ['second', 'nd'],
  three: ['third', 'rd'],
  five: ['fifth', 'th'],
  eight: ['eighth', 'th'],
  twelve: ['twelfth', 'th'],
};

/** A word that ends a number: an ordinal ("third") or a plural ("twenties"). */
interface Suffixed {
  readonly value: bigint;
  readonly suffix: string;
}

const unitValues = new Map(UNITS.map((word, i) => [word, BigInt(i + 1)]));
const tenValues = new Map(TENS.map((word, i) => [word, BigInt(20 + 10 * i)]));
const multiplierValues = new Map([
  ['hundred', 100n],
  ...THOUSANDS.map((word, i) => [word, 1000n ** BigInt(i + 1)] as const),
]);

function suffixed(
  values: ReadonlyMap<string, bigint>,
  ordinalOf: (word: string) => readonly [string, string],
  pluralOf: (word: string) => string,
): Map<string, Suffixed> {
  const words = new Map<string, Suffixed>();
  for (const [word, value] of values) {
    const [ordinal, suffix] = ordinalOf(word);
    words.set(ordinal, { value, suffix });
    words.set(pluralOf(word), { value, suffix: 's' });
  }
  return words;
}

/** Every class of number words. */
export const NUMBER_WORDS = {
  zeros: new Set(['o', 'oh', 'zero']),
  units: unitValues,
  tens: tenValues,
  multipliers: multiplierValues,
  suffixedUnits: new Map([
    ...suffixed(
      unitValues,
      (word) => IRREGULAR_ORDINALS[word] ?? [`${word}th`, 'th'],
      (word) => (word === 'six' ? 'sixes' : `${word}s`),
    ),
    ['zeroth', { value: 0n, suffix: 'th' }] as const,
  ]),
  suffixedTens: suffixed(
    tenValues,
    (word) => [word.replace('y', 'ieth'), 'th'],
    (word) => word.replace('y', 'ies'),
  ),
  suffixedMultipliers: suffixed(
    multiplierValues,
    (word) => [`${word}th`, 'th'],
    (word) => `${word}s`,
  ),
  /** Stand before a number. */
  signs: new Map([
    ['minus', '-'],
    ['negative', '-'],
    ['plus', '+'],
    ['positive', '+'],
  ]),
  /** Stand behind a number and are written before it. */
  currencies: new Map([
    ['pound', '£'],
    ['pounds', '£'],
    ['euro', '€'],
    ['euros', '€'],
    ['dollar', '$'],
    ['dollars', '$'],
    ['cent', '¢'],
    ['cents', '¢'],
  ]),
  /** Behave according to what follows. */
  connectives: new Set(['and', 'double', 'triple', 'point', 'per', 'percent']),
} as const;

const ALL: ReadonlySet<string> = new Set(Object.values(NUMBER_WORDS).flatMap((words) => [...words.keys()]));

/** Whether the word may be part of a number. */
export function isNumberWord(word: string | undefined): boolean {
  return word !== undefined && ALL.has(word);
}
