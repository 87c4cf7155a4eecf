import { lookUp } from '../../../text/look-up.ts';
/** Parts of Germanic number words. */
export interface GermanicParts {
  /** Those that combine with tens; their values stand in the next. */
  readonly units: readonly string[];
  readonly belowTwenty: Readonly<Record<string, number>>;
  readonly tens: Readonly<Record<string, number>>;
  /** Between unit and ten, or behind hundreds, as a regular expression. */
  readonly link: string;
  /** Swedish and Norwegian: "tjugoett", with nothing between. */
  readonly tenFirst?: boolean;
  readonly hundred: string;
  readonly thousand: string;
}

/**
 * A reader of numbers written as one word: "zweitausenddreihundertvierundzwanzig", "negentienhonderdnegenennegentig",
 * "tvåhundratjugoett". It gives `null` for other words.
 */
export function germanicCompound(parts: GermanicParts): (word: string) => number | null {
  const [unit, ten] = [parts.units.join('|'), Object.keys(parts.tens).join('|')];
  const pair = new RegExp(
    parts.tenFirst === true ? `^(?<ten>${ten})(?<unit>${unit})$` : `^(?<unit>${unit})${parts.link}(?<ten>${ten})$`,
    'u',
  );
  const below100 = (word: string): number | null => {
    const simple = lookUp(parts.belowTwenty, word) ?? lookUp(parts.tens, word);
    if (simple !== undefined) return simple;
    const found = pair.exec(word)?.groups;
    return found === undefined ? null : parts.tens[found['ten']!]! + parts.belowTwenty[found['unit']!]!;
  };
  const rest = (word: string, read: (word: string) => number | null): number | null =>
    word === '' ? 0 : (read(word) ?? read(word.replace(new RegExp(`^${parts.link}`, 'u'), '')));
  const multiplied = (
    word: string,
    multiplier: string,
    factor: number,
    left: (word: string) => number | null,
    right: (word: string) => number | null,
  ): number | null => {
    const at = word.indexOf(multiplier);
    if (at === -1) return right(word);
    const count = at === 0 ? 1 : left(word.slice(0, at));
    const remainder = rest(word.slice(at + multiplier.length), right);
    return count === null || remainder === null ? null : count * factor + remainder;
  };
  const below10000 = (word: string): number | null => multiplied(word, parts.hundred, 100, below100, below100);
  return (word) => multiplied(word, parts.thousand, 1000, below10000, below10000);
}

/** Italian numbers as one word: "ventuno", "centoventotto", "millenovecentonovantanove". */
export function italianCompound(
  units: readonly string[],
  belowTwenty: Readonly<Record<string, number>>,
  tens: Readonly<Record<string, number>>,
): (word: string) => number | null {
  const below100 = new Map(Object.entries(belowTwenty));
  for (const [ten, value] of Object.entries(tens)) {
    below100.set(ten, value);
    below100.set(`${ten.slice(0, -1)}un`, value + 1);
    below100.set(`${ten.slice(0, -1)}una`, value + 1);
    for (const [i, unit] of units.entries()) {
      below100.set(ten + unit, value + i + 1);
      // The vowel before another one is usually dropped: "ventuno", "trentotto".
      if (/^[uo]/u.test(unit)) below100.set(ten.slice(0, -1) + unit, value + i + 1);
    }
  }
  const below1000 = (word: string): number | null => {
    const at = word.indexOf('cent');
    if (at === -1) return below100.get(word) ?? null;
    const count = at === 0 ? 1 : below100.get(word.slice(0, at));
    // "Centotto" shares its o.
    const rests = [word.slice(at + 'cent'.length), word.slice(at + 'cento'.length)];
    const added = word.endsWith('cento')
      ? 0
      : rests.map((rest) => below100.get(rest)).find((value) => value !== undefined);
    return count === undefined || added === undefined ? null : count * 100 + added;
  };
  return (accented) => {
    const word = accented.replaceAll('é', 'e');
    const [, count = '', plural = '', remainder = ''] = /^(.*?)(mila|mille)(.*)$/u.exec(word) ?? [];
    if (plural === '') return below1000(word);
    const thousands = count === '' ? 1 : below1000(count);
    const added = remainder === '' ? 0 : below1000(remainder);
    return thousands === null || added === null ? null : thousands * 1000 + added;
  };
}
