import { normalize, normalizers } from '../normalizers/index.ts';
import { primaryLanguage } from '../text/language.ts';
import { hasSpacedWords } from '../text/units.ts';
import type { WordLore } from './error-classes/error-class.ts';

/**
 * Snowball's stemmers as `natural` has them, by primary subtag, each in a file of its own. Its Persian one returns
 * words as they are and its Japanese one is for Katakana only, so they are not here.
 */
const stemmers: Readonly<Record<string, () => Promise<{ default: { stem(word: string): string } }>>> = {
  de: () => import('natural/lib/natural/stemmers/porter_stemmer_de.js'),
  en: () => import('natural/lib/natural/stemmers/porter_stemmer.js'),
  es: () => import('natural/lib/natural/stemmers/porter_stemmer_es.js'),
  fr: () => import('natural/lib/natural/stemmers/porter_stemmer_fr.js'),
  it: () => import('natural/lib/natural/stemmers/porter_stemmer_it.js'),
  nl: () => import('natural/lib/natural/stemmers/porter_stemmer_nl.js'),
  no: () => import('natural/lib/natural/stemmers/porter_stemmer_no.js'),
  pt: () => import('natural/lib/natural/stemmers/porter_stemmer_pt.js'),
  ru: () => import('natural/lib/natural/stemmers/porter_stemmer_ru.js'),
  sv: () => import('natural/lib/natural/stemmers/porter_stemmer_sv.js'),
  uk: () => import('natural/lib/natural/stemmers/porter_stemmer_uk.js'),
};

/** Results that are remembered, before all are forgotten: an analysis meets the same words again and again. */
const MOST_REMEMBERED = 100_000;

/** Loads what is known of a language. Stemmers and phonetics are loaded only now: most commands need none. */
export async function loadWordLore(language: string): Promise<WordLore> {
  const primary = primaryLanguage(language);
  const separator = hasSpacedWords(language) ? ' ' : '';
  const fold = remembered((text) => normalize(normalizers.earshot, text, language));
  return {
    language,
    fold: (tokens) => fold(tokens.join(separator)),
    stem: await loadStemmer(primary),
    sound: primary === 'en' ? await loadDoubleMetaphone() : null,
  };
}

async function loadStemmer(primary: string): Promise<WordLore['stem']> {
  const { default: stemmer } = (await stemmers[primary]?.()) ?? { default: null };
  return stemmer && remembered((word) => stemmer.stem(word));
}

/** Double Metaphone (Philips 2000) knows English; the code of the likelier pronunciation is taken. */
async function loadDoubleMetaphone(): Promise<WordLore['sound']> {
  const { default: DoubleMetaphone } = await import('natural/lib/natural/phonetics/double_metaphone.js');
  const phonetics = new DoubleMetaphone();
  return remembered((word) => phonetics.process(word)[0]);
}

function remembered(compute: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= MOST_REMEMBERED) results.clear();
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
