import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers } from './slavic.ts';

const ONE = ['jeden', 'jedna', 'jedno', 'jednego', 'jednej', 'jednemu', 'jedną', 'jednym'];

export const polish = (): NumberLexicon => ({
  ...inflectedNumbers,
  cardinals: {
    ...valuesOf(`1 ${ONE.join(' ')}
      0 zero zera zeru zerem zerze
      2 dwa dwie dwaj dwóch dwu dwóm dwoma dwiema
      3 trzy trzej trzech trzem trzema
      4 cztery czterej czterech czterem czterema
      200 dwieście dwustu dwustoma
      300 trzysta trzystu trzystoma
      400 czterysta czterystu czterystoma
      100 sto stu stoma`),
    ...inflected('5 pięci; 6 sześci; 7 siedmi; 8 ośmi; 9 dziewięci; 10 dziesięci', 'u oma'),
    ...valuesOf('5 pięć; 6 sześć; 7 siedem siedmiu; 8 osiem ośmiu; 9 dziewięć; 10 dziesięć'),
    ...inflected(
      `11 jedenast; 12 dwunast; 13 trzynast; 14 czternast; 15 piętnast; 16 szesnast; 17 siedemnast; 18 osiemnast
       19 dziewiętnast`,
      'u oma',
    ),
    ...inflected(
      `11 jedenaści; 12 dwanaści; 13 trzynaści; 14 czternaści; 15 piętnaści; 16 szesnaści; 17 siedemnaści
       18 osiemnaści; 19 dziewiętnaści`,
      'e',
    ),
    ...valuesOf(`20 dwadzieścia dwudziestu dwudziestoma
      30 trzydzieści trzydziestu trzydziestoma
      40 czterdzieści czterdziestu czterdziestoma`),
    ...inflected('50 pięćdziesią; 60 sześćdziesią; 70 siedemdziesią; 80 osiemdziesią; 90 dziewięćdziesią', 't'),
    ...inflected(
      '50 pięćdziesięci; 60 sześćdziesięci; 70 siedemdziesięci; 80 osiemdziesięci; 90 dziewięćdziesięci',
      'u oma',
    ),
    ...inflected('500 pięć; 600 sześć; 700 siedem; 800 osiem; 900 dziewięć', 'set'),
    ...inflected('500 pięciuset; 600 sześciuset; 700 siedmiuset; 800 ośmiuset; 900 dziewięciuset', '-'),
  },
  articles: ONE.slice(1),
  one: 'jeden',
  scales: {
    ...inflected('1000 tysiąc', '- a owi em u'),
    ...inflected('1000 tysi', 'ące ęcy ącom ącami ącach'),
    ...inflected('1e6 milion; 1e9 miliard; 1e12 bilion', '- a owi em y ów om ami ach'),
    ...inflected('1e6 milioni; 1e9 miliardzi; 1e12 bilioni', 'e'),
  },
  points: ['przecinek', 'kropka', 'całe', 'całych', 'i'],
  places: inflected('1 dziesiąt; 2 setn; 3 tysięczn', 'a e ych'),
  phrases: { półtora: '1.5', półtorej: '1.5' },
  halves: ['i pół'],
  ordinals: {
    ...inflected(
      `1 pierwsz; 4 czwart; 5 piąt; 6 szóst; 7 siódm; 8 ósm; 9 dziewiąt; 10 dziesiąt; 11 jedenast; 12 dwunast
       13 trzynast; 14 czternast; 15 piętnast; 16 szesnast; 17 siedemnast; 18 osiemnast; 19 dziewiętnast
       20 dwudziest; 30 trzydziest; 40 czterdziest; 50 pięćdziesiąt; 60 sześćdziesiąt; 70 siedemdziesiąt
       80 osiemdziesiąt; 90 dziewięćdziesiąt; 100 setn; 200 dwusetn; 300 trzechsetn; 400 czterechsetn
       500 pięćsetn; 600 sześćsetn; 700 siedemsetn; 800 osiemsetn; 900 dziewięćsetn; 1000 tysięczn
       2000 dwutysięczn`,
      'y a e ego ej emu ą ym ych ymi',
    ),
    ...inflected('2 drug', 'i a ie iego iej iemu ą im ich imi'),
    ...inflected('3 trzeci', '- a e ego ej emu ą m ch mi'),
    pierwsi: 1,
  },
  digitOrdinal: /^(\d+)(?:º|(?:sz|t|st|n|m)?(?:y|a|e|ego|ej|emu|ą|ym|ych|ymi)|gi|ga|gie|giego|giej|ci|cia|cie|ciego)$/u,
  dottedOrdinals: 'before-lower-case',
  percent: 'procent',
  minus: 'minus',
  currencies: { $: 'dolar', '€': 'euro', '£': 'funt', '¥': 'jen' },
  unitForms: formsOf(`procent: procenta procentu procentem procentów procentami procentach
    dolar: dolara dolarowi dolarem dolary dolarów dolarom dolarami dolarach
    funt: funta funtem funty funtów funtom funtami; jen: jena jeny jenów
    zł: złoty złotego złotemu złotym złote złotych złotymi
    km: kilometr kilometra kilometrem kilometry kilometrów kilometrom kilometrami kilometrach kilometrze
    cm: centymetr centymetra centymetry centymetrów centymetrami; mm: milimetr milimetra milimetry milimetrów
    kg: kilogram kilograma kilogramy kilogramów kilogramem kilogramami kilo`),
  cents: ['cent', 'centy', 'centów', 'grosz', 'grosze', 'groszy', 'gr'],
  and: 'i',
  months:
    monthsOf(`stycznia styczeń, lutego luty, marca marzec, kwietnia kwiecień, maja maj, czerwca czerwiec, lipca lipiec,
    sierpnia sierpień, września wrzesień, października październik, listopada listopad, grudnia grudzień`),
  years: ['rok', 'roku', 'rokiem', 'r'],
});
