import { hasSpacedWords } from '../../text/units.ts';
import type { Rule } from '../normalizer.ts';

/** One plain space between words, none at the ends, whatever kinds of white space stood there. */
export const singleSpaces: Rule = {
  name: 'single-spaces',
  data: String.raw`\s+`,
  apply: (text) => text.replace(/\s+/gu, ' ').trim(),
};

/** Drops all spaces in languages that write none, so that a reference segmented for reading scores like another. */
export function localeSpaces(locale: string): Rule {
  if (hasSpacedWords(locale)) return singleSpaces;
  return { name: 'no-spaces', data: String.raw`\s+`, apply: (text) => text.replace(/\s+/gu, '') };
}
