import { asciiDigits } from './digits.ts';
import { isNumberWord, NUMBER_WORDS } from './whisper-number-words.ts';

const { zeros, units, tens, multipliers, suffixedUnits, suffixedTens, suffixedMultipliers, signs, currencies } =
  NUMBER_WORDS;

const NUMERAL = /^\p{Nd}+(?:\.\p{Nd}+)?$/u;
const PREFIXES = '-+£€$¢';

/** The number so far: a value while it can still grow by arithmetic, digits once it is read out one by one. */
type NumberSoFar = bigint | string | null;

/**
 * Reads English number words the way Whisper's normalizer does, word by word: "one oh one" is 101, "two thousand and
 * five" 2005, "nineteen ninety nine" 1999, "twenty dollars" $20. Words that belong to no number pass.
 */
export function readNumbers(words: readonly string[]): string[] {
  const reader = new NumberReader(words);
  for (let at = 0; at < words.length; at += reader.read(at));
  reader.finish();
  return reader.output;
}

class NumberReader {
  readonly output: string[] = [];
  readonly #words: readonly string[];
  #value: NumberSoFar = null;
  #prefix = '';

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** Takes the word in and returns how many words that used up. */
  read(at: number): number {
    const word = this.#words[at]!;
    const numeral = PREFIXES.includes(word[0]!) ? word.slice(1) : word;
    if (NUMERAL.test(numeral)) this.#takeNumeral(word, numeral);
    else if (isNumberWord(word)) return this.#takeNumberWord(word, at);
    else this.#pass(word);
    return 1;
  }

  #takeNumberWord(word: string, at: number): number {
    const previous = this.#words[at - 1] ?? '';
    const suffixedUnit = suffixedUnits.get(word);
    const suffixedTen = suffixedTens.get(word);
    const suffixedMultiplier = suffixedMultipliers.get(word);
    if (zeros.has(word)) this.#value = `${this.#digitsSoFar()}0`;
    else if (units.has(word)) this.#value = this.#withUnit(units.get(word)!, previous);
    else if (suffixedUnit) this.#emit(`${this.#withUnit(suffixedUnit.value, previous)}${suffixedUnit.suffix}`);
    else if (tens.has(word)) this.#value = this.#withTen(tens.get(word)!);
    else if (suffixedTen) this.#emit(`${this.#withTen(suffixedTen.value)}${suffixedTen.suffix}`);
    else if (multipliers.has(word)) this.#value = this.#times(multipliers.get(word)!, false);
    else if (suffixedMultiplier)
      this.#emit(`${this.#times(suffixedMultiplier.value, true)}${suffixedMultiplier.suffix}`);
    else if (signs.has(word)) this.#takeSign(word, this.#words[at + 1]);
    else if (currencies.has(word)) this.#takeCurrency(word);
    else return this.#takeConnective(word, previous, this.#words[at + 1]);
    return 1;
  }

  finish(): void {
    if (this.#value !== null) this.#emit(this.#value.toString());
  }

  #emit(text: string): void {
    this.output.push(this.#prefix + text);
    this.#prefix = '';
    this.#value = null;
  }

  #pass(word: string): void {
    this.finish();
    this.#emit(word);
  }

  /** The digits so far, none for zero: "oh" after zero does not lengthen it. */
  #digitsSoFar(): string {
    return this.#value === null || this.#value === 0n ? '' : this.#value.toString();
  }

  #takeNumeral(word: string, numeral: string): void {
    if (typeof this.#value === 'string' && this.#value.endsWith('.')) {
      this.#value += word;
      return;
    }
    this.finish();
    if (word !== numeral) this.#prefix = word[0]!;
    const [whole = '', decimals = ''] = asciiDigits(numeral).split('.');
    this.#value = /^0*$/u.test(decimals) ? BigInt(whole) : numeral;
  }

  /** One to nineteen fills the place left by tens or hundreds, and is a further digit otherwise. */
  #withUnit(unit: bigint, previous: string): bigint | string {
    const value = this.#value;
    if (value === null) return unit;
    if (typeof value === 'string' || units.has(previous)) {
      const digits = value.toString();
      return tens.has(previous) && unit < 10n ? `${digits.slice(0, -1)}${unit}` : `${digits}${unit}`;
    }
    return value % (unit < 10n ? 10n : 100n) === 0n ? value + unit : `${value}${unit}`;
  }

  #withTen(ten: bigint): bigint | string {
    const value = this.#value;
    if (value === null) return ten;
    return typeof value === 'bigint' && value % 100n === 0n ? value + ten : `${value}${ten}`;
  }

  /** Multiplies what stands behind the last thousands; digits that do not multiply to a whole number end there. */
  #times(multiplier: bigint, ends: boolean): bigint {
    const value = this.#value;
    if (value === null) return multiplier;
    if (typeof value === 'bigint' && (ends || value !== 0n)) {
      const residual = value % 1000n;
      return value - residual + residual * multiplier;
    }
    const product = wholeProduct(value.toString(), multiplier);
    if (product !== null) return product;
    this.#emit(value.toString());
    return multiplier;
  }

  #takeSign(word: string, next: string | undefined): void {
    this.finish();
    if (startsNumber(next)) this.#prefix = signs.get(word)!;
    else this.#emit(word);
  }

  #takeCurrency(word: string): void {
    if (this.#value === null) {
      this.#emit(word);
    } else {
      this.#prefix = currencies.get(word)!;
      this.finish();
    }
  }

  #takeConnective(word: string, previous: string, next: string | undefined): number {
    if (word === 'percent' || word === 'per') {
      const whole = word === 'percent' || next === 'cent';
      if (this.#value === null || !whole) {
        this.#pass(word);
        return 1;
      }
      this.#emit(`${this.#value}%`);
      return word === 'per' ? 2 : 1;
    }
    if (!startsNumber(next)) {
      this.#pass(word);
    } else if (word === 'and') {
      if (!multipliers.has(previous)) this.#pass(word);
    } else if (word === 'point') {
      if (NUMERAL.test(next) || zeros.has(next) || units.has(next) || tens.has(next)) {
        this.#value = `${this.#digitsSoFar()}.`;
      }
    } else if (units.has(next) || zeros.has(next)) {
      const digit = (units.get(next) ?? 0n).toString();
      this.#value = `${this.#digitsSoFar()}${digit.repeat(word === 'double' ? 2 : 3)}`;
      return 2;
    } else {
      this.#pass(word);
    }
    return 1;
  }
}

function startsNumber(word: string | undefined): word is string {
  return word !== undefined && (isNumberWord(word) || NUMERAL.test(word));
}

/** Digits with at most one point, times a whole number; `null` if that is not whole, or no number. */
function wholeProduct(digits: string, multiplier: bigint): bigint | null {
  const match = /^(\d*)(?:\.(\d*))?$/u.exec(digits);
  const [, whole = '', decimals = ''] = match ?? [];
  if (whole + decimals === '') return null;
  const scale = 10n ** BigInt(decimals.length);
  const product = BigInt(whole + decimals) * multiplier;
  return product % scale === 0n ? product / scale : null;
}
