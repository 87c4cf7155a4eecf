import { primaryLanguage } from '../../../text/language.ts';
import { danish } from './da.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { italian } from './it.ts';
import { bulgarian } from './bg.ts';
import { czech } from './cs.ts';
import { croatian } from './hr.ts';
import { polish } from './pl.ts';
import { russian } from './ru.ts';
import { slovak } from './sk.ts';
import { slovenian } from './sl.ts';
import { ukrainian } from './uk.ts';
import { greek } from './el.ts';
import { estonian } from './et.ts';
import { finnish } from './fi.ts';
import { hungarian } from './hu.ts';
import { lithuanian } from './lt.ts';
import { latvian } from './lv.ts';
import { maltese } from './mt.ts';
import { romanian } from './ro.ts';
import { turkish } from './tr.ts';
import { arabic } from './ar.ts';
import { hebrew } from './he.ts';
import { hindi } from './hi.ts';
import { vietnamese } from './vi.ts';
import { cjkNumerals } from './cjk.ts';
import { koreanNumerals } from './ko.ts';
import { thaiNumerals } from './th.ts';
import type { Rule } from '../../normalizer.ts';
import type { NumberLexicon } from './lexicon.ts';
import { dutch } from './nl.ts';
import { norwegian } from './no.ts';
import { portuguese } from './pt.ts';
import { swedish } from './sv.ts';

/** By primary language subtag; each is built where its language is first read. */
const lexicons: Readonly<Record<string, () => NumberLexicon>> = {
  bg: bulgarian,
  cs: czech,
  hr: croatian,
  pl: polish,
  ru: russian,
  sk: slovak,
  sl: slovenian,
  uk: ukrainian,
  el: greek,
  et: estonian,
  fi: finnish,
  hu: hungarian,
  lt: lithuanian,
  lv: latvian,
  mt: maltese,
  ro: romanian,
  tr: turkish,
  ar: arabic,
  he: hebrew,
  hi: hindi,
  vi: vietnamese,
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

/** The same for languages whose numbers run on without spaces, or whose digits are syllables of other words. */
const numeralRules: Readonly<Record<string, Rule>> = {
  ja: cjkNumerals,
  ko: koreanNumerals,
  th: thaiNumerals,
  yue: cjkNumerals,
  zh: cjkNumerals,
};

/** Languages whose number words are understood, as primary subtags. */
export const NUMBER_LANGUAGES: readonly string[] = [...Object.keys(lexicons), ...Object.keys(numeralRules)].sort();

const built = new Map<string, NumberLexicon>();

/** How the locale's language says numbers; `null` if that is not known. */
export function numberLexicon(locale: string): NumberLexicon | null {
  const language = primaryLanguage(locale);
  const lexicon = built.get(language) ?? lexicons[language]?.();
  if (lexicon !== undefined) built.set(language, lexicon);
  return lexicon ?? null;
}

/** The rule for numerals of a language that has no lexicon; `null` for others. */
export function numerals(language: string): Rule | null {
  return numeralRules[language] ?? null;
}
