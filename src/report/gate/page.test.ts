import { describe, expect, it } from 'vitest';
import { compareCells } from '../../charts/cell-names.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateCheck, GateResult } from '../../stats/gate-result.ts';
import { comparisons } from '../__fixtures__/comparisons.ts';
import { reportInput } from '../__fixtures__/report-input.ts';
import { comparisonTable, renderComparisonCsv, renderComparisonMarkdown } from './comparison-writers.ts';
import { renderGatePage } from './page.ts';

/** Four comparisons whose own intervals say something else than what stands after Holm. */
function contradictory(): readonly Comparison[] {
  const p = (notWorse: number, worse: number, any: number) => ({
    notWorseTest: { p: notWorse / 4, pHolm: notWorse },
    worseTest: { p: worse / 4, pHolm: worse },
    pHolm: any,
  });
  const [worse, open, better, few] = comparisons().toSorted((left, right) =>
    compareCells(left.candidate, right.candidate),
  );
  return [
    { ...worse!, verdict: 'cannot-tell', ...p(1, 0.01, 0.01) },
    { ...open!, verdict: 'worse', ...p(1, 0.06, 0.06) },
    {
      ...better!,
      verdict: 'cannot-tell',
      ...p(0.001, 1, 0.01),
      difference: { ...better!.difference!, value: -0.03 },
    },
    { ...few!, verdict: 'equivalent', ...p(0.001, 1, 1) },
  ];
}

async function page(compared: readonly Comparison[], gate: GateResult | null): Promise<string> {
  return renderGatePage({
    candidate: reportInput(),
    baseline: { name: 'baseline', createdAt: '2026-01-01T00:00:00Z', run: null, answers: [] },
    comparisons: compared,
    unmatched: [],
    gate,
    presets: null,
    differences: [],
    command: ['gate', 'new'],
    loadClip: () => Promise.resolve(null),
  });
}

/** What the opening says of each cell, and what the table of verdicts says. */
function verdictsIn(html: string): { readonly opening: readonly string[]; readonly table: readonly string[] } {
  const text = (markup: string): string =>
    markup
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  const opening = [...html.matchAll(/<li><b>([^<]*)<\/b>([^]*?)<\/li>/g)].map(
    ([, subject, cells]) => `${subject} ${text(cells!).replace(/ \([^)]*\)/g, '')}`,
  );
  const [, body] = /id="verdicts-table-caption"[^]*?<tbody>([^]*?)<\/tbody>/.exec(html)!;
  const rows = [...body!.matchAll(/<th scope="row"[^>]*>([^]*?)<\/th>\s*<td[^>]*>([^]*?)<\/td>/g)];
  return { opening, table: rows.map(([, name, verdict]) => `${text(name!)}: ${text(verdict!)}`) };
}

describe('the page of a gate', () => {
  it('says one thing of a cell everywhere: what stands after Holm, and what the gate made of it', async () => {
    const compared = contradictory();
    const [worse, open, better, few] = comparisonTable(compared).rows.map(([name]) => name!.replaceAll('\u00a0', ' '));
    const alone = verdictsIn(await page(compared, null));
    expect(alone.opening).toEqual([
      `Worse by more than the margin: ${worse!}.`,
      `Cannot be told yet: ${open!}.`,
      `Better: ${better!}.`,
      `Not worse by the margin: ${few!}.`,
    ]);
    expect(alone.table).toEqual([
      `${worse!}: worse`,
      `${open!}: cannot tell`,
      `${better!}: better`,
      `${few!}: not worse`,
    ]);

    const check = (comparison: Comparison | null, outcome: GateCheck['outcome']): GateCheck => ({
      ...{ kind: 'regression', subject: 'it-IT · none', rule: 'r', finding: 'the run does not have it' },
      ...{ outcome, comparison },
    });
    const outcomes = ['fail', 'undecided', 'pass', 'undecided'] as const;
    const checks = [...compared.map((one, i) => check(one, outcomes[i]!)), check(null, 'undecided')];
    const gated = verdictsIn(await page(compared, { outcome: 'fail', checks, remarks: [] }));
    expect(gated.opening).toEqual([
      `Worse by more than the margin: ${worse!}.`,
      `Cannot be told yet: ${open!}; ${few!}.`,
      `Better: ${better!}.`,
      'Not compared: it-IT · none.',
    ]);
    expect(gated.table).toEqual([
      `${worse!}: worse`,
      `${open!}: cannot tell`,
      `${few!}: cannot tell`,
      `${better!}: better`,
    ]);
  });

  it('is told in text with the same verdicts', () => {
    const compared = contradictory();
    const verdicts = ['worse by more than 0.5 points', 'cannot tell', 'better', 'not worse by 0.5 points'];
    expect(comparisonTable(compared).rows.map((row) => row.at(-1))).toEqual(verdicts);
    const rows = renderComparisonMarkdown(compared).split('\n').slice(2, -1);
    expect(rows.map((row) => row.split(' | ').at(-1)!.replace(' |', ''))).toEqual(verdicts);
    const [head, ...lines] = renderComparisonCsv(compared).trimEnd().split('\r\n');
    const column = head!.split(',').indexOf('verdict');
    expect(lines.map((line) => line.split(',')[column])).toEqual(['worse', 'open', 'better', 'not-worse']);
    for (const line of lines) expect(line.split(',')).toHaveLength(head!.split(',').length);
  });

  it('names no cell by what a terminal, a table or a spreadsheet would obey', () => {
    const [one] = contradictory();
    const hostile = { ...one!, candidate: { ...one!.candidate, backend: '=cmd|a,"<img>' } };
    expect(renderComparisonCsv([hostile])).toContain(`,"'=cmd|a,""<img>",`);
    expect(renderComparisonMarkdown([hostile])).not.toMatch(/<img|cmd\|a/);
  });
});
