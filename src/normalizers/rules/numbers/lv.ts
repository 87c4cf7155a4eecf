import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

const ONE = ['viens', 'viena', 'vienu', 'vienam', 'vienai', 'vienas', 'vienā'];

export const latvian = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 nulle nulles nulli; 3 trīs trim trijiem trijām triju trijos trijās`),
    ...inflected('2 div; 4 četr; 5 piec; 6 seš; 7 septiņ; 8 astoņ; 9 deviņ', 'i as u us iem ām os ās'),
    ...valuesOf(`2 divus; 10 desmit; 11 vienpadsmit; 12 divpadsmit; 13 trīspadsmit; 14 četrpadsmit; 15 piecpadsmit
      16 sešpadsmit; 17 septiņpadsmit; 18 astoņpadsmit; 19 deviņpadsmit; 20 divdesmit; 30 trīsdesmit
      40 četrdesmit; 50 piecdesmit; 60 sešdesmit; 70 septiņdesmit; 80 astoņdesmit; 90 deviņdesmit`),
    ...inflected(
      '200 div; 300 trīs; 400 četr; 500 piec; 600 seš; 700 septiņ; 800 astoņ; 900 deviņ',
      'simt simts simtu simti simtiem',
    ),
    ...inflected(
      '2000 div; 3000 trīs; 4000 četr; 5000 piec; 6000 seš; 7000 septiņ; 8000 astoņ; 9000 deviņ',
      'tūkstoš tūkstoši tūkstošu tūkstošus tūkstošiem',
    ),
    ...valuesOf(`10000 desmittūkstoš desmittūkstoši; 20000 divdesmittūkstoš`),
  },
  articles: ONE.slice(1),
  one: 'viens',
  hundreds: ['simt', 'simts', 'simta', 'simtu', 'simtam', 'simtā', 'simti', 'simtus', 'simtiem', 'simtos'],
  scales: {
    ...inflected('1000 tūksto', 'š šs tis ša šu šam šā ši šus šiem šos tim tī'),
    ...inflected('1e6 miljon; 1e9 miljard; 1e12 triljon', 's a u am ā i us iem os'),
  },
  points: ['komats', 'veseli', 'veselas', 'vesels'],
  places: inflected('1 desmitda; 2 simtda; 3 tūkstošda', 'ļas ļa ļām'),
  halves: ['ar pusi'],
  ordinals: inflected(
    `1 pirm; 2 otr; 3 treš; 4 ceturt; 5 piekt; 6 sest; 7 septīt; 8 astot; 9 devīt; 10 desmit; 11 vienpadsmit
     12 divpadsmit; 13 trīspadsmit; 14 četrpadsmit; 15 piecpadsmit; 16 sešpadsmit; 17 septiņpadsmit; 18 astoņpadsmit
     19 deviņpadsmit; 20 divdesmit; 30 trīsdesmit; 40 četrdesmit; 50 piecdesmit; 60 sešdesmit; 70 septiņdesmit
     80 astoņdesmit; 90 deviņdesmit; 100 simt; 1000 tūkstoš`,
    'ais ā o ajam ajai ajā ie ās os ajiem ajām ajos ajās',
  ),
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'procents',
  minus: 'mīnus',
  currencies: { $: 'dolārs', '€': 'eiro', '£': 'mārciņa', '¥': 'jena' },
  unitForms: formsOf(`procents: procenta procentu procentam procentā procenti procentus procentiem procentos
    dolārs: dolāra dolāru dolāram dolāri dolārus dolāriem; mārciņa: mārciņas mārciņu mārciņām; jena: jenas jenu
    km: kilometrs kilometra kilometru kilometri kilometrus kilometriem kilometros
    cm: centimetrs centimetra centimetru centimetri centimetrus; mm: milimetrs milimetra milimetru milimetri milimetrus
    kg: kilograms kilograma kilogramu kilogrami kilogramus kilogramiem`),
  cents: ['cents', 'centi', 'centu', 'centus'],
  and: 'un',
  months: monthsOf(`janvārī janvāris janvāra, februārī februāris februāra, martā marts marta, aprīlī aprīlis aprīļa,
    maijā maijs maija, jūnijā jūnijs jūnija, jūlijā jūlijs jūlija, augustā augusts augusta, septembrī septembris septembra,
    oktobrī oktobris oktobra, novembrī novembris novembra, decembrī decembris decembra`),
  years: ['gads', 'gada', 'gadu', 'gadā', 'gadam'],
});
