import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers } from './slavic.ts';

const ONE = ['vienas', 'viena', 'vieno', 'vienos', 'vienam', 'vienai', 'vieną', 'vienu', 'viename', 'vienoje'];

export const lithuanian = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 nulis nulio nuliui nulį nuliu
      2 du dvi dviejų dviem dviejuose dviejose; 3 trys trijų trims tris trimis trijuose trijose`),
    ...inflected('4 ketur; 5 penk; 6 šeš; 7 septyn; 8 aštuon', 'i ių iems is iais iuose ios ioms ias iomis iose'),
    ...inflected('9 devyn', 'i ių iems is iais iuose ios ioms ias iomis iose'),
    ...inflected(
      `10 dešimt; 20 dvidešimt; 30 trisdešimt; 40 keturiasdešimt; 50 penkiasdešimt; 60 šešiasdešimt
       70 septyniasdešimt; 80 aštuoniasdešimt; 90 devyniasdešimt`,
      '- ies į imi yje',
    ),
    ...inflected(
      `11 vienuolik; 12 dvylik; 13 trylik; 14 keturiolik; 15 penkiolik; 16 šešiolik; 17 septyniolik; 18 aštuoniolik
       19 devyniolik`,
      'a os ai ą oje',
    ),
  },
  articles: ONE.slice(1),
  one: 'vienas',
  hundreds: ['šimtas', 'šimto', 'šimtui', 'šimtą', 'šimtu', 'šimte', 'šimtai', 'šimtų', 'šimtams', 'šimtus', 'šimtais'],
  scales: {
    ...inflected('1000 tūkstan', 'tis čio čiui tį čiu tyje čiai čių čiams čius čiais čiuose'),
    ...inflected('1e6 milijon; 1e9 milijard; 1e12 trilijon', 'as o ui ą u e ai ų ams us ais uose'),
  },
  points: ['kablelis', 'sveikų', 'sveikos', 'sveikosios', 'sveikųjų', 'sveika'],
  places: {
    ...inflected('1 dešimt; 2 šimt; 3 tūkstant', 'oji osios ųjų osioms ąsias'),
  },
  halves: ['su puse'],
  ordinals: {
    ...inflected(
      `1 pirm; 2 antr; 4 ketvirt; 5 penkt; 6 šešt; 7 septint; 8 aštunt; 9 devint; 10 dešimt; 11 vienuolikt; 12 dvylikt
       13 trylikt; 14 keturiolikt; 15 penkiolikt; 16 šešiolikt; 17 septyniolikt; 18 aštuoniolikt; 19 devyniolikt
       20 dvidešimt; 30 trisdešimt; 40 keturiasdešimt; 50 penkiasdešimt; 60 šešiasdešimt; 70 septyniasdešimt
       80 aštuoniasdešimt; 90 devyniasdešimt; 100 šimt; 1000 tūkstant`,
      'as a o os am ą ame oje asis oji ojo osios ajam ajai ąjį ąją uoju ąja ajame ojoje ieji ųjų iesiems uosius aisiais uosiuose osioms ąsias osiomis osiose',
    ),
    ...inflected('3 treči', 'as a o os am ai ą u ame oje asis oji ojo osios ajam ajai ąjį ąją uoju ąja ajame ojoje'),
    ...valuesOf('3 trečioji trečiosios trečiuosius trečiųjų trečiaisiais'),
  },
  digitOrdinal:
    /^(\d+)(?:º|as|a|asis|oji|ojo|osios|ąjį|ąją|uoju|ajame|ojoje|ieji|ųjų|aisiais|uosius|uosiuose|osiose|ais|ų|ųjų)$/u,
  dottedOrdinals: 'before-lower-case',
  percent: 'procentas',
  minus: 'minus',
  currencies: { $: 'doleris', '€': 'euras', '£': 'svaras', '¥': 'jena' },
  unitForms:
    formsOf(`procentas: procento procentui procentą procentu procente procentai procentų procentams procentus procentais nuošimtis nuošimčių nuošimčiai
    doleris: dolerio doleriui dolerį doleriu doleriai dolerių doleriams dolerius doleriais
    euras: euro eurui eurą euru eurai eurų eurams eurus eurais; svaras: svaro svarą svarai svarų svarus svarais
    jena: jenos jeną jenų
    km: kilometras kilometro kilometrą kilometrai kilometrų kilometrus kilometrams kilometrais kilometru
    cm: centimetras centimetro centimetrai centimetrų centimetrus centimetrais
    mm: milimetras milimetro milimetrai milimetrų milimetrus
    kg: kilogramas kilogramo kilogramai kilogramų kilogramus kilogramais`),
  cents: ['centas', 'centai', 'centų', 'centus'],
  and: 'ir',
  years: ['metai', 'metų', 'metams', 'metus', 'metais', 'metuose', 'm'],
  months: monthsOf(`sausio sausis, vasario vasaris, kovo kovas, balandžio balandis, gegužės gegužė, birželio birželis,
    liepos liepa, rugpjūčio rugpjūtis, rugsėjo rugsėjis, spalio spalis, lapkričio lapkritis, gruodžio gruodis`),
  dayBehindMonth: true,
});
