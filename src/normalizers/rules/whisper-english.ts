import type { Rule } from '../normalizer.ts';
import { AMERICAN_SPELLING } from './american-spelling.ts';
import { SPACE, splitAtSpaces, WORD_END, WORD_START } from './python-regex.ts';
import { NUMBER_WORDS } from './whisper-number-words.ts';
import { readNumbers } from './whisper-numbers.ts';

const AND_A_HALF = new RegExp(`${WORD_START}and${SPACE}+a${SPACE}+half${WORD_END}`, 'u');
const SPLIT_OFF_SUFFIX = new RegExp(`([0-9])${SPACE}+(st|nd|rd|th|s)${WORD_END}`, 'gu');
const AMOUNT_AND_CENTS = new RegExp(`([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})${WORD_END}`, 'gu');
const CENTS_ONLY = new RegExp(`[€£$]0.([0-9]{1,2})${WORD_END}`, 'gu');
const LONE_ONE = new RegExp(`${WORD_START}1(s?)${WORD_END}`, 'gu');
const COMMA_IN_NUMBER = /(\p{Nd}),(\p{Nd})/gu;
const POINT_OUTSIDE_NUMBER = /\.([^0-9]|$)/gu;
const LONE_SIGN = /[.$¢€£]([^0-9])/gu;
const LONE_PERCENT = /([^0-9])%/gu;

/** "two and a half" is read as "two point five", elsewhere the words stay. */
function halvesAsDecimals(text: string): string {
  if (!text.includes('half')) return text;
  const segments = text.split(AND_A_HALF);
  const last = segments.length - 1;
  return segments
    .flatMap((segment, i) => {
      const words = splitAtSpaces(segment);
      if (words.length === 0) return [];
      if (i === last) return [segment];
      const before = words.at(-1)!;
      const isNumber = [NUMBER_WORDS.zeros, NUMBER_WORDS.units, NUMBER_WORDS.tens, NUMBER_WORDS.multipliers].some(
        (numberWords) => numberWords.has(before),
      );
      return [segment, isNumber ? 'point five' : 'and a half'];
    })
    .join(' ');
}

/** Commas between digits go, points that end no integer become spaces. */
export const numberSigns: Rule = {
  name: 'number-signs',
  data: `${COMMA_IN_NUMBER.source} ${POINT_OUTSIDE_NUMBER.source}`,
  apply: (text) => text.replace(COMMA_IN_NUMBER, '$1$2').replace(POINT_OUTSIDE_NUMBER, ' $1'),
};

/** Number words become digits, with their sign, currency, percent and ordinal ending; a lone 1 becomes "one" again. */
export const whisperNumbers: Rule = {
  name: 'numbers',
  data: JSON.stringify(Object.values(NUMBER_WORDS).map((words) => [...words.keys()])),
  apply: (text) => {
    const separated = halvesAsDecimals(text)
      .replace(/([a-z])([0-9])/gu, '$1 $2')
      .replace(/([0-9])([a-z])/gu, '$1 $2')
      .replace(SPLIT_OFF_SUFFIX, '$1$2');
    return readNumbers(splitAtSpaces(separated))
      .join(' ')
      .replace(AMOUNT_AND_CENTS, (_, currency: string, amount: string, cents: string) =>
        [currency, amount, '.', cents.padStart(2, '0')].join(''),
      )
      .replace(CENTS_ONLY, (_, cents: string) => `¢${Number(cents)}`)
      .replace(LONE_ONE, 'one$1');
  },
};

/** British spelling becomes American. */
export const americanSpelling: Rule = {
  name: 'spelling',
  data: [...AMERICAN_SPELLING].flat().join(' '),
  apply: (text) =>
    splitAtSpaces(text)
      .map((word) => AMERICAN_SPELLING.get(word) ?? word)
      .join(' '),
};

/** Signs that stand at no number become spaces. */
export const noLoneSigns: Rule = {
  name: 'lone-signs',
  data: `${LONE_SIGN.source} ${LONE_PERCENT.source}`,
  apply: (text) => text.replace(LONE_SIGN, ' $1').replace(LONE_PERCENT, '$1 '),
};
