import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const BELOW_TWENTY = {
  ...{ zero: 0, um: 1, uma: 1, dois: 2, duas: 2, três: 3, quatro: 4, cinco: 5, seis: 6, sete: 7, oito: 8 },
  ...{ nove: 9, dez: 10, onze: 11, doze: 12, treze: 13, catorze: 14, quatorze: 14, quinze: 15, dezesseis: 16 },
  ...{ dezasseis: 16, dezessete: 17, dezassete: 17, dezoito: 18, dezenove: 19, dezanove: 19 },
};
const TENS = {
  vinte: 20,
  trinta: 30,
  quarenta: 40,
  cinquenta: 50,
  sessenta: 60,
  setenta: 70,
  oitenta: 80,
  noventa: 90,
};
const HUNDREDS = {
  ...{ duzent: 200, trezent: 300, quatrocent: 400, quinhent: 500, seiscent: 600, setecent: 700, oitocent: 800 },
  ...{ novecent: 900 },
};
const ORDINALS = {
  ...{ primeir: 1, segund: 2, terceir: 3, quart: 4, quint: 5, sext: 6, sétim: 7, oitav: 8, non: 9, décim: 10 },
  ...{ vigésim: 20, trigésim: 30, quadragésim: 40, quinquagésim: 50, sexagésim: 60, septuagésim: 70 },
  ...{ octogésim: 80, nonagésim: 90, centésim: 100, milésim: 1000 },
};

const withEndings = (stems: Readonly<Record<string, number>>, endings: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(stems).flatMap(([stem, value]) => endings.map((ending) => [stem + ending, value] as const)),
  );

export const portuguese = (): NumberLexicon => ({
  cardinals: { ...BELOW_TWENTY, ...TENS, ...withEndings(HUNDREDS, ['os', 'as']) },
  articles: ['um', 'uma'],
  one: 'um',
  hundreds: ['cem', 'cento'],
  scales: {
    ...{ mil: 1e3, milhão: 1e6, milhões: 1e6, bilhão: 1e9, bilhões: 1e9, trilhão: 1e12, trilhões: 1e12 },
    ...{ bilião: 1e12, biliões: 1e12 },
  },
  links: ['e'],
  mayLink: (last, next) => last >= 20 && next < last,
  points: ['vírgula', 'ponto'],
  halves: ['e meio', 'e meia'],
  ordinals: withEndings(ORDINALS, ['o', 'a']),
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)[ºª]$/u,
  percent: 'porcento',
  percentPhrases: ['por cento'],
  currencies: { $: 'dólar', '€': 'euro', '£': 'libra', '¥': 'iene', r$: 'real' },
  unitForms: {
    dólares: 'dólar',
    euros: 'euro',
    libras: 'libra',
    ienes: 'iene',
    reais: 'real',
    ...formsOf(
      `km: quilómetro quilómetros quilômetro quilômetros; cm: centímetro centímetros; mm: milímetro milímetros; kg: quilograma quilogramas quilo quilos`,
    ),
  },
  cents: ['centavo', 'centavos', 'cêntimo', 'cêntimos'],
  behindBareCents: 'por para cada e ou mas se porque mais o os a ao em no na com'.split(' '),
  months: monthsOf(
    'janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro',
  ),
  dateLink: 'de',
  minus: 'menos',
  and: 'e',
});
