import type { NumberLexicon } from './lexicon.ts';

/** The written form of each month by each of its forms. */
const monthsByForm = new WeakMap<NumberLexicon, ReadonlyMap<string, string>>();

function monthsOf(lexicon: NumberLexicon): ReadonlyMap<string, string> {
  const known = monthsByForm.get(lexicon);
  if (known !== undefined) return known;
  const months = new Map((lexicon.months ?? []).flatMap((forms) => forms.map((form) => [form, forms[0]!] as const)));
  monthsByForm.set(lexicon, months);
  return months;
}

/**
 * Days and years as plain numbers: "21te mai" is "21 mai", as "21. Mai" is, "1º de mayo" "1 de mayo", and "1999º roku"
 * "1999 roku". A day stands before the month, in English behind it as well; a year has four digits.
 */
export function dayAndYear(words: string[], lexicon: NumberLexicon): string[] {
  const months = monthsOf(lexicon);
  if (months.size === 0 && lexicon.years === undefined) return words;
  const number = (word: string | undefined): number | null => {
    const digits = lexicon.digitOrdinal.exec(word ?? '')?.[1] ?? (/^\d+$/u.test(word ?? '') ? word! : null);
    return digits === null ? null : Number(digits);
  };
  const isDay = (value: number | null): value is number => value !== null && value >= 1 && value <= 31;
  return words.map((word, i) => {
    const value = number(word);
    if (value === null) return isDay(number(words[i - 1])) ? (months.get(word) ?? word) : word;
    const [before, behind] = [words[i - 1] ?? '', words[i + 1] ?? ''];
    const link = behind === lexicon.dateLink ? 1 : 0;
    const ofMonth = months.has(words[i + 1 + link] ?? '') || (lexicon.dayBehindMonth === true && months.has(before));
    const ofYear = value >= 1000 && value <= 9999 && lexicon.years?.includes(behind) === true;
    return (isDay(value) && ofMonth) || ofYear ? value.toString() : word;
  });
}
