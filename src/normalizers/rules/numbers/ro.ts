import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const CARDINALS = valuesOf(`0 zero; 1 unu una un o; 2 doi două; 3 trei; 4 patru; 5 cinci; 6 șase; 7 șapte; 8 opt; 9 nouă
  10 zece; 11 unsprezece unșpe; 12 doisprezece douăsprezece doișpe; 13 treisprezece treișpe; 14 paisprezece patrusprezece paișpe
  15 cincisprezece cinșpe; 16 șaisprezece șasesprezece șaișpe; 17 șaptesprezece șaptișpe; 18 optsprezece optișpe
  19 nouăsprezece nouășpe; 20 douăzeci; 30 treizeci; 40 patruzeci; 50 cincizeci; 60 șaizeci; 70 șaptezeci
  80 optzeci; 90 nouăzeci`);

export const romanian = (): NumberLexicon => ({
  cardinals: CARDINALS,
  articles: ['un', 'o', 'una'],
  one: 'unu',
  hundreds: ['sută', 'sute'],
  scales: valuesOf('1000 mie mii; 1e6 milion milioane; 1e9 miliard miliarde; 1e12 trilion trilioane'),
  links: ['și'],
  mayLink: (last, next) => last >= 20 && last < 100 && next < 10,
  scaleLinks: ['de'],
  points: ['virgulă'],
  halves: ['și jumătate'],
  ordinals: {
    ...valuesOf(`1 primul prima primei primului; 2 doilea doua; 3 treilea treia; 4 patrulea patra; 5 cincilea cincea
      6 șaselea șasea; 7 șaptelea șaptea; 8 optulea opta; 9 nouălea noua; 10 zecelea zecea; 20 douăzecilea douăzecea
      30 treizecilea treizecea; 40 patruzecilea; 50 cincizecilea; 60 șaizecilea; 70 șaptezecilea; 80 optzecilea
      90 nouăzecilea; 100 sutălea suta`),
    ...inflected('11 unsprezece; 12 doisprezece; 12 douăsprezece; 13 treisprezece; 14 paisprezece', 'lea a'),
    ...inflected('15 cincisprezece; 16 șaisprezece; 17 șaptesprezece; 18 optsprezece; 19 nouăsprezece', 'lea a'),
  },
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)(?:º|lea|a)$/u,
  percent: 'lasută',
  percentPhrases: ['la sută', 'procente', 'procent'],
  minus: 'minus',
  currencies: { $: 'dolar', '€': 'euro', '£': 'liră', '¥': 'yen' },
  unitForms: formsOf(`dolar: dolari dolarilor; liră: lire; yen: yeni; leu: lei
    km: kilometru kilometri kilometrilor; cm: centimetru centimetri; mm: milimetru milimetri; kg: kilogram kilograme kilogramelor`),
  cents: ['cent', 'cenți', 'ban', 'bani'],
  and: 'și',
  months: monthsOf(
    `ianuarie, februarie, martie, aprilie, mai, iunie, iulie, august, septembrie, octombrie, noiembrie, decembrie`,
  ),
});
