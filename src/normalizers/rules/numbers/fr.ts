import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = {
  ...{ zéro: 0, un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, sept: 7, huit: 8, neuf: 9, dix: 10 },
  ...{ onze: 11, douze: 12, treize: 13, quatorze: 14, quinze: 15, seize: 16 },
};
const TENS = {
  ...{ vingt: 20, vingts: 20, trente: 30, quarante: 40, cinquante: 50, soixante: 60 },
  ...{ septante: 70, huitante: 80, octante: 80, nonante: 90 },
};
const IRREGULAR_ORDINALS = { premier: 1, première: 1, second: 2, seconde: 2, cinquième: 5, neuvième: 9 };
const regular = [...Object.entries(UNITS), ...Object.entries(TENS)]
  .filter(([, value]) => ![0, 5, 9].includes(value))
  .map(([word, value]) => [`${word.replace(/e$/u, '')}ième`, value] as const);

export const french = (): NumberLexicon => ({
  cardinals: { ...UNITS, ...TENS },
  articles: ['un', 'une'],
  one: 'un',
  hundreds: ['cent', 'cents'],
  scales: { mille: 1e3, million: 1e6, millions: 1e6, milliard: 1e9, milliards: 1e9 },
  links: ['et'],
  mayLink: (last, next) => last >= 20 && last <= 90 && (next === 1 || next === 11),
  points: ['virgule', 'point'],
  halves: ['et demi', 'et demie'],
  ordinals: { ...Object.fromEntries(regular), ...IRREGULAR_ORDINALS, centième: 100, millième: 1000 },
  ordinalEnding: () => 'e',
  digitOrdinal: /^(\d+)(?:er|ère|re|e|ème|ième|eme|nd|nde)$/u,
  vigesimal: true,
  oneEnds: true,
  percent: 'pourcent',
  percentPhrases: ['pour cent'],
  currencies: { $: 'dollar', '€': 'euro', '£': 'livre', '¥': 'yen' },
  unitForms: {
    dollars: 'dollar',
    euros: 'euro',
    livres: 'livre',
    yens: 'yen',
    ...formsOf(
      `km: kilomètre kilomètres; cm: centimètre centimètres; millimètre: mm millimètres; kg: kilogramme kilogrammes kilo kilos`,
    ),
  },
  cents: ['centime', 'centimes'],
  behindBareCents: 'par pour chaque et ou mais si parce plus le la les l au à en avec'.split(' '),
  minus: 'moins',
  months: monthsOf('janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre'),
  and: 'et',
  clock: 'heures',
});
