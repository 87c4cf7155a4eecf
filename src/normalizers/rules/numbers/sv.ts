import { ordinalLast } from './compound-words.ts';
import { germanicCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const BELOW_TWENTY = {
  ...{ noll: 0, en: 1, ett: 1, et: 1, två: 2, tre: 3, fyra: 4, fem: 5, sex: 6, sju: 7, åtta: 8, nio: 9, tio: 10 },
  ...{ elva: 11, tolv: 12, tretton: 13, fjorton: 14, femton: 15, sexton: 16, sjutton: 17, arton: 18, nitton: 19 },
};
const TENS = {
  ...{ tjugo: 20, trettio: 30, fyrtio: 40, femtio: 50, sextio: 60, sjuttio: 70, åttio: 80, nittio: 90 },
};
const ORDINALS = {
  ...{ första: 1, förste: 1, andra: 2, andre: 2, tredje: 3, fjärde: 4, femte: 5, sjätte: 6, sjunde: 7, åttonde: 8 },
  ...{ nionde: 9, tionde: 10, elfte: 11, tolfte: 12, trettonde: 13, fjortonde: 14, femtonde: 15, sextonde: 16 },
  ...{ sjuttonde: 17, artonde: 18, nittonde: 19, tjugonde: 20, trettionde: 30, fyrtionde: 40, femtionde: 50 },
  ...{ sextionde: 60, sjuttionde: 70, åttionde: 80, nittionde: 90, hundrade: 100, tusende: 1000 },
};

const compound = germanicCompound({
  units: ['en', 'ett', 'et', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio'],
  belowTwenty: BELOW_TWENTY,
  tens: TENS,
  tenFirst: true,
  link: '(?:och)?',
  hundred: 'hundra',
  thousand: 'tusen',
});

export const swedish = (): NumberLexicon => ({
  cardinals: {},
  compound,
  articles: ['en', 'ett', 'et'],
  one: 'ett',
  hundreds: ['hundra'],
  scales: { tusen: 1e3, miljon: 1e6, miljoner: 1e6, miljard: 1e9, miljarder: 1e9, biljon: 1e12, biljoner: 1e12 },
  links: ['och'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['komma'],
  halves: ['och en halv', 'och ett halvt'],
  ordinals: ORDINALS,
  compoundOrdinal: ordinalLast(compound, ORDINALS),
  ordinalEnding: () => 'e',
  digitOrdinal: /^(\d+)[ae]$/u,
  percent: 'procent',
  percentPhrases: [],
  currencies: { $: 'dollar', '€': 'euro', '£': 'pund', '¥': 'yen' },
  unitForms: {
    kr: 'kronor',
    krona: 'kronor',
    ...formsOf(`km: kilometer; cm: centimeter; mm: millimeter; kg: kilogram kilo`),
  },
  cents: ['cent', 'öre'],
  minus: 'minus',
  months: monthsOf('januari, februari, mars, april, maj, juni, juli, augusti, september, oktober, november, december'),
  clockWords: ['klockan', 'kl', 'kl.'],
  and: 'och',
});
