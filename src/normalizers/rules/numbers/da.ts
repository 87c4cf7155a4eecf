import { lookUp } from '../../../text/look-up.ts';
import { germanicCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const BELOW_TWENTY = {
  ...{ nul: 0, én: 1, ét: 1, en: 1, et: 1, to: 2, tre: 3, fire: 4, fem: 5, seks: 6, syv: 7, otte: 8, ni: 9, ti: 10 },
  ...{ elleve: 11, tolv: 12, tretten: 13, fjorten: 14, femten: 15, seksten: 16, sytten: 17, atten: 18, nitten: 19 },
};
const TENS = {
  ...{ tyve: 20, tredive: 30, fyrre: 40, halvtreds: 50, tres: 60, halvfjerds: 70, firs: 80, halvfems: 90 },
};
const ORDINALS = {
  ...{ første: 1, anden: 2, andet: 2, tredje: 3, fjerde: 4, femte: 5, sjette: 6, syvende: 7, ottende: 8, niende: 9 },
  ...{ tiende: 10, ellevte: 11, tolvte: 12, trettende: 13, fjortende: 14, femtende: 15, sekstende: 16, syttende: 17 },
  ...{ attende: 18, nittende: 19, tyvende: 20, tredivte: 30, fyrretyvende: 40, fyrrende: 40, halvtredsindstyvende: 50 },
  ...{ tresindstyvende: 60, halvfjerdsindstyvende: 70, firsindstyvende: 80, halvfemsindstyvende: 90 },
};
const UNITS = ['én', 'en', 'et', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni'];

/** "Enogtyvende": the unit, "og", then the ordinal of the ten. */
function compoundOrdinal(word: string): number | null {
  const [, unit = '', ten = ''] = /^(.+?)og(.+)$/u.exec(word) ?? [];
  const value = lookUp<number>(ORDINALS, ten);
  const added = lookUp<number>(BELOW_TWENTY, unit);
  return value === undefined || added === undefined || value < 20 || added > 9 ? null : value + added;
}

export const danish = (): NumberLexicon => ({
  cardinals: {},
  compound: germanicCompound({
    units: UNITS,
    belowTwenty: BELOW_TWENTY,
    tens: TENS,
    link: 'og',
    hundred: 'hundrede',
    thousand: 'tusind',
  }),
  articles: ['en', 'et'],
  one: 'én',
  hundreds: ['hundrede', 'hundred'],
  scales: {
    ...{ tusind: 1e3, tusinde: 1e3, million: 1e6, millioner: 1e6, milliard: 1e9, milliarder: 1e9 },
    ...{ billion: 1e12, billioner: 1e12 },
  },
  links: ['og'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['komma'],
  phrases: { halvanden: '1.5', halvandet: '1.5' },
  halves: ['og en halv', 'og et halvt'],
  ordinals: ORDINALS,
  compoundOrdinal,
  ordinalEnding: () => 'e',
  digitOrdinal: /^(\d+)(?:e|º)$/u,
  percent: 'procent',
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
  months: monthsOf('januar, februar, marts, april, maj, juni, juli, august, september, oktober, november, december'),
  clockWords: ['klokken', 'kl', 'kl.'],
  and: 'og',
});
