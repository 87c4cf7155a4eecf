import { primaryLanguage } from '../../../text/language.ts';
import { danish } from './da.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { italian } from './it.ts';
import type { NumberLexicon } from './lexicon.ts';
import { dutch } from './nl.ts';
import { norwegian } from './no.ts';
import { portuguese } from './pt.ts';
import { swedish } from './sv.ts';

/** By primary language subtag. */
const lexicons: Readonly<Record<string, NumberLexicon>> = {
  da: danish,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  no: norwegian,
  pt: portuguese,
  sv: swedish,
};

/** Languages whose number words are understood. */
export const NUMBER_LANGUAGES: readonly string[] = Object.keys(lexicons);

/** How the locale's language says numbers; `null` if that is not known. */
export function numberLexicon(locale: string): NumberLexicon | null {
  return lexicons[primaryLanguage(locale)] ?? null;
}
