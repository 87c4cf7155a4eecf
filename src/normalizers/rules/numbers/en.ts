import { formsOf, monthsOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const UNITS = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11 },
  ...{ twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 },
};
const TENS = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };

const IRREGULAR_ORDINALS = { first: 1, second: 2, third: 3, fifth: 5, eighth: 8, ninth: 9, twelfth: 12 };
const regular = [...Object.entries(UNITS), ...Object.entries(TENS)]
  .filter(([, value]) => ![0, 1, 2, 3, 5, 8, 9, 12].includes(value))
  .map(([word, value]) => [`${word.replace(/y$/u, 'ie')}th`, value] as const);

function ending(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
}

export const english = (): NumberLexicon => ({
  cardinals: { ...UNITS, ...TENS },
  articles: [],
  indefinite: ['a'],
  one: 'one',
  hundreds: ['hundred'],
  scales: { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 },
  links: ['and'],
  mayLink: (last, next) => last >= 100 && next < 100,
  points: ['point'],
  halves: ['and a half'],
  ordinals: { ...IRREGULAR_ORDINALS, ...Object.fromEntries(regular), hundredth: 100, thousandth: 1e3, millionth: 1e6 },
  ordinalEnding: ending,
  digitOrdinal: /^(\d+)(?:st|nd|rd|th)$/u,
  pairedYears: true,
  percent: 'percent',
  percentPhrases: ['per cent'],
  currencies: { $: 'dollar', '€': 'euro', '£': 'pound', '¥': 'yen', '₹': 'rupee' },
  unitForms: {
    dollars: 'dollar',
    euros: 'euro',
    pounds: 'pound',
    rupees: 'rupee',
    ...formsOf(
      `km: kilometer kilometers kilometre kilometres; cm: centimeter centimeters centimetre centimetres; millimeter: mm millimeters millimetre millimetres; kg: kilogram kilograms kilo kilos; kmh: kph`,
    ),
  },
  cents: ['cent', 'cents', 'pence', 'p'],
  behindBareCents: 'a an per each for and or but if so when because plus to in at on by with the'.split(' '),
  minus: 'minus',
  months: monthsOf('january, february, march, april, may, june, july, august, september, october, november, december'),
  dayBehindMonth: true,
  and: 'and',
});
