import type { CellNamer } from '../../charts/cell-names.ts';
import { pointsText } from '../../charts/number-text.ts';
import { type Answer, answerOf } from '../../stats/answer.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { Finding } from '../findings.ts';

const namedCells = 8;

const subjects: Readonly<Record<Answer, string>> = {
  worse: 'Worse by more than the margin:',
  'not-worse': 'Not worse by the margin:',
  open: 'Cannot be told yet:',
};

/** The answer in words, one sentence for each kind of outcome. */
export function answerSentences(comparisons: readonly Comparison[], namer: CellNamer): readonly Finding[] {
  return (['worse', 'open', 'not-worse'] as const).flatMap((answer) => {
    const those = comparisons.filter((comparison) => answerOf(comparison) === answer);
    if (those.length === 0) return [];
    const shown = those.slice(0, namedCells).map((comparison) => cellText(comparison, namer));
    const more = those.length > namedCells ? `; and ${those.length - namedCells} more` : '';
    return [{ subject: subjects[answer], text: `${shown.join('; ')}${more}.` }];
  });
}

function cellText({ candidate, difference }: Comparison, namer: CellNamer): string {
  if (difference === null) return `${namer.cell(candidate)} (no interval)`;
  const { low, high } = difference.interval90;
  const end = (value: number): string => pointsText(value).replace(/ points$/, '');
  return `${namer.cell(candidate)} (${pointsText(difference.value)} [${end(low)}, ${end(high)}])`;
}
