import { primaryLanguage } from '../text/language.ts';

/** Which languages of a sweep a row's own tag belongs to. */
export type LanguageMatch = (tag: string) => readonly string[];

/**
 * A row belongs to the language that bears its tag. A tag without region, or a language's English name, belongs to the
 * first language of the sweep that it is the beginning of. A row without a tag belongs to the default or, where there is
 * none, to the only language of the sweep: of several, nobody knows which. `standIns` lets rows of one tag serve another
 * language too: FLEURS has one Portuguese.
 */
export function matchLanguages(
  wanted: readonly string[],
  defaultLanguage: string | null,
  standIns: Readonly<Record<string, string>>,
): LanguageMatch {
  const known = new Map<string, readonly string[]>();
  return (tag) => {
    const found = known.get(tag);
    if (found) return found;
    const stated = tag || (defaultLanguage ?? (wanted.length === 1 ? wanted[0]! : ''));
    const own = canonical(stated);
    const exact = wanted.find((language) => canonical(language) === own);
    const direct = exact ?? (own.includes('-') ? undefined : wanted.find((language) => extendsTag(language, own)));
    const served = wanted.filter((language) => {
      const standIn = standIns[language];
      return language !== direct && standIn !== undefined && canonical(standIn) === own;
    });
    const languages = direct === undefined ? served : [direct, ...served];
    known.set(tag, languages);
    return languages;
  };
}

/** `no` begins `nb-NO`, since Norwegian has two written forms and most corpora do not say which. */
function extendsTag(language: string, tag: string): boolean {
  if (tag === '') return false;
  const primary = primaryLanguage(language);
  return (
    canonical(language).startsWith(`${tag}-`) ||
    primary === primaryLanguage(tag) ||
    englishNames.of(primary)?.toLowerCase() === tag.toLowerCase()
  );
}

/** Lhotse's recipes write them, and so do people. */
const englishNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? '';
  } catch {
    return tag;
  }
}
