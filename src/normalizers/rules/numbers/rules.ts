import { words as wordsOf } from '../../../text/tokens.ts';
import type { Rule } from '../../normalizer.ts';
import type { NumberLexicon } from './lexicon.ts';
import { numberWordsToDigits } from './read.ts';

const DECIMAL = /^\d+\.\d+$/u;

/**
 * Numbers by their value, however they are written: number words as digits, ordinals and currencies in one form,
 * decimals without zeros at the end, hundredths of a currency as decimals. A lone 1 is written as the word.
 */
export function numberWords(lexicon: NumberLexicon): Rule {
  const phrases = lexicon.percentPhrases.map((phrase) => [` ${phrase} `, ` ${lexicon.percent} `] as const);
  return {
    name: 'number-words',
    data: JSON.stringify(lexicon, (_, value: unknown) => (value instanceof RegExp ? value.source : value)),
    apply: (text) => {
      const joined = phrases.reduce((partly, [from, to]) => partly.replaceAll(from, to), ` ${text} `);
      const words = numberWordsToDigits(spelledZeros(wordsOf(joined), lexicon), lexicon).map((word) =>
        inOneForm(word, lexicon),
      );
      return withCents(words, lexicon)
        .map((word) => (word === '1' ? lexicon.one : word))
        .join(' ');
    },
  };
}

/** English "oh" before a digit, unless it makes a year ("nineteen oh five"), is zero. */
function spelledZeros(words: readonly string[], { pairedYears, cardinals }: NumberLexicon): readonly string[] {
  if (pairedYears !== true) return words;
  const isDigit = (word: string | undefined): boolean =>
    word !== undefined && (/^\d$/u.test(word) || word === 'oh' || (cardinals[word] ?? 10) < 10);
  return words.map((word, i) => (word === 'oh' && isDigit(words[i + 1]) ? 'zero' : word));
}

function inOneForm(word: string, lexicon: NumberLexicon): string {
  if (DECIMAL.test(word)) return word.replace(/\.?0+$/u, '');
  const ordinal = lexicon.digitOrdinal.exec(word)?.[1];
  if (ordinal !== undefined) return `${ordinal}${lexicon.ordinalEnding(Number(ordinal))}`;
  return lexicon.currencyForms[word] ?? word;
}

/** "5 dollar and 10 cent" as "5.1 dollar". */
function withCents(words: string[], lexicon: NumberLexicon): string[] {
  const currencies = Object.values(lexicon.currencies);
  if (!words.some((word) => lexicon.cents.includes(word))) return words;
  const output: string[] = [];
  for (let at = 0; at < words.length;) {
    const [amount = '', currency = ''] = words.slice(at);
    const link = words[at + 2] === lexicon.and ? 1 : 0;
    const [cents = '', unit = ''] = words.slice(at + 2 + link);
    if (
      /^\d+$/u.test(amount) &&
      currencies.includes(currency) &&
      /^\d\d?$/u.test(cents) &&
      lexicon.cents.includes(unit)
    ) {
      output.push((Number(amount) + Number(cents) / 100).toString(), currency);
      at += 4 + link;
    } else {
      output.push(amount);
      at++;
    }
  }
  return output;
}
