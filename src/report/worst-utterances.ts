import { compareCells, compareText } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import type { ErrorCounts, ScoredRecord } from '../types.ts';

/** An utterance with what every setting made of it. */
export interface UtteranceResults {
  /** In the order of the results table. */
  readonly records: readonly ScoredRecord[];
  /** Over the answers of all settings, in the primary unit. */
  readonly errors: number;
  readonly referenceLength: number;
}

/** The utterances with the highest error rate over all settings, a few per language, worst first in each. */
export function worstUtterances(
  records: readonly ScoredRecord[],
  limits: { readonly perLanguage: number; readonly total: number },
): readonly UtteranceResults[] {
  const answered = groupBy(records, ({ cell, utterance }) => JSON.stringify([cell.corpus, cell.language, utterance]));
  const withErrors = [...answered.values()].map(resultsOf).filter(({ errors }) => errors > 0);
  const byLanguage = [...groupBy(withErrors, languageOf).values()]
    .toSorted((left, right) => compareText(languageOf(left[0]!), languageOf(right[0]!)))
    .map((group) => group.toSorted(worstFirst));
  const perLanguage = Math.min(limits.perLanguage, Math.max(1, Math.floor(limits.total / byLanguage.length)));
  return byLanguage.flatMap((group) => group.slice(0, perLanguage)).slice(0, limits.total);
}

/** The counts of a record in the unit of its alignment; `null` for a failure. */
export function primaryCounts(record: ScoredRecord): ErrorCounts | null {
  return record[record.primaryUnit];
}

function resultsOf(records: readonly ScoredRecord[]): UtteranceResults {
  const counts = records.flatMap((record) => primaryCounts(record) ?? []);
  return {
    records: records.toSorted((left, right) => compareCells(left.cell, right.cell)),
    errors: counts.reduce((sum, one) => sum + one.substitutions + one.deletions + one.insertions, 0),
    referenceLength: counts.reduce((sum, one) => sum + one.hits + one.substitutions + one.deletions, 0),
  };
}

function languageOf({ records }: UtteranceResults): string {
  return records[0]!.cell.language;
}

function worstFirst(left: UtteranceResults, right: UtteranceResults): number {
  const rate = ({ errors, referenceLength }: UtteranceResults): number => errors / Math.max(1, referenceLength);
  return (
    rate(right) - rate(left) ||
    right.errors - left.errors ||
    compareText(left.records[0]!.utterance, right.records[0]!.utterance)
  );
}
