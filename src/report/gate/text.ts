import { groupBy } from '../../charts/group-by.ts';
import { countText } from '../../charts/number-text.ts';
import type { GateCheck, GateOutcome, GateResult } from '../../stats/gate-result.ts';

export const outcomeWords: Readonly<Record<GateOutcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  undecided: 'undecided',
};

/** The answer of a gate in a sentence. */
export function gateSentence({ outcome, checks }: GateResult): string {
  const of = (wanted: GateOutcome): number => checks.filter((check) => check.outcome === wanted).length;
  if (checks.length === 0) return 'Undecided: no rule is about any cell of this run.';
  const total = countText(checks.length, 'check');
  switch (outcome) {
    case 'pass':
      return `Passed: all of ${total} hold.`;
    case 'fail':
      return `Failed: ${of('fail')} of ${total} failed${of('undecided') > 0 ? `, ${of('undecided')} are undecided` : ''}.`;
    case 'undecided':
      return `Undecided: ${of('undecided')} of ${total} cannot be decided; none failed.`;
  }
}

/** What a reader has to act on comes first. */
export const urgency: readonly GateOutcome[] = ['fail', 'undecided', 'pass'];

/** A line of the table of a gate. */
export type GateRow = Pick<GateCheck, 'outcome' | 'subject' | 'rule' | 'finding' | 'comparison'>;

/** The checks as lines: what a reader has to act on comes first, and limits that several cells keep are one line. */
export function gateRows(checks: readonly GateCheck[]): readonly GateRow[] {
  const kept = groupBy(
    checks.filter(({ kind, outcome }) => kind === 'threshold' && outcome === 'pass'),
    ({ rule }) => rule,
  );
  const condensed = [...kept.values()].map((group): GateRow =>
    group.length === 1
      ? group[0]!
      : { ...group[0]!, subject: countText(group.length, 'cell'), finding: 'kept by each' },
  );
  return [...checks.filter((check) => !kept.get(check.rule)?.includes(check)), ...condensed].toSorted(
    (left, right) => urgency.indexOf(left.outcome) - urgency.indexOf(right.outcome),
  );
}
