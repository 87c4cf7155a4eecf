import { CellNamer, compareCells } from '../../charts/cell-names.ts';
import { quantityText, unknownText } from '../../charts/number-text.ts';
import { answerOf } from '../../stats/answer.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { Cell } from '../../types.ts';
import { csvField } from '../csv.ts';
import { escapeMarkdown, markdownTable } from '../markdown-text.ts';
import { moreSpeechText } from '../verdict-sentence.ts';
import { answerWords, differenceText } from './answer.ts';

/** Comparisons as lines of text, for a terminal and for Markdown. */
export interface ComparisonTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A row per comparison with its verdict after Holm. */
export function comparisonTable(comparisons: readonly Comparison[]): ComparisonTable {
  const namer = new CellNamer(comparisons.flatMap(({ baseline, candidate }) => [baseline, candidate]));
  return {
    head: ['candidate', 'baseline', 'before', 'now', 'difference', 'p (Holm)', 'resampled', 'verdict'],
    rows: inOrder(comparisons).map((comparison) => [
      namer.cell(comparison.candidate),
      namer.cell(comparison.baseline),
      quantityText(comparison.baselineRate, 'fraction'),
      quantityText(comparison.candidateRate, 'fraction'),
      differenceText(comparison),
      comparison.pHolm === null ? unknownText : comparison.pHolm.toFixed(3),
      `${comparison.blocks} ${comparison.resampled}s`,
      verdictText(comparison),
    ]),
  };
}

function inOrder(comparisons: readonly Comparison[]): readonly Comparison[] {
  return comparisons.toSorted((left, right) => compareCells(left.candidate, right.candidate));
}

/** Such as `not worse by 0.5 points`. */
function verdictText(comparison: Comparison): string {
  const answer = answerOf(comparison);
  const margin = `${(comparison.margin * 100).toFixed(1)} points`;
  if (answer === 'worse') return `worse by more than ${margin}`;
  if (answer === 'not-worse') return `not worse by ${margin}`;
  const more = answer === 'open' ? moreSpeechText(comparison) : null;
  return more === null ? answerWords[answer] : `${answerWords[answer]}; ${more}`;
}

export function renderComparisonMarkdown(comparisons: readonly Comparison[]): string {
  const { head, rows } = comparisonTable(comparisons);
  return `${markdownTable(
    head,
    rows.map((row) => row.map(escapeMarkdown)),
  )}\n`;
}

const cellColumns = ['language', 'acceleration', 'backend', 'corpus', 'languageHint', 'concurrency'] as const;

/** One row per comparison, rates and differences as fractions, p-values after Holm, unknown values empty (RFC 4180). */
export function renderComparisonCsv(comparisons: readonly Comparison[]): string {
  const cellFields = (cell: Cell) => cellColumns.map((column) => cell[column] ?? null);
  const rows = inOrder(comparisons).map((comparison) => {
    const { difference, notWorseTest, worseTest } = comparison;
    return [
      ...cellFields(comparison.candidate),
      ...cellFields(comparison.baseline),
      ...[answerOf(comparison), comparison.metric, comparison.pairs, comparison.unpaired, comparison.referenceTokens],
      ...[comparison.baselineRate, comparison.candidateRate, comparison.margin, difference?.value ?? null],
      ...[difference?.interval90.low ?? null, difference?.interval90.high ?? null],
      ...[difference?.interval95.low ?? null, difference?.interval95.high ?? null],
      ...[comparison.pHolm, notWorseTest?.pHolm ?? null, worseTest?.pHolm ?? null],
      ...[comparison.blocks, comparison.resampled],
    ];
  });
  const head = [
    ...cellColumns,
    ...cellColumns.map((column) => `baseline.${column}`),
    ...['verdict', 'metric', 'pairs', 'unpaired', 'referenceTokens', 'baselineRate', 'candidateRate', 'margin'],
    ...['difference', 'low90', 'high90', 'low95', 'high95', 'p', 'pNotWorse', 'pWorse', 'blocks', 'resampled'],
  ];
  return [head, ...rows].map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
}
