import { formsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

export const vietnamese = (): NumberLexicon => ({
  cardinals: valuesOf(
    `0 không; 1 một mốt; 2 hai; 3 ba; 4 bốn tư; 5 năm lăm nhăm; 6 sáu; 7 bảy bẩy; 8 tám; 9 chín; 10 mười`,
  ),
  articles: [],
  /** "Năm" is a year as well, "không" is not. */
  dependent: ['năm', 'không'],
  behindTens: ['mốt', 'tư', 'lăm', 'nhăm'],
  loneDigits: { 0: 'không', 5: 'năm' },
  one: 'một',
  tens: ['mươi'],
  tenTakesUnits: true,
  hundreds: ['trăm'],
  scales: valuesOf('1000 nghìn ngàn; 1e6 triệu; 1e9 tỷ tỉ'),
  links: ['linh', 'lẻ'],
  mayLink: (last, next) => last >= 100 && next < 100,
  phrases: { 'không trăm linh': 'linh', 'không trăm lẻ': 'linh', 'không trăm': 'linh' },
  points: ['phẩy', 'chấm'],
  halves: ['rưỡi'],
  halvesFrom: 100,
  ordinals: {},
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)º$/u,
  percent: 'phầntrăm',
  percentPhrases: ['phần trăm'],
  minus: 'âm',
  currencies: { $: 'đô la', '€': 'euro', '£': 'bảng', '¥': 'yên', '₫': 'đồng' },
  unitForms: formsOf(`km: kilômét kilomet kilômet kilomét; cm: xăngtimét; kg: kilôgam kilogam ký kí; euro: ơ rô`),
  cents: ['xu'],
  and: 'và',
});
