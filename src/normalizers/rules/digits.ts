import { primaryLanguage } from '../../text/language.ts';
import type { Rule } from '../normalizer.ts';

/** Languages that write 1,234.5; the others write 1.234,5 or 1 234,5. */
const COMMA_GROUPS = new Set([
  ...['en', 'zh', 'yue', 'ja', 'ko', 'th', 'lo', 'my', 'km', 'he', 'hi', 'bn', 'ta', 'te', 'ur', 'ar', 'fa'],
  ...['sw', 'ga', 'cy', 'mt', 'tl', 'und'],
]);

/** Languages that group digits with a space, which corpora often write as a plain one. */
const SPACE_GROUPS = new Set([
  'fr',
  'es',
  'pt',
  'sv',
  'no',
  'fi',
  'pl',
  'cs',
  'sk',
  'hu',
  'ru',
  'uk',
  'bg',
  'lt',
  'lv',
  'et',
]);

/** Spaces that typesetters put between groups of digits: no-break, figure, thin, narrow no-break. */
const GROUPING_SPACES = String.raw`\u00A0\u2007\u2009\u202F`;

/** Groups of three; in Indian writing of two before the last three. */
const grouped = (separator: string): RegExp =>
  new RegExp(String.raw`(?<![\d.,])[1-9]\d{0,2}(?:${separator}\d{2,3})*${separator}\d{3}(?!\d)`, 'gu');

/** One comma between digits; several part the members of a list. */
const DECIMAL_COMMA = /(?<![\d.,])(\d+),(\d+)(?![.,]*\d)/gu;

const DECIMAL_POINT = /(?<![\d.])(\d+)\.(\d+)(?![.]*\d)/gu;

/** The signs of Arabic and Persian between digits: of groups, and before decimals. */
const ARABIC_GROUP = /(?<=\d)\u066C(?=\d)/gu;
const ARABIC_POINT = /(?<=\d)\u066B(?=\d)/gu;

const NOT_A_DIGIT = /\D/gu;

/** A decimal digit of a script other than Latin. */
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;

/** Unicode places each script's ten digits in a row from zero, so the digits right before it tell a digit's value. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

/** Digits of any script as ASCII digits. */
export function asciiDigits(text: string): string {
  return text.replace(FOREIGN_DIGIT, digitValue);
}

/**
 * One writing for numbers in digits: ASCII digits, no grouping signs, a point before decimals.
 * "1 234,5" (fr), "1.234,5" (de) and "1,234.5" (en) all become "1234.5". Swiss apostrophes group as well.
 */
export function digitForm(locale: string): Rule {
  const language = primaryLanguage(locale);
  const commaGroups = COMMA_GROUPS.has(language);
  const patterns = [
    `[${GROUPING_SPACES}${SPACE_GROUPS.has(language) ? ' ' : ''}]`,
    "['’]",
    commaGroups ? ',' : String.raw`\.`,
  ].map(grouped);
  const [group, point] = commaGroups ? [',', '.'] : ['.', ','];
  const join = (number: string): string => number.replace(NOT_A_DIGIT, '');
  return {
    name: 'digit-form',
    data: patterns
      .map((pattern) => pattern.source)
      .concat(commaGroups ? 'comma-groups' : 'decimal-comma', ARABIC_GROUP.source, ARABIC_POINT.source)
      .join(' '),
    apply: (text) => {
      const latin = asciiDigits(text).replace(ARABIC_GROUP, group).replace(ARABIC_POINT, point);
      const joined = patterns.reduce((partly, pattern) => partly.replace(pattern, join), latin);
      return commaGroups ? joined : joined.replace(DECIMAL_COMMA, '$1.$2');
    },
  };
}

/**
 * The locale's own sign before decimals, where that is a comma: with a point, "3,141" would be three thousand when it
 * is normalized again. `null` for other locales.
 */
export function decimalSign(locale: string): Rule | null {
  if (COMMA_GROUPS.has(primaryLanguage(locale))) return null;
  return {
    name: 'decimal-sign',
    data: DECIMAL_POINT.source,
    apply: (text) => text.replace(DECIMAL_POINT, '$1,$2'),
  };
}
