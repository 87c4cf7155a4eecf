import type { GateResult } from '../../stats/gate-result.ts';
import { gateRows, gateSentence, outcomeWords } from './text.ts';
import { escapeMarkdown } from '../markdown-text.ts';

/** A gate for a pull request: the answer, and a row per check. */
export function renderGateMarkdown(result: GateResult, name: string): string {
  const line = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  const rows = gateRows(result.checks).map(({ outcome, subject, rule, finding }) =>
    line([outcomeWords[outcome], ...[subject, rule, finding].map(escapeMarkdown)]),
  );
  return [
    `## ${escapeMarkdown(name)}`,
    `**${gateSentence(result)}**`,
    ...(rows.length === 0
      ? []
      : [[line(['', 'Cell', 'Rule', 'Found']), line([':--', ':--', ':--', ':--']), ...rows].join('\n')]),
    ...(result.remarks.length === 0 ? [] : [result.remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join('\n')]),
  ]
    .join('\n\n')
    .concat('\n');
}
