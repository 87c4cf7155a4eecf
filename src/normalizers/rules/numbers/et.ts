import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

/** Endings of the other cases behind the genitive; the inessive is written like an ordinal and is read as one. */
const CASES = '- st l lt le ks ni na ta ga sse';
const GENITIVES = '1 ühe; 2 kahe; 3 kolme; 4 nelja; 5 viie; 6 kuue; 7 seitsme; 8 kaheksa; 9 üheksa; 10 kümne';
const STEMS = '1 ühe; 2 kahe; 3 kolme; 4 nelja; 5 viie; 6 kuue; 7 seitsme; 8 kaheksa; 9 üheksa';
const NOMINATIVES = '1 üks; 2 kaks; 3 kolm; 4 neli; 5 viis; 6 kuus; 7 seitse; 8 kaheksa; 9 üheksa';

const times = (stems: Record<string, number>, factor: number, added = 0): string =>
  Object.entries(stems)
    .map(([stem, value]) => `${value * factor + added} ${stem}`)
    .join(';');
const genitives = valuesOf(STEMS);
const nominatives = valuesOf(NOMINATIVES);
const ORDINALS = inflected(
  `3 kolman; 4 neljan; 5 viien; 6 kuuen; 7 seitsmen; 8 kaheksan; 9 üheksan; 10 kümnen; 100 sajan; 1000 tuhanden;
   ${times(genitives, 10).replaceAll(/(?<=\p{L})(?=;|$)/gu, 'kümnen')}; ${times(genitives, 1, 10).replaceAll(/(?<=\p{L})(?=;|$)/gu, 'teistkümnen')};
   ${times(genitives, 100).replaceAll(/(?<=\p{L})(?=;|$)/gu, 'sajan')}`,
  'da dal dat das dast dalt dale daks dani dana data daga dasse',
);

export const estonian = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 üht ühte; 2 kaht kahte; 4 nelja nelja neljat; 5 viit; 6 kuut; 7 seitset; 8 kaheksat; 9 üheksat
      10 kümme kümmet; 0 null nulli; 100 sada saja sadat; 3 kolme`),
    ...inflected(GENITIVES, CASES),
    ...nominatives,
    ...inflected(times(nominatives, 1, 10), 'teist teistkümmend'),
    ...inflected(times(genitives, 1, 10), 'teistkümne teistkümnel teistkümnele teistkümnest'),
    ...inflected(times(nominatives, 10), 'kümmend kümmet'),
    ...inflected(times(genitives, 10), 'kümne kümnel kümnelt kümnele kümnest kümneni kümneks'),
    ...inflected(times(nominatives, 100), 'sada'),
    ...inflected(times(genitives, 100), 'saja sajal sajalt sajale sajast sajani sajaks'),
  },
  articles: [
    'ühe',
    'üht',
    'ühte',
    'ühest',
    'ühel',
    'ühelt',
    'ühele',
    'üheks',
    'üheni',
    'ühena',
    'üheta',
    'ühega',
    'ühesse',
  ],
  one: 'üks',
  scales: {
    ...valuesOf('1000 tuhat tuhande tuhandet tuhandel tuhandele tuhandest tuhandeni tuhandeks'),
    ...inflected('1e6 miljon; 1e9 miljard; 1e12 triljon', '- i it il ile ist ini iks id ite eid'),
  },
  points: ['koma'],
  halves: ['ja pool', 'ja poole'],
  ordinals: {
    ...ORDINALS,
    ...inflected('1 esime; 2 tei', 'ne se sel sed ses sest selt sele seks sena sega st'),
    ...valuesOf(`3 kolmas kolmandat; 4 neljas; 5 viies; 6 kuues; 7 seitsmes; 8 kaheksas; 9 üheksas; 10 kümnes
      100 sajas; 1000 tuhandes`),
    ...inflected(times(genitives, 10), 'kümnes'),
    ...inflected(times(genitives, 1, 10), 'teistkümnes'),
    ...inflected(times(genitives, 100), 'sajas'),
  },
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'protsent',
  minus: 'miinus',
  currencies: { $: 'dollar', '€': 'euro', '£': 'nael', '¥': 'jeen' },
  unitForms:
    formsOf(`protsent: protsenti protsendi protsendil protsendile protsendist protsendini protsendiga protsendiks
    dollar: dollarit dollari dollariga dollarile dollarist; euro: eurot euroga eurole eurost euroni
    nael: naela; jeen: jeeni
    km: kilomeeter kilomeetrit kilomeetri kilomeetrini kilomeetriga kilomeetrist
    cm: sentimeeter sentimeetrit sentimeetri; mm: millimeeter millimeetrit millimeetri
    kg: kilogramm kilogrammi kilo kilot`),
  cents: ['sent', 'senti'],
  and: 'ja',
  clockWords: ['kell', 'kl'],
  months:
    monthsOf(`jaanuar jaanuari jaanuaril, veebruar veebruari veebruaril, märts märtsi märtsil, aprill aprilli aprillil,
    mai mail, juuni juunil, juuli juulil, august augusti augustil, september septembri septembril,
    oktoober oktoobri oktoobril, november novembri novembril, detsember detsembri detsembril`),
  years: ['aasta', 'aastal', 'aastat', 'aastast', 'aastani', 'aastaks', 'aastate', 'aastatel'],
});
