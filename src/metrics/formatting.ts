import { alignTokens, countErrors } from '../text/align.ts';
import { markedWords, type MarkedWord } from '../text/marked-words.ts';
import type { MeasurableRecord, SumMetric } from './metric.ts';

/** A word of the reference and the word of the transcript that it was aligned with; either may be missing. */
type AlignedWords = readonly [reference: MarkedWord | null, hypothesis: MarkedWord | null];

/** Both texts as written. */
class Written {
  readonly reference: readonly MarkedWord[];
  readonly hypothesis: readonly MarkedWord[];
  /** Whether the reference has any. */
  readonly hasMarks: boolean;
  readonly hasCapitals: boolean;
  #pairs: readonly AlignedWords[] | null = null;

  constructor(referenceText: string, text: string, language: string) {
    this.reference = markedWords(referenceText, language);
    this.hypothesis = markedWords(text, language);
    this.hasMarks = this.reference.some(({ mark }) => mark !== null);
    this.hasCapitals = this.reference.some(({ written }) => /\p{Lu}/u.test(written));
  }

  /** Aligned whatever their case and punctuation; texts without either are not asked for it. */
  get pairs(): readonly AlignedWords[] {
    this.#pairs ??= align(this.reference, this.hypothesis);
    return this.#pairs;
  }
}

function align(reference: readonly MarkedWord[], hypothesis: readonly MarkedWord[]): AlignedWords[] {
  const folded = (words: readonly MarkedWord[]): string[] => words.map((word) => word.folded);
  let [i, j] = [0, 0];
  return alignTokens(folded(reference), folded(hypothesis)).map(({ operation }): AlignedWords => {
    if (operation === 'deletion') return [reference[i++]!, null];
    if (operation === 'insertion') return [null, hypothesis[j++]!];
    return [reference[i++]!, hypothesis[j++]!];
  });
}

/** All metrics are asked of a record before the next one, and what is kept is large: one is enough. */
let latest: { readonly record: MeasurableRecord; readonly written: Written } | null = null;

/** `null` for a failure. */
function writtenWords(record: MeasurableRecord): Written | null {
  if (record.status === 'failed' || record.text === null) return null;
  if (latest?.record !== record) {
    latest = { record, written: new Written(record.reference, record.text, record.cell.language) };
  }
  return latest.written;
}

const hasMarks = (words: Written): boolean => words.hasMarks;
const hasCapitals = (words: Written): boolean => words.hasCapitals;

/** Errors in the marks between words. */
export const punctuationErrorRate: SumMetric = {
  kind: 'sums',
  name: 'punctuationErrorRate',
  title: 'Punctuation error rate',
  unit: 'fraction',
  better: 'lower',
  description:
    'Wrong, missing and superfluous full stops, commas and question marks over these and the right ones, at aligned ' +
    'words of the text as written (Meister et al., arXiv 2310.02943). Exclamation marks count as full stops.',
  missing: 'the references have no punctuation',
  timed: false,
  terms: (record) => {
    const words = writtenWords(record);
    if (words === null || !hasMarks(words)) return null;
    const marks = words.pairs.map(([reference, hypothesis]) => [reference?.mark ?? null, hypothesis?.mark ?? null]);
    const marked = marks.filter(([expected, found]) => expected !== null || found !== null);
    return [marked.filter(([expected, found]) => expected !== found).length, marked.length];
  },
  value: ([errors = 0, marks = 0]) => (marks === 0 ? null : errors / marks),
};

/** Errors in capital letters. */
export const casingErrorRate: SumMetric = {
  kind: 'sums',
  name: 'casingErrorRate',
  title: 'Casing error rate',
  unit: 'fraction',
  better: 'lower',
  description: 'Share of the words recognized right, case aside, whose capital letters differ from the reference.',
  missing: 'the references have no capital letters',
  timed: false,
  terms: (record) => {
    const words = writtenWords(record);
    if (words === null || !hasCapitals(words)) return null;
    const right = words.pairs.filter(([reference, hypothesis]) => reference?.folded === hypothesis?.folded);
    return [right.filter(([reference, hypothesis]) => reference?.written !== hypothesis?.written).length, right.length];
  },
  value: ([differing = 0, right = 0]) => (right === 0 ? null : differing / right),
};

/** One of the four rows that tell how much of the errors is formatting. */
function rateOf(
  name: string,
  title: string,
  what: string,
  isKnown: (words: Written) => boolean,
  errorsIn: (words: Written) => number,
): SumMetric {
  return {
    kind: 'sums',
    name,
    title,
    unit: 'fraction',
    better: 'lower',
    description: `Errors over reference words of the text as written (characters, where words are not spaced), ${what}; no normalizer has a part in it.`,
    missing: 'the references are not written so',
    timed: false,
    terms: (record) => {
      const words = writtenWords(record);
      if (words === null || !isKnown(words)) return null;
      return [errorsIn(words), words.reference.length];
    },
    value: ([errors = 0, length = 0]) => (length === 0 ? null : errors / length),
  };
}

/** Of a best alignment in which a word is what `tokenOf` makes of it. */
function errorsOver(tokenOf: (word: MarkedWord) => string): (words: Written) => number {
  return ({ reference, hypothesis }) => {
    const counts = countErrors(reference.map(tokenOf), hypothesis.map(tokenOf));
    return counts.substitutions + counts.deletions + counts.insertions;
  };
}

const withMark = (text: string, { mark }: MarkedWord): string => text + (mark ?? '');

export const unformattedErrorRate = rateOf(
  'unformattedErrorRate',
  'Errors, unformatted',
  'case and punctuation aside',
  () => true,
  errorsOver((word) => word.folded),
);

export const punctuatedErrorRate = rateOf(
  'punctuatedErrorRate',
  'Errors, with punctuation',
  'a full stop, comma or question mark being part of the word before it, case aside',
  hasMarks,
  errorsOver((word) => withMark(word.folded, word)),
);

export const casedErrorRate = rateOf(
  'casedErrorRate',
  'Errors, with case',
  'capital letters counting, punctuation aside',
  hasCapitals,
  errorsOver((word) => word.written),
);

export const formattedErrorRate = rateOf(
  'formattedErrorRate',
  'Errors, fully formatted',
  'capital letters counting and a full stop, comma or question mark being part of the word before it',
  (words) => hasMarks(words) && hasCapitals(words),
  errorsOver((word) => withMark(word.written, word)),
);
