import { hasSpacedWords } from '../../text/units.ts';
import type { Rule } from '../normalizer.ts';

/** One plain space between words, none at the ends, whatever kinds of white space stood there. */
export const singleSpaces: Rule = {
  name: 'single-spaces',
  data: String.raw`\s+`,
  apply: (text) => text.replace(/\s+/gu, ' ').trim(),
};

/** A space that does not part two words of an alphabet. */
const NEEDLESS = /(?<![\p{Script=Latin}\d]) | (?![\p{Script=Latin}\d])/gu;

/**
 * Drops spaces in languages that write none, so that a reference segmented for reading scores like another; between
 * foreign words and numbers they stay.
 */
export function localeSpaces(locale: string): Rule {
  if (hasSpacedWords(locale)) return singleSpaces;
  return {
    name: 'no-spaces',
    data: NEEDLESS.source,
    apply: (text) => text.replace(/\s+/gu, ' ').replace(NEEDLESS, ''),
  };
}
