import { germanicCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = ['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'];
const BELOW_TWENTY = {
  ...{ nul: 0, één: 1, een: 1, twee: 2, drie: 3, vier: 4, vijf: 5, zes: 6, zeven: 7, acht: 8, negen: 9, tien: 10 },
  ...{ elf: 11, twaalf: 12, dertien: 13, veertien: 14, vijftien: 15, zestien: 16, zeventien: 17, achttien: 18 },
  ...{ negentien: 19 },
};
const TENS = { twintig: 20, dertig: 30, veertig: 40, vijftig: 50, zestig: 60, zeventig: 70, tachtig: 80, negentig: 90 };

const compound = germanicCompound({
  units: UNITS,
  belowTwenty: BELOW_TWENTY,
  tens: TENS,
  link: '(?:en|ën)',
  hundred: 'honderd',
  thousand: 'duizend',
});

const IRREGULAR_ORDINALS: Readonly<Record<string, number>> = { eerste: 1, derde: 3, achtste: 8 };

/** "Tweede", "twaalfde", "eenentwintigste": the stem takes -de below twenty and -ste from there on. */
function compoundOrdinal(word: string): number | null {
  const [, before = '', irregular = ''] = /^(.*?)(eerste|derde|achtste)$/u.exec(word) ?? [];
  const hundreds = before === '' ? 0 : compound(before);
  if (irregular !== '' && hundreds !== null) return hundreds + IRREGULAR_ORDINALS[irregular]!;
  const [, stem = ''] = /^(.+?)(?:de|ste)$/u.exec(word) ?? [];
  const value = stem === '' ? null : compound(stem);
  return value !== null && value > 1 ? value : null;
}

export const dutch = (): NumberLexicon => ({
  cardinals: { één: 1 },
  compound,
  articles: ['een'],
  one: 'een',
  hundreds: ['honderd'],
  scales: { duizend: 1e3, miljoen: 1e6, miljard: 1e9, biljoen: 1e12 },
  links: ['en'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['komma'],
  phrases: { anderhalf: '1.5', anderhalve: '1.5' },
  halves: ['en een half', 'en een halve'],
  ordinals: {},
  compoundOrdinal,
  ordinalEnding: () => 'e',
  digitOrdinal: /^(\d+)(?:e|ste|de)$/u,
  percent: 'procent',
  percentPhrases: [],
  currencies: { $: 'dollar', '€': 'euro', '£': 'pond', '¥': 'yen' },
  unitForms: {
    dollars: 'dollar',
    "euro's": 'euro',
    euros: 'euro',
    ...formsOf(`km: kilometer kilometers; cm: centimeter centimeters; mm: millimeter millimeters; kg: kilogram kilo`),
  },
  cents: ['cent', 'cents'],
  behindBareCents: 'voor per en of maar als plus de het een in op bij met is'.split(' '),
  minus: 'min',
  months: monthsOf(
    'januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december',
  ),
  and: 'en',
  clock: 'uur',
});
