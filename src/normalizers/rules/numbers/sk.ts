import { lookUp } from '../../../text/look-up.ts';
import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

const ONE = ['jeden', 'jedna', 'jedno', 'jedného', 'jednej', 'jednému', 'jednu', 'jednou', 'jedným', 'jednom'];
const UNITS = valuesOf(`1 ${ONE.join(' ')}
  2 dva dve dvaja dvoch dvom dvoma
  3 tri traja troch trom tromi troma
  4 štyri štyria štyroch štyrom štyrmi
  5 päť piatich piatim piatimi piati
  6 šesť šiestich šiestim šiestimi šiesti
  7 sedem siedmich siedmim siedmimi siedmi
  8 osem ôsmich ôsmim ôsmimi ôsmi
  9 deväť deviatich deviatim deviatimi deviati`);
const TENS = valuesOf(`20 dvadsať dvadsiatich dvadsiatim dvadsiatimi
  30 tridsať tridsiatich tridsiatim; 40 štyridsať štyridsiatich štyridsiatim; 50 päťdesiat päťdesiatich
  60 šesťdesiat šesťdesiatich; 70 sedemdesiat sedemdesiatich; 80 osemdesiat osemdesiatich
  90 deväťdesiat deväťdesiatich`);
const BELOW_HUNDRED = {
  ...UNITS,
  ...inflected(
    `11 jedenás; 12 dvanás; 13 trinás; 14 štrnás; 15 pätnás; 16 šestnás; 17 sedemnás; 18 osemnás; 19 devätnás`,
    'ť tich tim timi ti',
  ),
  ...valuesOf('10 desať desiatich desiatim desiatimi desiati'),
  ...TENS,
};
const HUNDREDS = inflected(
  '100 jedna; 200 dve; 300 tri; 400 štyri; 500 päť; 600 šesť; 700 sedem; 800 osem; 900 deväť; 100 -',
  'sto',
);

const TENS_FIRST = new RegExp(`^(${Object.keys(TENS).join('|')})(${Object.keys(UNITS).join('|')})$`, 'u');
const HUNDREDS_FIRST = /^(.*sto)(.+)$/u;
const THOUSANDS_FIRST = /^(.+)tisíc(.*)$/u;

/** "Dvadsaťjeden", "stopäťdesiat", "dvetisícdvadsaťpäť": written together, or in part. */
function compound(word: string): number | null {
  const [, thousands, behind = ''] = THOUSANDS_FIRST.exec(word) ?? [];
  if (thousands === undefined) return below1000(word);
  const [count, rest] = [below1000(thousands), behind === '' ? 0 : below1000(behind)];
  return count === null || rest === null ? null : count * 1000 + rest;
}

function below1000(word: string): number | null {
  const known = lookUp(BELOW_HUNDRED, word) ?? lookUp(HUNDREDS, word);
  if (known !== undefined) return known;
  const [, ten, unit] = TENS_FIRST.exec(word) ?? [];
  if (ten !== undefined && unit !== undefined) return TENS[ten]! + UNITS[unit]!;
  const [, hundred, rest] = HUNDREDS_FIRST.exec(word) ?? [];
  if (hundred === undefined || rest === undefined) return null;
  const [hundreds, below] = [HUNDREDS[hundred], below1000(rest)];
  return hundreds === undefined || below === null || below > 99 ? null : hundreds + below;
}

export const slovak = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: { ...BELOW_HUNDRED, ...HUNDREDS, ...valuesOf('0 nula nuly nule nulu nulou') },
  compound,
  articles: ONE.slice(1),
  one: 'jeden',
  scales: {
    ...inflected('1000 tisíc', '- e i om ov ami och'),
    ...inflected('1e6 milión; 1e12 bilión', '- a u om y ov mi och'),
    ...inflected('1e9 miliard', 'a y e u ou ám ami ách'),
    miliárd: 1e9,
  },
  points: ['celá', 'celé', 'celých', 'čiarka'],
  places: { ...inflected('1 desatin; 2 stotin; 3 tisícin', 'a y'), desatín: 1, stotín: 2, tisícin: 3 },
  halves: ['a pol'],
  ordinals: {
    ...inflected(
      `1 prv; 2 druh; 4 štvrt; 6 šiest; 9 deviat; 10 desiat; 11 jedenást; 12 dvanást; 13 trinást; 14 štrnást
       15 pätnást; 16 šestnást; 17 sedemnást; 18 osemnást; 19 devätnást; 20 dvadsiat; 30 tridsiat; 40 štyridsiat
       50 päťdesiat; 60 šesťdesiat; 70 sedemdesiat; 80 osemdesiat; 90 deväťdesiat; 100 st`,
      'ý á é ého ej ému ú ou ým om ých ými y a e eho emu u ym ych ymi',
    ),
    ...inflected('3 tret; 1000 tisíc', 'í ia ie ieho ej iemu iu ou ím om ích ími'),
    ...inflected('5 piat; 7 siedm; 8 ôsm', 'y a e eho ej emu u ou ym om ych ymi'),
    prvého: 1,
  },
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'percent',
  minus: 'mínus',
  currencies: { $: 'dolár', '€': 'euro', '£': 'libra', '¥': 'jen' },
  unitForms: formsOf(`percent: percento percentá percenta percentu percentom percentám percentami percentách
    dolár: dolára dolárom doláre dolárov dolárov dolármi; euro: eura eurá eur euru eurom eurám eurách
    libra: libry libier librám; jen: jeny jenov
    km: kilometer kilometra kilometrom kilometre kilometrov kilometroch
    cm: centimeter centimetra centimetre centimetrov; mm: milimeter milimetra milimetre milimetrov
    kg: kilogram kilogramu kilogramy kilogramov kilo kila kíl`),
  cents: ['cent', 'centy', 'centov'],
  and: 'a',
  months: monthsOf(`januára január, februára február, marca marec, apríla apríl, mája máj, júna jún, júla júl,
    augusta august, septembra september, októbra október, novembra november, decembra december`),
});
