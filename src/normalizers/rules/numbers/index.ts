import { primaryLanguage } from '../../../text/language.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { italian } from './it.ts';
import type { NumberLexicon } from './lexicon.ts';
import { dutch } from './nl.ts';
import { portuguese } from './pt.ts';

/** By primary language subtag. */
const lexicons: Readonly<Record<string, NumberLexicon>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};

/** Languages whose number words are understood. */
export const NUMBER_LANGUAGES: readonly string[] = Object.keys(lexicons);

/** How the locale's language says numbers; `null` if that is not known. */
export function numberLexicon(locale: string): NumberLexicon | null {
  return lexicons[primaryLanguage(locale)] ?? null;
}
