import { formsOf, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

export const maltese = (): NumberLexicon => ({
  cardinals:
    valuesOf(`0 żero xejn; 1 wieħed waħda; 2 tnejn żewġ żewġt; 3 tlieta tliet tlitt tlett; 4 erbgħa erba' erba erbat
    5 ħamsa ħames ħamest; 6 sitta sitt; 7 sebgħa seba' seba sebat; 8 tmienja tmien tmint tmien; 9 disgħa disa' disa disat
    10 għaxra għaxar għaxart; 11 ħdax ħdaxil; 12 tnax tnaxil; 13 tlettax tlettaxil; 14 erbatax erbatax erbatax
    15 ħmistax; 16 sittax; 17 sbatax; 18 tmintax; 19 dsatax; 20 għoxrin; 30 tletin; 40 erbgħin; 50 ħamsin
    60 sittin; 70 sebgħin; 80 tmenin; 90 disgħin; 200 mitejn; 2000 elfejn`),
  articles: ['waħda', 'wieħed'],
  one: 'wieħed',
  unitsFirst: true,
  phrases: Object.fromEntries(
    ['ħdax', 'tnax', 'tlettax', 'erbatax', 'ħmistax', 'sittax', 'sbatax', 'tmintax', 'dsatax'].map((teen) => [
      `${teen} il`,
      teen,
    ]),
  ),
  hundreds: ['mija', 'mitt'],
  scales: valuesOf('1000 elf elef; 1e6 miljun miljuni; 1e9 biljun biljuni'),
  links: ['u'],
  mayLink: (last, next) => next < last || (last < 10 && next >= 20 && next < 100),
  points: ['punt'],
  halves: ['u nofs'],
  ordinals: {},
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)º$/u,
  percent: 'filmija',
  percentPhrases: ['fil mija'],
  minus: 'minus',
  currencies: { $: 'dollaru', '€': 'ewro', '£': 'lira', '¥': 'yen' },
  unitForms: formsOf('dollaru: dollari; km: kilometru kilometri; kg: kilogramma kilogrammi kilo kilos'),
  cents: ['ċenteżmu', 'ċenteżmi'],
  and: 'u',
  months: monthsOf(`jannar, frar, marzu, april, mejju, ġunju, lulju, awwissu, settembru, ottubru, novembru, diċembru`),
});
