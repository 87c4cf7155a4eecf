import { lookUp } from '../../../text/look-up.ts';
import { compoundWords } from './compound-words.ts';
import { formsOf, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = valuesOf('1 bir; 2 iki; 3 üç; 4 dört; 5 beş; 6 altı; 7 yedi; 8 sekiz; 9 dokuz');
const TENS = valuesOf('10 on; 20 yirmi; 30 otuz; 40 kırk; 50 elli; 60 altmış; 70 yetmiş; 80 seksen; 90 doksan');
const ORDINALS = valuesOf(`1 birinci; 2 ikinci; 3 üçüncü; 4 dördüncü; 5 beşinci; 6 altıncı; 7 yedinci; 8 sekizinci
  9 dokuzuncu; 10 onuncu; 20 yirminci; 30 otuzuncu; 40 kırkıncı; 50 ellinci; 60 altmışıncı; 70 yetmişinci
  80 sekseninci; 90 doksanıncı; 100 yüzüncü; 1000 bininci; 1e6 milyonuncu`);

const compound = compoundWords({
  units: UNITS,
  below100: TENS,
  multipliers: valuesOf('100 yüz; 1000 bin'),
  tenTakesUnits: true,
});

/** Endings that an apostrophe parts from digits: "2019'da", "iki bin on dokuzda". */
const ENDING = /^(.+?)(d[ae]n?|t[ae]n?|y?[ae]|y?[ıiuü]|n?[ıiuü]n)$/u;

/** Behind these an ending makes no other word: "onun" is his, "altında" under, "yüzü" the face, "binde" among thousand. */
const CLEAR = new Set([
  ...['üç', 'beş', 'sekiz', 'dokuz', 'yirmi', 'otuz', 'elli', 'altmış', 'yetmiş', 'seksen', 'doksan'],
  ...['milyon', 'milyar'],
]);

export const turkish = (): NumberLexicon => ({
  cardinals: { ...UNITS, ...TENS, sıfır: 0 },
  compound,
  articles: ['bir'],
  one: 'bir',
  oneEnds: true,
  tenTakesUnits: true,
  endingApart: (word, isBehindNumber) => {
    const [, stem = '', ending = ''] = ENDING.exec(word) ?? [];
    if (stem === '' || word === 'yüzde') return null;
    const isNumber =
      lookUp(UNITS, stem) !== undefined || lookUp(TENS, stem) !== undefined || stem === 'yüz' || stem === 'bin';
    return CLEAR.has(stem) || (isBehindNumber && isNumber) ? [stem, ending] : null;
  },
  hundreds: ['yüz'],
  scales: valuesOf('1000 bin; 1e6 milyon; 1e9 milyar; 1e12 trilyon'),
  links: [],
  mayLink: () => false,
  points: ['virgül', 'nokta'],
  halves: ['buçuk'],
  ordinals: ORDINALS,
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)(?:º|[ıiuü]?nc[ıiuü])$/u,
  dottedOrdinals: 'before-lower-case',
  percent: 'yüzde',
  percentFirst: true,
  percentPhrases: [],
  minus: 'eksi',
  currencies: { $: 'dolar', '€': 'euro', '£': 'sterlin', '¥': 'yen', '₺': 'lira' },
  unitForms: formsOf('euro: avro; lira: tl; km: kilometre; cm: santimetre; mm: milimetre; kg: kilogram kilo'),
  cents: ['sent', 'kuruş'],
  and: 've',
  months: monthsOf(`ocak, şubat, mart, nisan, mayıs, haziran, temmuz, ağustos, eylül, ekim, kasım, aralık`),
});
