import { hasSpacedWords } from '../text/units.ts';
import type { ErrorCounts, ScoringUnit } from '../types.ts';
import type { MeasurableRecord, SumMetric } from './metric.ts';

/** Word counts where words are separated: elsewhere a "word" is whatever happened to stand between spaces. */
function wordCounts(record: MeasurableRecord): ErrorCounts | null {
  return record.primaryUnit === 'word' || hasSpacedWords(record.cell.language) ? record.word : null;
}

function primaryCounts(record: MeasurableRecord): ErrorCounts | null {
  return record.primaryUnit === 'word' ? record.word : record.character;
}

function addends(counts: ErrorCounts | null): readonly number[] | null {
  return counts && [counts.hits, counts.substitutions, counts.deletions, counts.insertions];
}

const ratio = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : numerator / denominator;

type Sums = readonly [hits: number, substitutions: number, deletions: number, insertions: number];

function rate(
  facts: Pick<SumMetric, 'name' | 'title' | 'better' | 'description'>,
  countsOf: (record: MeasurableRecord) => ErrorCounts | null,
  value: (...sums: Sums) => number | null,
): SumMetric {
  return {
    ...facts,
    kind: 'sums',
    unit: 'fraction',
    missing: 'no reference to score against in this unit',
    timed: false,
    terms: (record) => addends(countsOf(record)),
    value: (sums) => value(...(sums as Sums)),
  };
}

const errorRate = (h: number, s: number, d: number, i: number): number | null => ratio(s + d + i, h + s + d);

const wordInformationPreserved = (h: number, s: number, d: number, i: number): number | null => {
  const reference = h + s + d;
  const hypothesis = h + s + i;
  if (reference === 0) return null;
  return hypothesis === 0 ? 0 : (h / reference) * (h / hypothesis);
};

/** Word error rate. */
export const wer = rate(
  {
    name: 'wer',
    title: 'Word error rate',
    better: 'lower',
    description:
      'Substitutions, deletions and insertions over reference words, pooled over all answered utterances; may exceed 1 (NIST).',
  },
  wordCounts,
  errorRate,
);

/** Character error rate. */
export const cer = rate(
  {
    name: 'cer',
    title: 'Character error rate',
    better: 'lower',
    description: 'As the word error rate, over code points after composition (NFC), spaces left out.',
  },
  (record) => record.character,
  errorRate,
);

/** Match error rate. */
export const mer = rate(
  {
    name: 'mer',
    title: 'Match error rate',
    better: 'lower',
    description:
      'Share of the steps of the word alignment that are errors, between 0 and 1 (Morris, Maier & Green, Interspeech 2004).',
  },
  wordCounts,
  (h, s, d, i) => ratio(s + d + i, h + s + d + i),
);

/** Word information preserved. */
export const wip = rate(
  {
    name: 'wip',
    title: 'Word information preserved',
    better: 'higher',
    description:
      'Hits over reference words times hits over hypothesis words (Morris, Maier & Green, Interspeech 2004); 0 for a silent recognizer.',
  },
  wordCounts,
  wordInformationPreserved,
);

/** Word information lost. */
export const wil = rate(
  {
    name: 'wil',
    title: 'Word information lost',
    better: 'lower',
    description: 'One minus the word information preserved.',
  },
  wordCounts,
  (...sums) => {
    const preserved = wordInformationPreserved(...sums);
    return preserved === null ? null : 1 - preserved;
  },
);

/** Substitutions over reference tokens of the primary unit. */
export const substitutionRate = rate(
  {
    name: 'substitutionRate',
    title: 'Substitutions',
    better: 'lower',
    description: 'Substitutions over reference tokens, in the primary unit of the language.',
  },
  primaryCounts,
  (h, s, d) => ratio(s, h + s + d),
);

/** Deletions over reference tokens of the primary unit. */
export const deletionRate = rate(
  {
    name: 'deletionRate',
    title: 'Deletions',
    better: 'lower',
    description: 'Deletions over reference tokens, in the primary unit of the language.',
  },
  primaryCounts,
  (h, s, d) => ratio(d, h + s + d),
);

/** Insertions over reference tokens of the primary unit. */
export const insertionRate = rate(
  {
    name: 'insertionRate',
    title: 'Insertions',
    better: 'lower',
    description: 'Insertions over reference tokens, in the primary unit of the language.',
  },
  primaryCounts,
  (h, s, d, i) => ratio(i, h + s + d),
);

function withFailures(unit: ScoringUnit, facts: Pick<SumMetric, 'name' | 'title' | 'description'>): SumMetric {
  const countsOf = (record: MeasurableRecord): ErrorCounts | null => {
    if (unit === 'word' && !hasSpacedWords(record.cell.language) && record.primaryUnit !== 'word') return null;
    if (record.status !== 'failed') return record[unit];
    const deletions = unit === 'word' ? record.referenceWordCount : record.referenceCharacterCount;
    return { hits: 0, substitutions: 0, deletions, insertions: 0 };
  };
  return rate({ ...facts, better: 'lower' }, countsOf, errorRate);
}

/** Word error rate with failures as deletions. */
export const werWithFailures = withFailures('word', {
  name: 'werWithFailures',
  title: 'Word error rate, failures counted',
  description: 'The word error rate when every reference word of a failed utterance counts as deleted.',
});

/** Character error rate with failures as deletions. */
export const cerWithFailures = withFailures('character', {
  name: 'cerWithFailures',
  title: 'Character error rate, failures counted',
  description: 'The character error rate when every reference character of a failed utterance counts as deleted.',
});

/** Share of utterances with any error. */
export const sentenceErrorRate: SumMetric = {
  kind: 'sums',
  name: 'sentenceErrorRate',
  title: 'Sentence error rate',
  unit: 'fraction',
  better: 'lower',
  description: 'Share of the answered utterances with at least one error in the primary unit (sclite).',
  missing: 'no answered utterance',
  timed: false,
  terms: (record) => {
    const counts = primaryCounts(record);
    return counts && [counts.substitutions + counts.deletions + counts.insertions > 0 ? 1 : 0, 1];
  },
  value: (sums) => ratio(sums[0]!, sums[1]!),
};
