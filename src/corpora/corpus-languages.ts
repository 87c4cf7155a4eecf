import { primaryLanguage } from '../text/language.ts';

/** Which languages of a sweep a row's own tag belongs to. */
export type LanguageMatch = (tag: string) => readonly string[];

/**
 * A row belongs to the language that bears its tag. A tag without region belongs to the first language of the sweep
 * that it is the beginning of. `standIns` lets rows of one tag serve another language too: FLEURS has one Portuguese.
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
    const own = canonical(tag || (defaultLanguage ?? ''));
    const exact = wanted.find((language) => canonical(language) === own);
    const direct = exact ?? (own.includes('-') ? undefined : wanted.find((language) => extendsTag(language, own)));
    const served = wanted.filter((language) => language !== direct && canonical(standIns[language] ?? '') === own);
    const languages = direct === undefined ? served : [direct, ...served];
    known.set(tag, languages);
    return languages;
  };
}

/** `no` begins `nb-NO`, since Norwegian has two written forms and most corpora do not say which. */
function extendsTag(language: string, tag: string): boolean {
  if (tag === '') return false;
  return canonical(language).startsWith(`${tag}-`) || primaryLanguage(language) === primaryLanguage(tag);
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? '';
  } catch {
    return tag;
  }
}
