import type { Rule } from '../../normalizer.ts';
import { readSections, type Sign } from './sections.ts';

const DIGITS: Readonly<Record<string, string>> = {
  ...{
    ศูนย์: '0',
    หนึ่ง: '1',
    เอ็ด: '1',
    สอง: '2',
    ยี่: '2',
    สาม: '3',
    สี่: '4',
    ห้า: '5',
    หก: '6',
    เจ็ด: '7',
    แปด: '8',
    เก้า: '9',
  },
  จุด: '.',
};
const SMALL: Readonly<Record<string, number>> = { สิบ: 10, ร้อย: 100, พัน: 1e3, หมื่น: 1e4, แสน: 1e5 };
const LARGE: Readonly<Record<string, number>> = { ล้าน: 1e6 };

/** Digits, unless they begin another word: สามารถ (able), สามัคคี (unity), ห้าม (forbid), เก้าอี้ (chair), หกล้ม (fall), โกหก (lie). */
const DIGIT = '(?:หนึ่ง|สอง|สาม(?!ารถ|ัคคี|ี|ัญ|เณร)|สี่|ห้า(?!ม(?![ื่าีุูไเ]))|(?<!โก)หก(?!ล้ม|คะเมน)|เจ็ด|แปด|เก้า(?!อี้))';

/** Multipliers, unless they begin another word: พันธุ์ (species), ร้อยละ (percent). */
const MULTIPLIER = '(?:สิบ|ร้อย(?!ละ)|พัน(?!ธ)|หมื่น|แสน|ล้าน(?!นา))';

const DECIMALS = `(?:จุด(?:ศูนย์|${DIGIT})+)`;

const NUMERAL = new RegExp(
  [
    `ศูนย์${DECIMALS}`,
    `\\d+(?:\\.\\d+)?\\s?${MULTIPLIER}(?:${DIGIT}|ยี่สิบ|${MULTIPLIER}|เอ็ด)*`,
    `(?:${DIGIT}|ยี่?สิบ|สิบ)(?:${DIGIT}|ยี่สิบ|${MULTIPLIER}|เอ็ด)*${DECIMALS}?`,
  ].join('|'),
  'gu',
);

const SIGN = new RegExp(
  [...Object.keys(DIGITS), ...Object.keys(SMALL), ...Object.keys(LARGE), String.raw`\d`, String.raw`\.`].join('|'),
  'gu',
);

/** Thai number words as digits: สองพันสิบเก้า is 2019, สามจุดห้า is 3.5, 5 ล้าน is 5000000. */
export const thaiNumerals: Rule = {
  name: 'numerals',
  data: NUMERAL.source,
  apply: (text) =>
    text.replace(NUMERAL, (numeral) => {
      const signs = Array.from(numeral.match(SIGN) ?? [], (sign): Sign => {
        if (SMALL[sign] !== undefined) return { small: SMALL[sign] };
        if (LARGE[sign] !== undefined) return { large: LARGE[sign] };
        return { digit: DIGITS[sign] ?? sign };
      });
      return readSections(signs) ?? numeral;
    }),
};
