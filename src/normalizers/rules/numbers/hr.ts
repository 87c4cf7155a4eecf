import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

const ONE = ['jedan', 'jedna', 'jedno', 'jednog', 'jednoga', 'jedne', 'jednom', 'jednome', 'jednoj', 'jednu', 'jednim'];

export const croatian = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 nula nule nuli nulu nulom
      2 dva dvije dvaju dviju dvama dvjema
      3 tri triju trima; 4 četiri četiriju četirima
      5 pet; 6 šest; 7 sedam; 8 osam; 9 devet; 10 deset; 11 jedanaest; 12 dvanaest; 13 trinaest; 14 četrnaest
      15 petnaest; 16 šesnaest; 17 sedamnaest; 18 osamnaest; 19 devetnaest; 20 dvadeset; 30 trideset
      40 četrdeset; 50 pedeset; 60 šezdeset; 70 sedamdeset; 80 osamdeset; 90 devedeset
      100 sto; 200 dvjesto dvjesta; 300 tristo trista; 400 četiristo; 500 petsto; 600 šesto šeststo; 700 sedamsto
      800 osamsto; 900 devetsto`),
  },
  articles: ONE.slice(1),
  one: 'jedan',
  hundreds: ['stotina', 'stotine', 'stotinu'],
  scales: {
    ...inflected('1000 tisuć', 'a e u i ama'),
    ...inflected('1000 hiljad', 'a e u i ama'),
    ...inflected('1e6 milijun; 1e6 milijon; 1e12 bilijun', '- a u om i e ima'),
    ...inflected('1e9 milijard', 'a e u i ama'),
    ...inflected('1e9 milijardi', '-'),
  },
  links: ['i'],
  mayLink: (last, next) => last >= 20 && next < 10,
  points: ['zarez', 'cijela', 'cijele', 'cijelih', 'cijelo'],
  places: { ...inflected('1 desetin; 2 stotin; 3 tisućin', 'a e') },
  halves: ['i pol', 'i po'],
  ordinals: {
    ...inflected(
      `1 prv; 2 drug; 4 četvrt; 5 pet; 6 šest; 7 sedm; 8 osm; 9 devet; 10 deset; 11 jedanaest; 12 dvanaest; 13 trinaest
       14 četrnaest; 15 petnaest; 16 šesnaest; 17 sedamnaest; 18 osamnaest; 19 devetnaest; 20 dvadeset; 30 trideset
       40 četrdeset; 50 pedeset; 60 šezdeset; 70 sedamdeset; 80 osamdeset; 90 devedeset; 100 stot; 200 dvjestot
       300 tristot; 400 četiristot; 500 petstot; 600 šestot; 700 sedamstot; 800 osamstot; 900 devetstot
       1000 tisućit; 2000 dvijetisućit`,
      'i a o og oga e om ome omu oj u im ih ima',
    ),
    ...inflected('3 treć', 'i a e eg ega em emu oj u om im ih ima'),
  },
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'posto',
  percentPhrases: ['po sto'],
  minus: 'minus',
  currencies: { $: 'dolar', '€': 'euro', '£': 'funta', '¥': 'jen' },
  unitForms: formsOf(`posto: postotak postotka postotaka postotke posto
    dolar: dolara dolari dolare dolarima; euro: eura euri eure eurima; funta: funte funti funtu; jen: jena jeni
    km: kilometar kilometra kilometri kilometara kilometre kilometrima
    cm: centimetar centimetra centimetri centimetara centimetre; mm: milimetar milimetra milimetri milimetara
    kg: kilogram kilograma kilogrami kilograme`),
  cents: ['cent', 'centa', 'centi', 'cente', 'centi'],
  and: 'i',
  months: monthsOf(`siječnja siječanj, veljače veljača, ožujka ožujak, travnja travanj, svibnja svibanj, lipnja lipanj,
    srpnja srpanj, kolovoza kolovoz, rujna rujan, listopada listopad, studenoga studenog studeni, prosinca prosinac`),
  years: ['godine', 'godina', 'godini', 'godinu', 'godinom'],
});
