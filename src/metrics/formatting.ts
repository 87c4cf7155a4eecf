import { alignTokens } from '../text/align.ts';
import { markedWords, type MarkedWord } from '../text/marked-words.ts';
import type { MeasurableRecord, SumMetric } from './metric.ts';

/** A word of the reference and the word of the transcript that it was aligned with; either may be missing. */
type AlignedWords = readonly [reference: MarkedWord | null, hypothesis: MarkedWord | null];

const aligned = new WeakMap<MeasurableRecord, readonly AlignedWords[]>();

/** The words as written, aligned whatever their case and punctuation; `null` for a failure. */
function alignedWords(record: MeasurableRecord): readonly AlignedWords[] | null {
  if (record.status === 'failed' || record.text === null) return null;
  const known = aligned.get(record);
  if (known !== undefined) return known;
  const reference = markedWords(record.reference, record.cell.language);
  const hypothesis = markedWords(record.text, record.cell.language);
  const folded = (words: readonly MarkedWord[]): string[] => words.map((word) => word.folded);
  let [i, j] = [0, 0];
  const pairs = alignTokens(folded(reference), folded(hypothesis)).map(({ operation }): AlignedWords => {
    if (operation === 'deletion') return [reference[i++]!, null];
    if (operation === 'insertion') return [null, hypothesis[j++]!];
    return [reference[i++]!, hypothesis[j++]!];
  });
  aligned.set(record, pairs);
  return pairs;
}

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
    const pairs = alignedWords(record);
    if (pairs?.some(([reference]) => reference !== null && reference.mark !== null) !== true) return null;
    const marks = pairs.map(([reference, hypothesis]) => [reference?.mark ?? null, hypothesis?.mark ?? null]);
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
    const pairs = alignedWords(record);
    if (pairs?.some(([reference]) => reference !== null && /\p{Lu}/u.test(reference.written)) !== true) return null;
    const right = pairs.filter(([reference, hypothesis]) => reference?.folded === hypothesis?.folded);
    return [right.filter(([reference, hypothesis]) => reference?.written !== hypothesis?.written).length, right.length];
  },
  value: ([differing = 0, right = 0]) => (right === 0 ? null : differing / right),
};
