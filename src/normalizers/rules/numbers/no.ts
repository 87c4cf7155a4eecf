import { ordinalLast } from './compound-words.ts';
import { germanicCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const BELOW_TWENTY = {
  ...{ null: 0, én: 1, en: 1, ei: 1, ett: 1, et: 1, to: 2, tre: 3, fire: 4, fem: 5, seks: 6, sju: 7, syv: 7, åtte: 8 },
  ...{ ni: 9, ti: 10, elleve: 11, tolv: 12, tretten: 13, fjorten: 14, femten: 15, seksten: 16, sytten: 17, atten: 18 },
  ...{ nitten: 19 },
};
const TENS = {
  ...{ tjue: 20, tretti: 30, tredve: 30, førti: 40, femti: 50, seksti: 60, sytti: 70, åtti: 80, nitti: 90 },
};
const ORDINALS = {
  ...{ første: 1, andre: 2, tredje: 3, fjerde: 4, femte: 5, sjette: 6, sjuende: 7, syvende: 7, åttende: 8, niende: 9 },
  ...{ tiende: 10, ellevte: 11, tolvte: 12, trettende: 13, fjortende: 14, femtende: 15, sekstende: 16 },
  ...{ syttende: 17, attende: 18, nittende: 19, tjuende: 20, trettiende: 30, førtiende: 40, femtiende: 50 },
  ...{ sekstiende: 60, syttiende: 70, åttiende: 80, nittiende: 90, hundrede: 100, tusende: 1000 },
};

const compound = germanicCompound({
  units: ['én', 'en', 'ett', 'to', 'tre', 'fire', 'fem', 'seks', 'sju', 'syv', 'åtte', 'ni'],
  belowTwenty: BELOW_TWENTY,
  tens: TENS,
  tenFirst: true,
  link: '(?:og)?',
  hundred: 'hundre',
  thousand: 'tusen',
});

export const norwegian = (): NumberLexicon => ({
  cardinals: {},
  compound,
  articles: ['en', 'ei', 'et', 'ett'],
  one: 'én',
  hundreds: ['hundre'],
  scales: { tusen: 1e3, million: 1e6, millioner: 1e6, milliard: 1e9, milliarder: 1e9, billion: 1e12, billioner: 1e12 },
  links: ['og'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['komma'],
  phrases: { halvannen: '1.5', halvannet: '1.5' },
  halves: ['og en halv', 'og et halvt'],
  ordinals: ORDINALS,
  compoundOrdinal: ordinalLast(compound, ORDINALS),
  ordinalEnding: () => 'e',
  digitOrdinal: /^(\d+)(?:e|º)$/u,
  percent: 'prosent',
  percentPhrases: [],
  currencies: { $: 'dollar', '€': 'euro', '£': 'pund', '¥': 'yen' },
  unitForms: {
    kr: 'kroner',
    krone: 'kroner',
    ...formsOf(`km: kilometer; cm: centimeter; mm: millimeter; kg: kilogram kilo`),
  },
  cents: ['cent', 'øre'],
  minus: 'minus',
  dottedOrdinals: 'before-lower-case',
  months: monthsOf('januar, februar, mars, april, mai, juni, juli, august, september, oktober, november, desember'),
  clockWords: ['klokka', 'klokken', 'kl', 'kl.'],
  and: 'og',
});
