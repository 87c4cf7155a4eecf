import type { Rule } from '../../normalizer.ts';

const DIGITS: Readonly<Record<string, number>> = {
  ...{ 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8, 兆: 1e12 };

const digit = '[0-9〇零一二两兩三四五六七八九]';

/** Starts with a digit, ten, or a hundred or thousand that a digit follows: alone these are parts of other words. */
const NUMERAL = new RegExp(
  `(?:${digit}|十|[百千](?=${digit}|[十百])|百(?=[万萬]))(?:${digit}|[十百千万萬亿億兆]|[.点點](?=${digit}))*`,
  'gu',
);

/** Chinese and Japanese numerals as ASCII digits: 三万五千 is 35000, 二〇一九 is 2019, 三点五 is 3.5, 1.2亿 is 120000000. */
export const cjkNumerals: Rule = {
  name: 'numerals',
  data: NUMERAL.source,
  apply: (text) => text.replace(NUMERAL, (numeral) => readNumeral(numeral.replace(/[点點]/gu, '.'))),
};

/** Percent in the language's own words: 百分之50, 50パーセント. */
export function cjkPercent(language: string): Rule {
  const replacement = language === 'ja' ? '$1パーセント' : '百分之$1';
  return {
    name: 'percent',
    data: replacement,
    apply: (text) => text.replace(/(\d+(?:\.\d+)?)\s?[%％]/gu, replacement),
  };
}

function readNumeral(numeral: string): string {
  if (/^\d+(?:\.\d+)?$/u.test(numeral)) return numeral;
  if (!/[十百千万萬亿億兆]/u.test(numeral)) return numeral.replace(/[^\d.]/gu, (sign) => DIGITS[sign]!.toString());
  let total = 0;
  let section = 0;
  let digits = '';
  for (const sign of numeral) {
    if (SMALL[sign] !== undefined) {
      section += (digits === '' ? 1 : Number(digits)) * SMALL[sign];
      digits = '';
    } else if (LARGE[sign] !== undefined) {
      const before = section + Number(digits);
      // Each multiplies all before it, if that is smaller (三万亿), or only the last section (一亿三万).
      total = total !== 0 && total < LARGE[sign] ? (total + before) * LARGE[sign] : total + (before || 1) * LARGE[sign];
      section = 0;
      digits = '';
    } else {
      digits += sign === '.' ? '.' : (DIGITS[sign] ?? sign).toString();
    }
  }
  return Number((total + section + Number(digits)).toPrecision(15)).toString();
}
