import { germanicCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = ['ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const BELOW_TWENTY = {
  ...{ null: 0, eins: 1, ein: 1, zwei: 2, zwo: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9 },
  ...{ zehn: 10, elf: 11, zwölf: 12, dreizehn: 13, vierzehn: 14, fünfzehn: 15, sechzehn: 16, siebzehn: 17 },
  ...{ achtzehn: 18, neunzehn: 19 },
};
const TENS = {
  ...{ zwanzig: 20, dreißig: 30, dreissig: 30, vierzig: 40, fünfzig: 50, sechzig: 60, siebzig: 70, achtzig: 80 },
  ...{ neunzig: 90 },
};
const ARTICLES = ['ein', 'eine', 'einen', 'einem', 'einer', 'eines'];
const IRREGULAR_ORDINALS: Readonly<Record<string, number>> = { ers: 1, drit: 3, sieb: 7, ach: 8 };

const compound = germanicCompound({
  units: UNITS,
  belowTwenty: BELOW_TWENTY,
  tens: TENS,
  link: 'und',
  hundred: 'hundert',
  thousand: 'tausend',
});

/** "Dritte", "zwölften", "einundzwanzigster": the stem takes -te below twenty and -ste from there on. */
function compoundOrdinal(word: string): number | null {
  const [, stem = ''] = /^(.+)te[nrms]?$/u.exec(word) ?? [];
  const [, before = '', irregular = ''] = /^(.*?)(ers|drit|sieb|ach)$/u.exec(stem) ?? [];
  const hundreds = before === '' ? 0 : compound(before);
  if (irregular !== '' && hundreds !== null) return hundreds + IRREGULAR_ORDINALS[irregular]!;
  const value = compound(stem);
  if (value !== null && value % 100 > 1 && value % 100 < 20) return value;
  const round = stem.endsWith('s') ? compound(stem.slice(0, -1)) : null;
  return round !== null && (round % 100 >= 20 || (round % 100 === 0 && round > 0)) ? round : null;
}

export const german = (): NumberLexicon => ({
  cardinals: Object.fromEntries(ARTICLES.map((word) => [word, 1])),
  compound,
  articles: ARTICLES,
  one: 'ein',
  hundreds: ['hundert'],
  scales: {
    ...{ tausend: 1e3, million: 1e6, millionen: 1e6, milliarde: 1e9, milliarden: 1e9 },
    ...{ billion: 1e12, billionen: 1e12 },
  },
  links: ['und'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['komma'],
  phrases: {
    anderthalb: '1.5',
    eineinhalb: '1.5',
    zweieinhalb: '2.5',
    dreieinhalb: '3.5',
    viereinhalb: '4.5',
    fünfeinhalb: '5.5',
  },
  halves: [],
  ordinals: {},
  compoundOrdinal,
  ordinalEnding: () => 'te',
  digitOrdinal: /^(\d+)(?:s?te[nrms]?|º)$/u,
  percent: 'prozent',
  percentPhrases: [],
  currencies: { $: 'dollar', '€': 'euro', '£': 'pfund', '¥': 'yen' },
  unitForms: {
    euros: 'euro',
    dollars: 'dollar',
    ...formsOf(`km: kilometer kilometern; cm: zentimeter zentimetern; mm: millimeter millimetern; kg: kilogramm kilo`),
  },
  cents: ['cent', 'cents'],
  behindBareCents: 'für pro je und oder aber wenn weil plus das der die den dem in im an am auf bei mit zu ist'.split(
    ' ',
  ),
  minus: 'minus',
  dottedOrdinals: ['jahrhundert', 'jahrhunderts'],
  months: monthsOf(
    'januar jänner, februar, märz, april, mai, juni, juli, august, september, oktober, november, dezember',
  ),
  and: 'und',
  clock: 'uhr',
});
