import { italianCompound } from './compounds.ts';
import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = ['uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove'];
const BELOW_TWENTY = {
  ...Object.fromEntries(UNITS.map((word, i) => [word, i + 1])),
  ...{
    un: 1,
    una: 1,
    zero: 0,
    dieci: 10,
    undici: 11,
    dodici: 12,
    tredici: 13,
    quattordici: 14,
    quindici: 15,
    sedici: 16,
  },
  ...{ diciassette: 17, diciotto: 18, diciannove: 19 },
};
const TENS = {
  ...{ venti: 20, trenta: 30, quaranta: 40, cinquanta: 50, sessanta: 60, settanta: 70, ottanta: 80, novanta: 90 },
};
const ORDINALS = {
  ...{ prim: 1, second: 2, terz: 3, quart: 4, quint: 5, sest: 6, settim: 7, ottav: 8, non: 9, decim: 10 },
};

const compound = italianCompound(UNITS, BELOW_TWENTY, TENS);

/** From eleven on the number loses its last vowel and takes -esimo: "undicesimo", "ventunesimo", "ventitreesimo". */
function compoundOrdinal(word: string): number | null {
  const [, stem = ''] = /^(.+)esim[oaie]$/u.exec(word) ?? [];
  if (stem === '') return null;
  for (const vowel of ['', 'o', 'e', 'i', 'a']) {
    const value = compound(stem + vowel);
    if (value !== null && value > 10) return value;
  }
  return null;
}

export const italian = (): NumberLexicon => ({
  cardinals: {},
  compound,
  articles: ['un', 'uno', 'una'],
  one: 'uno',
  hundreds: ['cento'],
  scales: { mille: 1e3, mila: 1e3, milione: 1e6, milioni: 1e6, miliardo: 1e9, miliardi: 1e9 },
  links: ['e'],
  mayLink: (last) => last >= 1000,
  points: ['virgola', 'punto'],
  halves: ['e mezzo', 'e mezza'],
  ordinals: Object.fromEntries(
    Object.entries(ORDINALS).flatMap(([stem, value]) => ['o', 'a'].map((ending) => [stem + ending, value] as const)),
  ),
  compoundOrdinal,
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)[ºª]$/u,
  percent: 'percento',
  percentPhrases: ['per cento'],
  currencies: { $: 'dollaro', '€': 'euro', '£': 'sterlina', '¥': 'yen' },
  unitForms: {
    dollari: 'dollaro',
    sterline: 'sterlina',
    ...formsOf(
      `km: chilometro chilometri; cm: centimetro centimetri; mm: millimetro millimetri; kg: chilogrammo chilogrammi chilo chili`,
    ),
  },
  cents: ['centesimo', 'centesimi', 'cent'],
  behindBareCents: 'per ogni e o ma se perché più il la lo l al alla a in con'.split(' '),
  minus: 'meno',
  months: monthsOf(
    'gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre',
  ),
  and: 'e',
});
