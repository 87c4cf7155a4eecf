import type { CellNamer } from '../../charts/cell-names.ts';
import { pointsText } from '../../charts/number-text.ts';
import { cellId } from '../../metrics/by-cell.ts';
import { type Answer, answerOf } from '../../stats/answer.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateOutcome, GateResult } from '../../stats/gate-result.ts';
import type { Finding } from '../findings.ts';

const namedCells = 8;

export const answerWords: Readonly<Record<Answer, string>> = {
  worse: 'worse',
  open: 'cannot tell',
  better: 'better',
  'not-worse': 'not worse',
};

const subjects: Readonly<Record<Answer, string>> = {
  worse: 'Worse by more than the margin:',
  open: 'Cannot be told yet:',
  better: 'Better:',
  'not-worse': 'Not worse by the margin:',
};

/** The answer on a compared cell that every part of a page gives. */
export type AnswerTo = (comparison: Comparison) => Answer;

/** As the gate judged, where there is one: it leaves open what too few utterances show. */
export function answersOf(gate: GateResult | null): AnswerTo {
  const outcomes = new Map<string, GateOutcome>();
  for (const { comparison, outcome } of gate?.checks ?? []) {
    if (comparison !== null) outcomes.set(cellId(comparison.candidate), outcome);
  }
  return (comparison) => (outcomes.get(cellId(comparison.candidate)) === 'undecided' ? 'open' : answerOf(comparison));
}

/** The answer in words, one sentence for each kind of outcome, and one for what was not compared. */
export function answerSentences(
  comparisons: readonly Comparison[],
  answerTo: AnswerTo,
  notCompared: readonly string[],
  namer: CellNamer,
): readonly Finding[] {
  return [
    ...(['worse', 'open', 'better', 'not-worse'] as const).map((answer) => ({
      subject: subjects[answer],
      cells: comparisons
        .filter((comparison) => answerTo(comparison) === answer)
        .map((comparison) => `${namer.cell(comparison.candidate)} (${differenceText(comparison)})`),
    })),
    { subject: 'Not compared:', cells: notCompared },
  ].flatMap(({ subject, cells }) => {
    if (cells.length === 0) return [];
    const more = cells.length > namedCells ? `; and ${cells.length - namedCells} more` : '';
    return [{ subject, text: `${cells.slice(0, namedCells).join('; ')}${more}.` }];
  });
}

/** Such as `+1.9 points [+1.2, +2.6]`, with the 90 % interval, on whose ends the answer rests. */
export function differenceText({ difference }: Comparison): string {
  return difference === null
    ? 'no interval'
    : `${pointsText(difference.value)} ${intervalOfPoints(difference.interval90)}`;
}

/** Such as `[−0.1, +2.6]`. */
export function intervalOfPoints({ low, high }: { readonly low: number; readonly high: number }): string {
  const end = (value: number): string => pointsText(value).replace(/ points$/, '');
  return `[${end(low)}, ${end(high)}]`;
}
