import type { Rule } from '../../normalizer.ts';
import { readSections, type Sign } from './sections.ts';

const DIGITS: Readonly<Record<string, number>> = {
  ...{ 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8, 兆: 1e12 };

const digit = '[0-9〇零一二两兩三四五六七八九]';

/** Starts with a digit, ten, or a hundred or thousand that a digit follows: alone these are parts of other words. */
const withHundred = (hundred: string): string =>
  `(?:${digit}|十|[百千](?=${digit}|[十百])|百(?=[万萬]))(?:${digit}|[十千万萬亿億兆]|${hundred}|[.点點](?=${digit}))*`;

/**
 * The hundred of 百分之, per cent, ends a numeral that cannot be part of a fraction's denominator, as 三百分之一 has one:
 * behind 分之, or in ASCII digits.
 */
const NUMERAL = new RegExp(`(?:(?<=分之)|(?=[0-9]))${withHundred('百(?!分之)')}|${withHundred('百')}`, 'gu');

/** Chinese and Japanese numerals as ASCII digits: 三万五千 is 35000, 二〇一九 is 2019, 三点五 is 3.5, 1.2亿 is 120000000. */
export const cjkNumerals: Rule = {
  name: 'numerals',
  data: NUMERAL.source,
  apply: (text) => text.replace(NUMERAL, (numeral) => readNumeral(numeral.replace(/[点點]/gu, '.'))),
};

/** By language, what the sign for percent behind a number is read as. */
const PERCENT: Readonly<Record<string, string>> = {
  ja: '$1パーセント',
  zh: '百分之$1',
  yue: '百分之$1',
  ko: '$1퍼센트',
  th: '$1เปอร์เซ็นต์',
};

/** Percent in the language's own words: 百分之50, 50パーセント. */
export function percentInWords(language: string): Rule | null {
  const replacement = PERCENT[language];
  if (replacement === undefined) return null;
  return {
    name: 'percent',
    data: replacement,
    apply: (text) => text.replace(/(\d+(?:\.\d+)?)\s?[%％]/gu, replacement),
  };
}

function readNumeral(numeral: string): string {
  if (/^\d+(?:\.\d+)?$/u.test(numeral)) return numeral;
  const signs = Array.from(numeral, (sign): Sign => {
    if (SMALL[sign] !== undefined) return { small: SMALL[sign] };
    if (LARGE[sign] !== undefined) return { large: LARGE[sign] };
    return { digit: (DIGITS[sign] ?? sign).toString() };
  });
  return readSections(signs) ?? numeral;
}
