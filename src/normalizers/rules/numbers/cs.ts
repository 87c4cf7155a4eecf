import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers, POINTED_ORDINAL } from './slavic.ts';

const ONE = ['jeden', 'jedna', 'jedno', 'jednoho', 'jedné', 'jednomu', 'jednu', 'jednou', 'jedním', 'jednom'];
const TENS = valuesOf(
  `20 dvacet; 30 třicet; 40 čtyřicet; 50 padesát; 60 šedesát; 70 sedmdesát; 80 osmdesát; 90 devadesát`,
);
const UNITS = valuesOf('1 jeden jedn; 2 dva; 3 tři; 4 čtyři; 5 pět; 6 šest; 7 sedm; 8 osm; 9 devět');

/** "Pětadvacet", "jednadvaceti": the unit, "a", the ten. */
const UNIT_FIRST = new RegExp(`^(${Object.keys(UNITS).join('|')})a(${Object.keys(TENS).join('|')})i?$`, 'u');

export const czech = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 nula nuly nule nulu nulou
      2 dva dvě dvou dvěma
      3 tři tří třem třemi třech
      4 čtyři čtyř čtyřem čtyřmi čtyřech
      5 pět pěti; 6 šest šesti; 7 sedm sedmi; 8 osm osmi; 9 devět devíti; 10 deset deseti desíti`),
    ...inflected(
      `11 jedenáct; 12 dvanáct; 13 třináct; 14 čtrnáct; 15 patnáct; 16 šestnáct; 17 sedmnáct; 18 osmnáct
       19 devatenáct; 20 dvacet; 30 třicet; 40 čtyřicet; 50 padesát; 60 šedesát; 70 sedmdesát; 80 osmdesát
       90 devadesát`,
      '- i',
    ),
  },
  compound: (word) => {
    const [, unit, ten] = UNIT_FIRST.exec(word) ?? [];
    return unit === undefined || ten === undefined ? null : UNITS[unit]! + TENS[ten]!;
  },
  articles: ONE.slice(1),
  one: 'jeden',
  hundreds: ['sto', 'stě', 'sta', 'set', 'stům', 'sty', 'stech', 'stu', 'stem'],
  scales: {
    ...inflected('1000 tisíc', '- e i em ů ům ích'),
    ...inflected('1e6 milion; 1e6 milión; 1e12 bilion', '- u em y ů ům ech'),
    ...inflected('1e9 miliard', 'a y ě u ou - ám ami ách'),
  },
  points: ['celá', 'celé', 'celých', 'čárka'],
  places: inflected('1 desetin; 2 setin; 3 tisícin', '- a y'),
  halves: ['a půl'],
  ordinals: {
    ...inflected(
      `2 druh; 4 čtvrt; 5 pát; 6 šest; 7 sedm; 8 osm; 9 devát; 10 desát; 11 jedenáct; 12 dvanáct; 13 třináct
       14 čtrnáct; 15 patnáct; 16 šestnáct; 17 sedmnáct; 18 osmnáct; 19 devatenáct; 20 dvacát; 30 třicát
       40 čtyřicát; 50 padesát; 60 šedesát; 70 sedmdesát; 80 osmdesát; 90 devadesát; 100 st; 200 dvoust
       300 třist; 400 čtyřst; 500 pětist; 600 šestist; 700 sedmist; 800 osmist; 900 devítist`,
      'ý á é ého ém ému ou ým ých ými',
    ),
    ...inflected('1 prvn; 3 třet; 1000 tisíc', 'í ího ímu ím ích ími'),
  },
  digitOrdinal: POINTED_ORDINAL,
  dottedOrdinals: 'before-lower-case',
  percent: 'procent',
  minus: 'minus',
  currencies: { $: 'dolar', '€': 'euro', '£': 'libra', '¥': 'jen' },
  unitForms: formsOf(`procent: procento procenta procentu procentem procentům procenty procentech
    dolar: dolaru dolarem dolary dolarů dolarům dolarech; euro: eura eur euru eurem eurům eurech
    libra: libry liber librám librami; jen: jenu jeny jenů
    kč: koruna koruny korun korunu korunám korunami korunách
    km: kilometr kilometru kilometrem kilometry kilometrů kilometrům kilometrech
    cm: centimetr centimetru centimetry centimetrů; mm: milimetr milimetru milimetry milimetrů
    kg: kilogram kilogramu kilogramy kilogramů kilo kila kil`),
  cents: ['cent', 'centy', 'centů', 'haléř', 'haléře', 'haléřů'],
  and: 'a',
  months:
    monthsOf(`ledna leden, února únor, března březen, dubna duben, května květen, června červen, července červenec,
    srpna srpen, září, října říjen, listopadu listopad, prosince prosinec`),
});
