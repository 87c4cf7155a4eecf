import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const BELOW_THIRTY = {
  ...{ cero: 0, uno: 1, un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9 },
  ...{ diez: 10, once: 11, doce: 12, trece: 13, catorce: 14, quince: 15, dieciséis: 16, diecisiete: 17, dieciocho: 18 },
  ...{ diecinueve: 19, veinte: 20, veintiuno: 21, veintiún: 21, veintiuna: 21, veintidós: 22, veintitrés: 23 },
  ...{ dieciseis: 16, veintidos: 22, veintitres: 23, veintiseis: 26, veintiun: 21 },
  ...{ veinticuatro: 24, veinticinco: 25, veintiséis: 26, veintisiete: 27, veintiocho: 28, veintinueve: 29 },
};
const TENS = { treinta: 30, cuarenta: 40, cincuenta: 50, sesenta: 60, setenta: 70, ochenta: 80, noventa: 90 };
const HUNDREDS = {
  ...{ doscient: 200, trescient: 300, cuatrocient: 400, quinient: 500, seiscient: 600, setecient: 700 },
  ...{ ochocient: 800, novecient: 900 },
};
const ORDINALS = {
  ...{ primer: 1, segund: 2, tercer: 3, cuart: 4, quint: 5, sext: 6, séptim: 7, octav: 8, noven: 9, décim: 10 },
  ...{ undécim: 11, duodécim: 12, decimotercer: 13, decimocuart: 14, decimoquint: 15, decimosext: 16 },
  ...{
    decimoséptim: 17,
    decimoctav: 18,
    decimonoven: 19,
    vigésim: 20,
    trigésim: 30,
    cuadragésim: 40,
    quincuagésim: 50,
    sexagésim: 60,
    septuagésim: 70,
  },
  ...{ octogésim: 80, nonagésim: 90, centésim: 100, milésim: 1000 },
};

const withEndings = (stems: Readonly<Record<string, number>>, endings: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(stems).flatMap(([stem, value]) => endings.map((ending) => [stem + ending, value] as const)),
  );

export const spanish = (): NumberLexicon => ({
  cardinals: { ...BELOW_THIRTY, ...TENS, ...withEndings(HUNDREDS, ['os', 'as']) },
  articles: ['un', 'una'],
  one: 'uno',
  hundreds: ['cien', 'ciento'],
  scales: { mil: 1e3, millón: 1e6, millon: 1e6, millones: 1e6, billón: 1e12, billones: 1e12 },
  links: ['y'],
  mayLink: (last, next) => last >= 30 && last < 100 && next < 10,
  points: ['coma', 'punto'],
  halves: ['y medio', 'y media'],
  ordinals: { ...withEndings(ORDINALS, ['o', 'a']), primer: 1, tercer: 3 },
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)(?:[ºª]|er|r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa])$/u,
  percent: 'porciento',
  percentPhrases: ['por ciento', 'por cien'],
  currencies: { $: 'dólar', '€': 'euro', '£': 'libra', '¥': 'yen' },
  unitForms: {
    dólares: 'dólar',
    euros: 'euro',
    libras: 'libra',
    yenes: 'yen',
    ...formsOf(
      `km: kilómetro kilómetros; cm: centímetro centímetros; milímetro: mm milímetros; kg: kilogramo kilogramos kilo kilos`,
    ),
  },
  cents: ['centavo', 'centavos', 'céntimo', 'céntimos'],
  behindBareCents: 'por para cada y o pero si porque más el la los al a en con'.split(' '),
  months: monthsOf(
    'enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre setiembre, octubre, noviembre, diciembre',
  ),
  dateLink: 'de',
  minus: 'menos',
  and: 'y',
});
