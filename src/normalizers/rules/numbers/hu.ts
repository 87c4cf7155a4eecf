import { compoundWords, ordinalLast } from './compound-words.ts';
import { formsOf, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

const compound = compoundWords({
  units: valuesOf('1 egy; 2 kettő két; 3 három; 4 négy; 5 öt; 6 hat; 7 hét; 8 nyolc; 9 kilenc'),
  below100: valuesOf(`10 tíz tizen; 20 húsz huszon; 30 harminc; 40 negyven; 50 ötven; 60 hatvan; 70 hetven; 80 nyolcvan
    90 kilencven`),
  multipliers: valuesOf('100 száz; 1000 ezer; 1e6 millió; 1e9 milliárd'),
  tenTakesUnits: true,
});

/** Forms only of compounds. */
const ONLY_PARTS = new Set(['tizen', 'huszon']);
const cardinal = (word: string): number | null => (ONLY_PARTS.has(word) ? null : compound(word));

const ORDINALS = valuesOf(`1 egyedik; 2 kettedik; 3 harmadik; 4 negyedik; 5 ötödik; 6 hatodik; 7 hetedik; 8 nyolcadik
  9 kilencedik; 10 tizedik; 20 huszadik; 30 harmincadik; 40 negyvenedik; 50 ötvenedik; 60 hatvanadik; 70 hetvenedik
  80 nyolcvanadik; 90 kilencvenedik; 100 századik; 1000 ezredik; 1e6 milliomodik`);
const ordinal = ordinalLast(compound, ORDINALS);

/** Case endings and adjectives that are written behind digits with a hyphen; after "-val" in each form it takes. */
const ENDING =
  /(?:b[ae]n|b[óő]l|b[ae]|r[óő]l|r[ae]|t[óő]l|h[oeö]z|n[áé]l|n[ae]k|ig|kor|sz[oeö]r|[vmtczrs]?[ae]l|[oeö]s|éves|napos|perces|órás)$/u;

/** Words that only look like numbers with an ending, and those of one. */
const WHOLE = /^(?:egy|hatal|hatos|hatás|hétr|hétb|hétn|hétk|ötl|százados|százalé|tizedes)/u;

export const hungarian = (): NumberLexicon => ({
  cardinals: { nulla: 0 },
  compound: cardinal,
  articles: ['egy'],
  one: 'egy',
  dependent: ['hét'],
  loneDigits: { 7: 'hét' },
  oneEnds: true,
  endingApart: (word) => {
    const dated = /^(.+dik)([áé]n)$/u.exec(word);
    const day = dated === null ? null : ordinal(dated[1]!);
    if (day !== null && day <= 31) return [day.toString(), dated![2]!];
    if (WHOLE.test(word)) return null;
    const ending = ENDING.exec(word)?.[0];
    if (ending === undefined) return null;
    const stem = word.slice(0, -ending.length);
    return (cardinal(stem) ?? 0) > 1 ? [stem, ending] : null;
  },
  hundreds: [],
  scales: valuesOf('1000 ezer; 1e6 millió milliót; 1e9 milliárd; 1e12 billió'),
  links: [],
  mayLink: () => false,
  points: ['egész', 'vessző'],
  places: valuesOf('1 tized; 2 század; 3 ezred'),
  phrases: { másfél: '1.5' },
  halves: ['és fél'],
  ordinals: valuesOf('1 első; 2 második'),
  compoundOrdinal: (word) => (/^(?:egy|ket)edik$/u.test(word) ? null : ordinal(word.replace(/dik[ae]$/u, 'dik'))),
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)(?:º|[aeo]?dik)$/u,
  dottedOrdinals: 'before-lower-case',
  percent: 'százalék',
  minus: 'mínusz',
  percentPhrases: [],
  currencies: { $: 'dollár', '€': 'euró', '£': 'font', '¥': 'jen' },
  unitForms:
    formsOf(`százalék: százaléka százalékot százalékát; dollár: dollárt; euró: eurót; font: fontot; forint: forintot ft
    km: kilométer kilométert; cm: centiméter centimétert; mm: milliméter millimétert; kg: kilogramm kilogrammot kiló kilót`),
  cents: ['cent', 'centet'],
  and: 'és',
  months: monthsOf(
    `január, február, március, április, május, június, július, augusztus, szeptember, október, november, december`,
  ),
  dayBehindMonth: true,
});
