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

/** A letter of none of the language's scripts, nor shared by many scripts; `null` for tags of no known script. */
function foreignLetterOf(language: string): RegExp | null {
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
    const own = ['Zyyy', 'Zinh', ...scripts].map((name) => `\\p{scx=${name}}`).join('');
    return new RegExp(`(?![${own}])\\p{L}`, 'gu');
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
    const foreignLetter = foreignLetterOf(language);
    if (foreignLetter === null) return null;
    const foreign = text.match(foreignLetter)?.length ?? 0;
    if (foreign < FEWEST_LETTERS) return null;
    const letters = text.match(/\p{L}/gu)!.length;
    if (foreign / letters < SHARE || reference.match(foreignLetter) !== null) return null;
    const percent = Math.round((100 * foreign) / letters);
    return `${percent}% of the letters are not of the language's script (from ${SHARE * 100}% on)`;
  },
};
