import type { GateResult } from '../../stats/gate-result.ts';
import { gateRows, gateSentence } from './text.ts';

const levels = { fail: 'error', undecided: 'warning' } as const;

/** Workflow commands of GitHub Actions: an error per failed check, a warning per undecided one, and the answer. */
export function gateAnnotations(result: GateResult, name: string): string {
  const lines = gateRows(result.checks).flatMap(({ outcome, subject, rule, finding }) =>
    outcome === 'pass'
      ? []
      : [`::${levels[outcome]} title=${escapeProperty(`${name}: ${subject}`)}::${escapeData(`${rule}: ${finding}`)}`],
  );
  return [...lines, `::notice title=${escapeProperty(name)}::${escapeData(gateSentence(result))}`].join('\n');
}

/** What GitHub would take for the end of the command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
