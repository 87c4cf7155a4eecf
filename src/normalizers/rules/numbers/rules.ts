import { words as wordsOf } from '../../../text/tokens.ts';
import { lookUp } from '../../../text/look-up.ts';
import type { Rule } from '../../normalizer.ts';
import { dayAndYear } from './dates.ts';
import type { NumberLexicon } from './lexicon.ts';
import { numberWordsToDigits, starterTest } from './read.ts';
import { multiplies, ordinalOf, valueOf } from './words.ts';

const DECIMAL = /^\d+\.\d+$/u;
const NUMBER = /^\d/u;

/** Such as typographers put between a number and what it counts. */
const ODD_SPACE = /[^\S ]/gu;

/**
 * Numbers by their value, however they are written: number words as digits, ordinals, currencies and units in one
 * form, decimals without zeros at the end, hundredths of a currency as decimals. A lone 1 is written as the word.
 */
export function numberWords(lexicon: NumberLexicon): Rule {
  const phrases = Object.entries(lexicon.phrases ?? {})
    .concat(lexicon.percentPhrases.map((phrase) => [phrase, lexicon.percent]))
    // The spaces around stay, so that a phrase is found twice in a row.
    .map(([from, to]) => ({ from: ` ${from} `, pattern: new RegExp(`(?<= )${from}(?= )`, 'gu'), to }));
  const { indefinite = [], loneDigits = {} } = lexicon;
  const mayStart = starterTest(lexicon);
  return {
    name: 'number-words',
    data: JSON.stringify(lexicon, (_, value: unknown) => (value instanceof RegExp ? value.source : value)),
    apply: (text) => {
      const joined = phrases.reduce(
        (partly, { from, pattern, to }) => (partly.includes(from) ? partly.replace(pattern, to) : partly),
        ` ${text.replace(ODD_SPACE, ' ')} `,
      );
      // Zeros go before numbers are read as well: what stands behind "1.0" is to be read as it is behind "1".
      const parts = endingsApart(prefixApart(wordsOf(joined), lexicon), lexicon).map(withoutEndZeros);
      if (!parts.some((word) => NUMBER.test(word) || (!indefinite.includes(word) && mayStart(word)))) {
        return parts.join(' ');
      }
      const read = numberWordsToDigits(spelledZeros(parts, lexicon), lexicon);
      const words = withUnits(
        read.map((word) => inOneForm(word, lexicon)),
        lexicon,
      );
      return dayAndYear(withCents(words, lexicon), lexicon)
        .map((word) => (word === '1' ? lexicon.one : (lookUp(loneDigits, word) ?? word)))
        .join(' ');
    },
  };
}

/** Arabic and Hebrew "and" before a number word is a word of its own. */
function prefixApart(words: readonly string[], lexicon: NumberLexicon): readonly string[] {
  const { linkPrefix: prefix } = lexicon;
  if (prefix === undefined) return words;
  return words.flatMap((word) => {
    if (!word.startsWith(prefix) || word.length <= prefix.length || valueOf(word, lexicon) !== null) return [word];
    const rest = word.slice(prefix.length);
    const isNumber =
      NUMBER.test(rest) ||
      lexicon.hundreds.includes(rest) ||
      lookUp(lexicon.scales, rest) !== undefined ||
      lexicon.halves.includes(`${prefix} ${rest}`) ||
      (valueOf(rest, lexicon) ?? ordinalOf(rest, lexicon)) !== null;
    return isNumber ? [prefix, rest] : [word];
  });
}

/** Endings behind number words are words of their own, as they are behind digits. */
function endingsApart(words: readonly string[], lexicon: NumberLexicon): readonly string[] {
  const { endingApart } = lexicon;
  if (endingApart === undefined) return words;
  const isNumber = (word: string): boolean => multiplies(word, lexicon) || valueOf(word, lexicon) !== null;
  return words.flatMap((word, i) =>
    isNumber(word) ? [word] : (endingApart(word, isNumber(words[i - 1] ?? '')) ?? [word]),
  );
}

/** English "oh" before a digit, unless it makes a year ("nineteen oh five"), is zero, and so is "o" in a number. */
function spelledZeros(words: readonly string[], { pairedYears, cardinals }: NumberLexicon): readonly string[] {
  if (pairedYears !== true) return words;
  const isDigit = (word: string | undefined): boolean =>
    word !== undefined && (/^\d$/u.test(word) || word === 'oh' || (lookUp(cardinals, word) ?? 10) < 10);
  // "O" is a letter and a name as well: it is zero only inside a number.
  const isOh = (at: number): boolean =>
    words[at] === 'oh' ||
    (words[at] === 'o' && at > 0 && (NUMBER.test(words[at - 1]!) || lookUp(cardinals, words[at - 1]!) !== undefined));
  return words.map((word, i) => (isOh(i) && isDigit(words[i + 1]) ? 'zero' : word));
}

function withoutEndZeros(word: string): string {
  return DECIMAL.test(word) ? word.replace(/\.?0+$/u, '') : word;
}

function inOneForm(word: string, lexicon: NumberLexicon): string {
  if (DECIMAL.test(word)) return withoutEndZeros(word);
  const ordinal = lexicon.digitOrdinal.exec(word)?.[1];
  return ordinal === undefined ? word : `${ordinal}${lexicon.ordinalEnding(Number(ordinal))}`;
}

/** Units behind numbers in one form: "5 euros", "un million de dollars". */
function withUnits(words: readonly string[], lexicon: NumberLexicon): string[] {
  const numberEnds = (at: number): boolean => {
    const word = words[at] ?? '';
    return NUMBER.test(word) || lexicon.articles.includes(word) || word === lexicon.one;
  };
  return words.map((word, i) => {
    const form = lookUp(lexicon.unitForms, word);
    if (form === undefined) return word;
    return numberEnds(i - 1) || (words[i - 1] === 'de' && numberEnds(i - 2)) ? form : word;
  });
}

/** "5 dollar and 10 cent" as "5.1 dollar", and "5 dollar 10" where nothing follows that it could count. */
function withCents(words: string[], lexicon: NumberLexicon): string[] {
  const currencies = Object.values(lexicon.currencies);
  if (!words.some((word) => lexicon.cents.includes(word) || currencies.includes(word))) return words;
  const isBare = (cents: string, behind: string): boolean =>
    /^[1-9]\d$/u.test(cents) &&
    (behind === '' ? lexicon.behindBareCents !== undefined : lexicon.behindBareCents?.includes(behind) === true);
  const output: string[] = [];
  for (let at = 0; at < words.length;) {
    const [amount = '', currency = ''] = words.slice(at);
    const link = words[at + 2] === lexicon.and ? 1 : 0;
    const [cents = '', unit = ''] = words.slice(at + 2 + link);
    if (
      /^\d+$/u.test(amount) &&
      currencies.includes(currency) &&
      /^\d\d?$/u.test(cents) &&
      (lexicon.cents.includes(unit) || (link === 0 && isBare(cents, unit)))
    ) {
      output.push(((Number(amount) * 100 + Number(cents)) / 100).toString(), currency);
      at += (lexicon.cents.includes(unit) ? 4 : 3) + link;
    } else {
      output.push(amount);
      at++;
    }
  }
  return output;
}
