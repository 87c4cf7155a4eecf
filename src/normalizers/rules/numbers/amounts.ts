import type { Rule } from '../../normalizer.ts';
import type { NumberLexicon } from './lexicon.ts';

const FRACTIONS: Readonly<Record<string, string>> = { '½': '.5', '¼': '.25', '¾': '.75' };

/** A fraction sign behind a whole number: "2½", "2 ½". */
const MIXED_NUMBER = /(\d) ?([½¼¾])/gu;

/** Telephone numbers and the like: seven digits and more with hyphens, ten without grouping, or zeros in front. */
const DIGIT_STRING =
  /(?<![\d.,:/])(?:\d{2,}(?:-\d{2,})+|\d{10,}|(?<!\d[\s\u00A0\u2007\u2009\u202F])0\d+)(?![\d.,:/]*\d)/gu;

/** Sums of money and populations in digits: three zeros at the end. */
const ROUND = /000$/u;

const CLOCK_TIME = /(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])/gu;

/** Day, month and year; other languages than English do not write the month first. */
const DATE = /(?<![\d.,/])(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?([12]\d{3})(?!\d|[.,]\d)/gu;

/** Signs of units, together with their number or apart from it. */
const UNIT = /(\d)\s?(km\/h|км\/ч|[kcm]m|kg|км|см|мм|кг)(?![\p{L}\d])/gu;

/** A sign before a number that stands alone: neither a range nor a dash. */
const NEGATIVE = /(?<![^\s(])[-\u2212](\d)/gu;

/** "21-й", "5-ті": digits and the end of the word that is said. */
const HYPHENED_ENDING = /(?<![\p{L}\d.,])(\d+)[-\u2010\u2011'’](\p{L}{1,6})(?!\p{L})/gu;

/** Strings of digits that are read digit by digit, apart from each other: one wrong digit then is one error. */
export const digitStrings: Rule = {
  name: 'digit-strings',
  data: `${DIGIT_STRING.source} ${ROUND.source}`,
  apply: (text) =>
    text.replace(DIGIT_STRING, (found) => {
      const digits = found.replaceAll('-', '');
      const isString = digits.startsWith('0') || (digits.length >= 7 && !ROUND.test(digits));
      return isString ? Array.from(digits).join(' ') : found;
    }),
};

/** A text without any of these has nothing to change, and most have none. */
const NEEDED = /[\d&ºª]/u;

const escaped = (text: string): string => text.replace(/[$^*+?.()|[\]{}\\]/gu, String.raw`\$&`);

/**
 * Signs at numbers as the words that are said: currencies (behind the number, and behind "million"), percent, "&",
 * times of day, mixed fractions. Full hours lose their minutes; minutes below ten are read digit by digit in English.
 */
export function amounts(lexicon: NumberLexicon): Rule {
  const signs = Object.keys(lexicon.currencies).sort((a, b) => b.length - a.length);
  const sign = signs.map(escaped).join('|');
  const multiplier = [...Object.keys(lexicon.scales), ...lexicon.hundreds].join('|');
  const before = new RegExp(String.raw`(${sign})\s?(\d+(?:\.\d+)?)((?:\s(?:${multiplier}))?(?![\p{L}\d]))`, 'gu');
  const behind = new RegExp(String.raw`(\d(?:\s(?:${multiplier}))?)\s?(${sign})`, 'gu');
  const { clock = '' } = lexicon;
  const clockBehind = new RegExp(String.raw`(?<![\d:])(\d{1,2}):([0-5]\d)\s?${clock}(?!\p{L})`, 'gu');
  const hourSign = /(?<![\d.])(\d{1,2})\s?h\s?([0-5]\d)?(?![\p{L}\d])/gu;
  const minutes = (text: string): string => {
    if (text === '00') return '';
    const digits = text.startsWith('0') ? text[1]! : text;
    return text.startsWith('0') && lexicon.pairedYears === true ? ` 0 ${digits}` : ` ${digits}`;
  };
  const clockWords = (lexicon.clockWords ?? []).map(escaped).join('|');
  const pointedTime = new RegExp(String.raw`(?<!\p{L})(${clockWords})(\s\d{1,2})\.([0-5]\d)(?![\d.])`, 'gu');
  const percentSign = lexicon.percentFirst === true ? /()[%٪]\s?(?=\d)/gu : /(\d)\s?[%٪]/gu;
  const { months = [], dateLink = '' } = lexicon;
  return {
    name: 'amounts',
    data: JSON.stringify([
      lexicon.currencies,
      lexicon.percent,
      lexicon.and,
      clock,
      multiplier,
      UNIT.source,
      DATE.source,
    ]),
    apply: (text) => {
      if (!NEEDED.test(text)) return text;
      let result = text.replace(MIXED_NUMBER, (_, digit: string, fraction: string) => digit + FRACTIONS[fraction]!);
      if (months.length > 0 && lexicon.dayBehindMonth !== true) {
        result = result.replace(DATE, (_, day: string, month: string, year: string) =>
          [Number(day), months[Number(month) - 1]![0], year].join(dateLink === '' ? ' ' : ` ${dateLink} `),
        );
      }
      if (clockWords !== '') {
        result = result.replace(
          pointedTime,
          (_, word: string, hour: string, minute: string) => word + hour + minutes(minute),
        );
      }
      if (clock !== '') {
        result = result.replace(clockBehind, (_, hour: string, minute: string) => `${hour} ${clock}${minutes(minute)}`);
      }
      if (clock === 'heures') {
        result = result.replace(
          hourSign,
          (_, hour: string, minute: string | undefined) => `${hour} ${clock}${minutes(minute ?? '00')}`,
        );
      }
      return result
        .replace(CLOCK_TIME, (_, hour: string, minute: string) => hour + minutes(minute))
        .replace(before, (_, currency: string, number: string, scale: string) =>
          [number, scale, ' ', lexicon.currencies[currency]!, ' '].join(''),
        )
        .replace(behind, (_, number: string, currency: string) => `${number} ${lexicon.currencies[currency]!} `)
        .replace(percentSign, `$1 ${lexicon.percent} `)
        .replace(UNIT, (_, number: string, unit: string) => `${number} ${unit.replace('/', '')}`)
        .replace(NEGATIVE, lexicon.minus === undefined ? '$&' : `${lexicon.minus} $1`)
        .replace(/\.(?=[ºª])|(?<=\d):(?=[ae](?!\p{L}))/gu, '')
        .replace(HYPHENED_ENDING, (found, digits: string, ending: string) =>
          lexicon.digitOrdinal.test(digits + ending) ? digits + ending : found,
        )
        .replace(/\s&\s|(?<=\p{L})&(?=\p{L})/gu, ` ${lexicon.and} `);
    },
  };
}
