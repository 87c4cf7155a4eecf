import { html } from '../markup.ts';
import type { GateOutcome, GateResult } from '../../stats/gate-result.ts';

/**
 * A test case per check, as continuous-integration servers read it (JUnit XML). JUnit knows no third outcome: what is
 * undecided is skipped, with the reason, unless the rules make it a failure.
 */
export function renderGateJunit({ checks }: GateResult, name: string, undecidedFails: boolean): string {
  const isFailure = (outcome: GateOutcome): boolean =>
    outcome === 'fail' || (outcome === 'undecided' && undecidedFails);
  const failures = checks.filter(({ outcome }) => isFailure(outcome)).length;
  const skipped = checks.filter(({ outcome }) => outcome === 'undecided').length;
  const counts = html`tests="${checks.length}" failures="${failures}" skipped="${undecidedFails ? 0 : skipped}"`;
  const cases = checks.map(
    ({ subject, rule, outcome, finding }) =>
      html`<testcase classname="${subject}" name="${rule}">
        ${isFailure(outcome) && html`<failure message="${finding}"></failure>`}
        ${outcome === 'undecided' && !undecidedFails && html`<skipped message="${finding}"></skipped>`}
        <system-out>${finding}</system-out>
      </testcase>`,
  );
  const suite = html`<testsuite name="${name}" ${counts}>${cases}</testsuite>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${html`<testsuites name="earshot gate" ${counts}>${suite}</testsuites>`.toString()}\n`;
}
