import type { Hallucination } from './hallucination.ts';

/** Half of the letters: names and loan words in another script are no hallucination. Our choice. */
const SHARE = 0.5;
const FEWEST_LETTERS = 2;

/** Scripts that ISO 15924 names together. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Han', 'Hira', 'Kana'],
  Kore: ['Hang', 'Han'],
  Hans: ['Han', 'Bopo'],
  Hant: ['Han', 'Bopo'],
};

/** Languages that are written in two scripts, by primary subtag, beside what `Intl` takes for likely. */
const ALSO: Readonly<Record<string, readonly string[]>> = { sr: ['Latn', 'Cyrl'], pa: ['Guru', 'Arab'] };

const patterns = new Map<string, RegExp | null>();

/** A letter of the language's scripts, or one that many scripts share; `null` for tags of no known script. */
function lettersOf(language: string): RegExp | null {
  const known = patterns.get(language);
  if (known !== undefined) return known;
  const pattern = patternOf(language);
  patterns.set(language, pattern);
  return pattern;
}

function patternOf(language: string): RegExp | null {
  try {
    const locale = new Intl.Locale(language).maximize();
    if (locale.script === undefined) return null;
    const scripts = [...(TOGETHER[locale.script] ?? [locale.script]), ...(ALSO[locale.language] ?? [])];
    return new RegExp(`[${['Zyyy', 'Zinh', ...scripts].map((name) => `\\p{scx=${name}}`).join('')}]`, 'u');
  } catch {
    return null;
  }
}

/** Another language's letters. */
export const wrongScript: Hallucination = {
  kind: 'wrong-script',
  title: 'Wrong script',
  description:
    `At least half of the letters, and ${FEWEST_LETTERS} at least, in scripts that neither the language is written in ` +
    'nor the reference contains (Unicode Script_Extensions; our threshold).',
  find: ({ language, text, reference }) => {
    const own = lettersOf(language);
    const letters = text.match(/\p{L}/gu) ?? [];
    if (own === null || letters.length < FEWEST_LETTERS) return null;
    const foreign = letters.filter((letter) => !own.test(letter));
    const foreignInReference = reference.match(/\p{L}/gu)?.some((letter) => !own.test(letter)) ?? false;
    if (foreign.length < FEWEST_LETTERS || foreign.length / letters.length < SHARE || foreignInReference) return null;
    const percent = Math.round((100 * foreign.length) / letters.length);
    return `${percent}% of the letters are not of the language's script (from ${SHARE * 100}% on)`;
  },
};
