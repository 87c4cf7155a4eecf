import type { Rule } from '../normalizer.ts';
import { collapseSpaces, SPACE } from './python-regex.ts';

const BRACKETED = /[<[][^>\]]*[>\]]/gu;
const PARENTHESIZED = /\([^)]+?\)/gu;
const MARK_SYMBOL_PUNCTUATION = /[\p{M}\p{S}\p{P}]/gu;

/** Letters with strokes and ligatures, which canonical decomposition leaves whole. */
const WITHOUT_STROKE: ReadonlyMap<string, string> = new Map(
  Object.entries({ œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', æ: 'ae', Æ: 'AE', ß: 'ss', ẞ: 'SS', đ: 'd', Đ: 'D' }).concat(
    Object.entries({ ð: 'd', Ð: 'D', þ: 'th', Þ: 'th', ł: 'l', Ł: 'L' }),
  ),
);

const CHANGED_LETTER = new RegExp(String.raw`[\p{M}\p{S}\p{P}${[...WITHOUT_STROKE.keys()].join('')}]`, 'gu');

/** Lower case without regard to the locale. */
export const plainLowerCase: Rule = {
  name: 'lower-case',
  data: 'und',
  apply: (text) => text.toLowerCase(),
};

/** Drops what stands in angle or square brackets or in parentheses, such as "[music]" and "(laughs)". */
export const noBrackets: Rule = {
  name: 'brackets',
  data: `${BRACKETED.source} ${PARENTHESIZED.source}`,
  apply: (text) => text.replace(BRACKETED, '').replace(PARENTHESIZED, ''),
};

/** Marks, symbols and punctuation become spaces after NFKC; combining marks that do not compose are lost with them. */
export const marksToSpaces: Rule = {
  name: 'symbols',
  data: `NFKC ${MARK_SYMBOL_PUNCTUATION.source}`,
  apply: (text) => text.normalize('NFKC').replace(MARK_SYMBOL_PUNCTUATION, ' ').toLowerCase(),
};

/** As above after NFKD, except that diacritics vanish and signs that numbers need stay. */
export const plainLetters: Rule = {
  name: 'symbols-and-diacritics',
  data: `NFKD .%$¢€£ ${[...WITHOUT_STROKE].flat().join(' ')}`,
  apply: (text) =>
    text.normalize('NFKD').replace(CHANGED_LETTER, (character) => {
      if ('.%$¢€£'.includes(character)) return character;
      return WITHOUT_STROKE.get(character) ?? (/\p{Mn}/u.test(character) ? '' : ' ');
    }),
};

/** Runs of white space become one space, at the ends as well. */
export const oneSpace: Rule = { name: 'spaces', data: SPACE, apply: collapseSpaces };
