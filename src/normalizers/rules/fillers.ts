import { primaryLanguage } from '../../text/language.ts';
import { words as wordsOf } from '../../text/tokens.ts';
import type { Rule } from '../normalizer.ts';

/** Sounds of hesitation that are no words of the language: transcribers write them or not, as they please. */
const FILLERS: Readonly<Record<string, readonly string[]>> = {
  da: ['øh', 'øhm', 'hm', 'hmm', 'mhm'],
  de: ['äh', 'ähm', 'öh', 'öhm', 'hm', 'hmm', 'mhm', 'ähh'],
  en: ['uh', 'uhh', 'um', 'umm', 'uhm', 'er', 'erm', 'ehm', 'hm', 'hmm', 'mm', 'mmm', 'mhm'],
  es: ['eh', 'ehm', 'em', 'hm', 'mm', 'mmm', 'mhm'],
  fr: ['euh', 'heu', 'hum', 'hm', 'mm', 'mhm'],
  it: ['ehm', 'eh', 'mh', 'hm', 'mhm'],
  nl: ['eh', 'ehm', 'uh', 'uhm', 'hm', 'hmm', 'mhm'],
  no: ['eh', 'øh', 'hm', 'hmm', 'mhm'],
  pt: ['hum', 'hm', 'hã', 'eh', 'mhm'],
  sv: ['eh', 'öh', 'hm', 'hmm', 'mhm'],
};

/**
 * Drops sounds of hesitation; `null` for languages without a list. "Mm" behind digits is a unit: the number rules write
 * the word for it, since not every number keeps its digits, and a hesitation would stand behind "one".
 */
export function noFillers(locale: string): Rule | null {
  const fillers = FILLERS[primaryLanguage(locale)];
  if (fillers === undefined) return null;
  return {
    name: 'fillers',
    data: fillers.join(' '),
    apply: (text) =>
      wordsOf(text)
        .filter((word, i, all) => !fillers.includes(word) || (word === 'mm' && /\d$/u.test(all[i - 1] ?? '')))
        .join(' '),
  };
}
