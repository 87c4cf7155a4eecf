import { compoundWords } from './compound-words.ts';
import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';
import { inflectedNumbers } from './slavic.ts';

/** Thousands of forms: made where Finnish is read, not where this is imported. */
export const finnish = (): NumberLexicon => {
  const CASES = 'n ksi ssa sta lla lta lle ssä stä llä ltä';

  /** The singular of each digit. */
  const UNITS = {
    ...valuesOf(`1 yksi yhtä yhtenä yhteen; 2 kaksi kahta kahtena kahteen; 3 kolme kolmea kolmena kolmeen
    4 neljä neljää neljänä neljään; 5 viisi viittä viitenä viiteen; 6 kuusi kuutta kuutena kuuteen
    7 seitsemän seitsemää seitsemänä seitsemään; 8 kahdeksan kahdeksaa kahdeksana kahdeksaan
    9 yhdeksän yhdeksää yhdeksänä yhdeksään`),
    ...inflected('1 yhde; 2 kahde; 3 kolme; 4 neljä; 5 viide; 6 kuude; 7 seitsemä; 8 kahdeksa; 9 yhdeksä', CASES),
  };
  const TEN = [...Object.keys(inflected('10 kymmene', `${CASES} nä en`)), 'kymmentä'];
  const HUNDRED = [...Object.keys(inflected('100 sada', CASES)), 'sata', 'sataa', 'satana', 'sataan'];
  const THOUSAND = [...Object.keys(inflected('1000 tuhanne', CASES)), 'tuhat', 'tuhatta', 'tuhantena', 'tuhanteen'];

  const joined = (
    units: Readonly<Record<string, number>>,
    seconds: readonly string[],
    valueOfUnit: (unit: number) => number,
  ): Record<string, number> =>
    Object.fromEntries(
      Object.entries(units).flatMap(([unit, value]) =>
        seconds.map((second) => [unit + second, valueOfUnit(value)] as const),
      ),
    );
  const all = (forms: readonly string[], value: number): Record<string, number> =>
    Object.fromEntries(forms.map((form) => [form, value]));

  const compound = compoundWords({
    units: UNITS,
    below100: {
      ...all(TEN, 10),
      ...joined(UNITS, ['toista'], (unit) => unit + 10),
      ...joined(UNITS, TEN, (unit) => unit * 10),
    },
    multipliers: { ...all(HUNDRED, 100), ...all(THOUSAND, 1000) },
  });

  const ORDINAL_CASES =
    's nnen tta ttä ntena ntenä nneksi nnessa nnessä nnesta nnestä nteen nnella nnellä nnelta nneltä nnelle';
  const IN_COMPOUNDS = inflected(
    '1 yhde; 2 kahde; 3 kolma; 4 neljä; 5 viide; 6 kuude; 7 seitsemä; 8 kahdeksa; 9 yhdeksä',
    ORDINAL_CASES,
  );
  const ALONE = {
    ...inflected('1 ensimmäi', 'nen sen stä senä seksi sessä sestä seen sellä seltä selle'),
    ...inflected('2 toi', 'nen sen sena seksi sessa sesta seen sella selta selle'),
  };
  const ORDINAL_TEN = Object.keys(inflected('10 kymmene', ORDINAL_CASES));
  const compoundOrdinal = compoundWords({
    units: { ...IN_COMPOUNDS, ...ALONE },
    below100: {
      ...all(ORDINAL_TEN, 10),
      ...joined(IN_COMPOUNDS, ['toista'], (unit) => unit + 10),
      ...joined(IN_COMPOUNDS, ORDINAL_TEN, (unit) => unit * 10),
    },
    multipliers: {
      ...all(Object.keys(inflected('100 sada', ORDINAL_CASES)), 100),
      ...all(Object.keys(inflected('1000 tuhanne', ORDINAL_CASES)), 1000),
    },
  });
  /** "Yhdes" and "kahdes" are parts of ordinals, never words. */
  const ONLY_PARTS = new Set(Object.keys(IN_COMPOUNDS).filter((form) => /^(?:yh|kah)de(?!ksä|ksa)/u.test(form)));

  return {
    ...inflectedNumbers,
    cardinals: inflected('0 nolla', `- a na an ${CASES}`),
    compound,
    articles: Object.entries(UNITS)
      .filter(([form, value]) => value === 1 && form !== 'yksi')
      .map(([form]) => form),
    one: 'yksi',
    tens: ['kymmentä'],
    hundreds: HUNDRED,
    scales: {
      ...all(THOUSAND, 1000),
      ...inflected('1e6 miljoona; 1e12 biljoona', `- a na an t ${CASES}`),
      ...inflected('1e9 miljardi', `- a na in t ${CASES}`),
    },
    points: ['pilkku'],
    phrases: { puolitoista: '1.5' },
    halves: ['ja puoli'],
    ordinals: {},
    compoundOrdinal: (word) => (ONLY_PARTS.has(word) ? null : compoundOrdinal(word)),
    digitOrdinal: /^(\d+)º$/u,
    dottedOrdinals: 'before-lower-case',
    percent: 'prosentti',
    minus: 'miinus',
    currencies: { $: 'dollari', '€': 'euro', '£': 'punta', '¥': 'jeni' },
    unitForms:
      formsOf(`prosentti: prosenttia prosentin prosentilla prosenttiin prosentista prosentille prosentilta prosentiksi
    dollari: dollaria dollarin dollarilla dollariin dollarista; euro: euroa euron eurolla euroon eurosta
    punta: puntaa punnan; jeni: jeniä jenin
    km: kilometri kilometriä kilometrin kilometrillä kilometriin kilometristä
    cm: senttimetri senttimetriä senttimetrin; mm: millimetri millimetriä millimetrin
    kg: kilogramma kilogrammaa kilogramman kilo kiloa kilon`),
    cents: ['sentti', 'senttiä', 'sentin'],
    and: 'ja',
    clockWords: ['klo', 'kello'],
    months:
      monthsOf(`tammikuuta tammikuun, helmikuuta helmikuun, maaliskuuta maaliskuun, huhtikuuta huhtikuun, toukokuuta toukokuun,
    kesäkuuta kesäkuun, heinäkuuta heinäkuun, elokuuta elokuun, syyskuuta syyskuun, lokakuuta lokakuun,
    marraskuuta marraskuun, joulukuuta joulukuun`),
  };
};
