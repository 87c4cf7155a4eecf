import { cellId } from '../../metrics/by-cell.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { Cell, ScoredRecord } from '../../types.ts';

/** An utterance that both sides answered in two compared cells, with a different number of errors. */
export interface ChangedUtterance {
  /** Scored; `null` where only counts were kept. */
  readonly baseline: ScoredRecord | null;
  readonly baselineErrors: number;
  readonly candidate: ScoredRecord;
  readonly candidateErrors: number;
  /** What is there to listen to: the candidate's clip is the baseline's. */
  readonly records: readonly [ScoredRecord];
}

/** What of a baseline's answer has to be known. */
export interface BaselineAnswer {
  readonly cell: Cell;
  readonly utterance: string;
  /** `null` for a failure. */
  readonly errors: number | null;
  readonly record: ScoredRecord | null;
}

/** The utterances that got worse or, with `direction` −1, better: the most first, a few per language. */
export function changedUtterances(
  baseline: readonly BaselineAnswer[],
  candidate: readonly ScoredRecord[],
  comparisons: readonly Comparison[],
  direction: 1 | -1,
  limits: { readonly perLanguage: number; readonly total: number },
): readonly ChangedUtterance[] {
  const partnerOf = new Map(comparisons.map((one) => [cellId(one.candidate), cellId(one.baseline)]));
  const answers = new Map(baseline.map((answer) => [`${cellId(answer.cell)} ${answer.utterance}`, answer]));
  const changed = candidate.flatMap((record): ChangedUtterance[] => {
    const partner = answers.get(`${partnerOf.get(cellId(record.cell)) ?? ''} ${record.utterance}`);
    const candidateErrors = errorsOf(record);
    if (partner?.errors == null || candidateErrors === null) return [];
    if ((candidateErrors - partner.errors) * direction <= 0) return [];
    return [
      {
        baseline: partner.record,
        baselineErrors: partner.errors,
        candidate: record,
        candidateErrors,
        records: [record],
      },
    ];
  });
  const perLanguage = new Map<string, number>();
  return changed
    .toSorted((left, right) => direction * (growth(right) - growth(left)))
    .filter(({ candidate: { cell } }) => {
      const before = perLanguage.get(cell.language) ?? 0;
      perLanguage.set(cell.language, before + 1);
      return before < limits.perLanguage;
    })
    .slice(0, limits.total);
}

/** Errors of a scored record in its primary unit; `null` for a failure. */
function errorsOf(record: ScoredRecord): number | null {
  const counts = record[record.primaryUnit];
  return counts && counts.substitutions + counts.deletions + counts.insertions;
}

function growth({ baselineErrors, candidateErrors }: ChangedUtterance): number {
  return candidateErrors - baselineErrors;
}
