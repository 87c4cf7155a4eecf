import type { Rule } from '../../normalizer.ts';
import { readSections, type Sign } from './sections.ts';

const DIGITS: Readonly<Record<string, string>> = {
  ...{ 영: '0', 공: '0', 일: '1', 이: '2', 삼: '3', 사: '4', 오: '5', 육: '6', 칠: '7', 팔: '8', 구: '9', 점: '.' },
};
const SMALL: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1000 };
const LARGE: Readonly<Record<string, number>> = { 만: 1e4, 억: 1e8, 조: 1e12 };

const NATIVE_UNITS: Readonly<Record<string, number>> = {
  ...{ 하나: 1, 한: 1, 둘: 2, 두: 2, 셋: 3, 세: 3, 넷: 4, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9 },
};
const NATIVE_TENS: Readonly<Record<string, number>> = {
  ...{ 열: 10, 스물: 20, 스무: 20, 서른: 30, 마흔: 40, 쉰: 50, 예순: 60, 일흔: 70, 여든: 80, 아흔: 90 },
};

/** What is counted, written together with digits or apart from them. */
const COUNTERS = [
  ...[
    '개월',
    '년대',
    '년',
    '월',
    '일',
    '시간',
    '시',
    '분',
    '초',
    '명',
    '개',
    '원',
    '달러',
    '유로',
    '엔',
    '퍼센트',
    '프로',
  ],
  ...[
    '킬로미터',
    '킬로그램',
    '센티미터',
    '밀리미터',
    '미터',
    '킬로',
    '도',
    '번째',
    '번',
    '살',
    '세기',
    '세',
    '층',
    '대',
    '장',
    '권',
  ],
  ...['회', '차', '위', '주', '인', '가지', '마리', '호', '배', '여', '가구', '곳', '점', '팀', '골', '톤', '평'],
].join('|');

/** Counters that stand behind one Sino-Korean digit, which alone is a syllable of many other words. */
const CLEAR_COUNTERS = '개월|월|퍼센트|세기|킬로미터|킬로그램|센티미터|밀리미터|달러|유로|층';
/** The same for a multiplier alone: "만 원". */
const ROUND_COUNTERS = '원|명|년|달러|퍼센트|미터|킬로미터|톤';
/** The same for native numbers without a space. */
const CLEAR_NATIVE_COUNTERS = '번째|시간|명|마리|가지';
const NATIVE_COUNTERS = `${CLEAR_NATIVE_COUNTERS}|시|개|살|번|권|잔|대|병|달|사람|장|배|곳|차례|주|군데|달러`;

const UNIT = '[일이삼사오육칠팔구]';
const ENDS = String.raw`(?=\s|$|${'COUNTER'})`.replace('COUNTER', COUNTERS);
const START = String.raw`(?<![\p{L}\p{M}\d.])`;

/** At least one multiplier, and two where the numeral does not begin with a digit or ten: "천사" is an angel, "만일" if. */
const MULTIPLIED = String.raw`(?:${UNIT}[십백천만억]|십${UNIT}|십[만억]|(?:[백천]|만\s?)${UNIT}?[십백천만억])(?:${UNIT}|[십백천만억조]|(?<=[만억조])\s)*(?:점[영공일이삼사오육칠팔구]+)?`;
const WITH_DIGITS = String.raw`\d+(?:\.\d+)?[십백천]?[만억](?:\s?(?:\d+[십백천]?|${UNIT}?[십백천]|${UNIT})+[만억]?)*|\d+[백천](?![가-힣])`;
const DECIMALS = `[영일이삼사오육칠팔구]점[영공일이삼사오육칠팔구]+`;

const SINO = new RegExp(
  `${START}(?!(?:이만|오만)(?:$|\\s(?!${UNIT}?[십백천])))(?:${MULTIPLIED}|${DECIMALS})${ENDS}|${START}${UNIT}(?=\\s?(?:${CLEAR_COUNTERS}))|${START}(?:십|[백천만]${UNIT}?)(?=\\s(?:${ROUND_COUNTERS}))|(?<![제\\d.])(?:${WITH_DIGITS})`,
  'gu',
);
const IRREGULAR_MONTHS = /(?<!\p{L})(유월|시월)(?=\s|$|의|에|\d)/gu;

const NATIVE_UNIT = Object.keys(NATIVE_UNITS).join('|');
const NATIVE_TEN = Object.keys(NATIVE_TENS).join('|');
const NATIVE = new RegExp(
  String.raw`${START}(?:(${NATIVE_TEN})?(${NATIVE_UNIT})|(${NATIVE_TEN}))(?=\s(?:${NATIVE_COUNTERS})|(?:${CLEAR_NATIVE_COUNTERS}))`,
  'gu',
);
const NATIVE_ALONE = new RegExp(
  String.raw`${START}(스물|서른|마흔|예순|일흔|여든|아흔)(${NATIVE_UNIT})(?=\s|$|살|명|개|시)`,
  'gu',
);

const APART = new RegExp(String.raw`(?<=\d)\s(?=(?:${COUNTERS}|${NATIVE_COUNTERS}))`, 'gu');

/**
 * Korean number words as digits where nothing else can be meant: Sino-Korean numerals with a multiplier, or before a
 * unit; native ones before a counter. What is counted is written together with its number.
 */
export const koreanNumerals: Rule = {
  name: 'numerals',
  data: [SINO, NATIVE, NATIVE_ALONE, APART].map((pattern) => pattern.source).join(' '),
  apply: (text) =>
    text
      .replace(IRREGULAR_MONTHS, (month) => (month === '유월' ? '6월' : '10월'))
      .replace(SINO, (numeral) => readSino(numeral) + (numeral.endsWith(' ') ? ' ' : ''))
      .replace(NATIVE, (_, ten: string | undefined, unit: string | undefined, alone: string | undefined) =>
        String((NATIVE_TENS[ten ?? alone ?? ''] ?? 0) + (NATIVE_UNITS[unit ?? ''] ?? 0)),
      )
      .replace(NATIVE_ALONE, (_, ten: string, unit: string) => String(NATIVE_TENS[ten]! + NATIVE_UNITS[unit]!))
      .replace(APART, ''),
};

function readSino(numeral: string): string {
  const signs = Array.from(numeral.replace(/\s/gu, ''), (sign): Sign => {
    if (SMALL[sign] !== undefined) return { small: SMALL[sign] };
    if (LARGE[sign] !== undefined) return { large: LARGE[sign] };
    return { digit: DIGITS[sign] ?? sign };
  });
  return readSections(signs) ?? numeral;
}
