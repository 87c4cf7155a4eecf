import { lookUp } from '../../../text/look-up.ts';
import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

const ONE = ['ena', 'en', 'eden', 'eno', 'enega', 'ene', 'enemu', 'enim', 'eni', 'enem'];
const UNITS = valuesOf('1 ena en; 2 dva; 3 tri; 4 štiri; 5 pet; 6 šest; 7 sedem; 8 osem; 9 devet');
const TENS = valuesOf(`20 dvajset; 30 trideset; 40 štirideset; 50 petdeset; 60 šestdeset; 70 sedemdeset; 80 osemdeset
  90 devetdeset`);
const ORDINAL_TENS = inflected(
  `20 dvajset; 30 trideset; 40 štirideset; 50 petdeset; 60 šestdeset; 70 sedemdeset; 80 osemdeset; 90 devetdeset`,
  'i a o ega e emu em im ih imi',
);
const BELOW_HUNDRED = new RegExp(`^(${Object.keys(UNITS).join('|')})in(.+)$`, 'u');
const HUNDRED_FIRST = /^(sto|dvesto|tristo|štiristo|petsto|šeststo|sedemsto|osemsto|devetsto)(.+)$/u;
const HUNDREDS = inflected(
  '100 -; 200 dve; 300 tri; 400 štiri; 500 pet; 600 šest; 700 sedem; 800 osem; 900 devet',
  'sto',
);
const CASES = '- ih im imi';

/** "Enaindvajset", "petinštiridesetih": the unit, "in", the ten; also behind a hundred. */
function withTens(word: string, tens: Readonly<Record<string, number>>): number | null {
  const [, unit, ten] = BELOW_HUNDRED.exec(word) ?? [];
  if (unit !== undefined && ten !== undefined && tens[ten] !== undefined) return UNITS[unit]! + tens[ten];
  const [, hundred, rest] = HUNDRED_FIRST.exec(word) ?? [];
  if (hundred === undefined || rest === undefined) return null;
  const below = lookUp(tens, rest) ?? withTens(rest, tens);
  return below === null ? null : HUNDREDS[hundred === 'sto' ? '-sto' : hundred]! + below;
}

const CARDINAL_TENS = inflected(
  Object.entries(TENS)
    .map(([ten, value]) => `${value} ${ten}`)
    .join(';'),
  CASES,
);

export const slovenian = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 nič nula; 2 dva dve dveh dvema; 3 tri trije treh trem tremi; 4 štiri štirje štirih štirim štirimi`),
    ...inflected('5 pet; 6 šest; 8 osm; 9 devet; 10 deset; 7 sedm', 'ih im imi'),
    ...valuesOf('5 pet; 6 šest; 7 sedem; 8 osem; 9 devet; 10 deset; 100 sto stotih stotim'),
    ...inflected(
      `11 enajst; 12 dvanajst; 13 trinajst; 14 štirinajst; 15 petnajst; 16 šestnajst; 17 sedemnajst; 18 osemnajst
       19 devetnajst`,
      CASES,
    ),
    ...CARDINAL_TENS,
    ...inflected('200 dve; 300 tri; 400 štiri; 500 pet; 600 šest; 700 sedem; 800 osem; 900 devet', 'sto stotih stotim'),
  },
  compound: (word) => withTens(word, CARDINAL_TENS),
  articles: ONE.slice(1),
  one: 'ena',
  scales: {
    ...inflected('1000 tisoč', '- a e ih im'),
    ...inflected('1e6 milijon; 1e12 bilijon', '- a u om e ov i oma ih'),
    ...inflected('1e9 milijard', 'a e i o - ah ami'),
  },
  points: ['cela', 'celi', 'cele', 'celih', 'vejica'],
  places: { ...inflected('1 desetin; 2 stotin; 3 tisočin', 'a i e -') },
  halves: ['in pol'],
  ordinals: {
    ...inflected(
      `1 prv; 2 drug; 4 četrt; 5 pet; 6 šest; 7 sedm; 8 osm; 9 devet; 10 deset; 11 enajst; 12 dvanajst; 13 trinajst
       14 štirinajst; 15 petnajst; 16 šestnajst; 17 sedemnajst; 18 osemnajst; 19 devetnajst; 100 stot; 200 dvestot
       300 tristot; 400 štiristot; 500 petstot; 600 šeststot; 700 sedemstot; 800 osemstot; 900 devetstot; 1000 tisoč`,
      'i a o ega emu em',
    ),
    ...inflected('3 tretj', 'i a e ega emu em'),
    ...inflected('1 prv; 2 drug; 3 tretj; 4 četrt; 20 dvajset; 100 stot', 'e'),
    ...ORDINAL_TENS,
  },
  compoundOrdinal: (word) => withTens(word, ORDINAL_TENS),
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'odstotek',
  minus: 'minus',
  currencies: { $: 'dolar', '€': 'evro', '£': 'funt', '¥': 'jen' },
  unitForms:
    formsOf(`odstotek: odstotka odstotki odstotkov odstotke odstotkom odstotkoma odstotkih procent procenta procenti procentov
    dolar: dolarja dolarji dolarjev dolarje dolarjem dolarjih; evro: evra evri evrov evre evrom evrih
    funt: funta funti funtov funte; jen: jena jeni jenov
    km: kilometer kilometra kilometri kilometrov kilometre kilometrom kilometrih
    cm: centimeter centimetra centimetri centimetrov centimetre; mm: milimeter milimetra milimetri milimetrov
    kg: kilogram kilograma kilogrami kilogramov kilograme`),
  cents: ['cent', 'centa', 'centi', 'centov', 'cente'],
  and: 'in',
  months: monthsOf(`januarja januar, februarja februar, marca marec, aprila april, maja maj, junija junij, julija julij,
    avgusta avgust, septembra september, oktobra oktober, novembra november, decembra december`),
});
