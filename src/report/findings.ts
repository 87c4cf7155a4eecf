import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import { type QuantityUnit, audioLengthText, countText, estimateText, marginText } from '../charts/number-text.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { VerdictKind } from '../stats/verdict.ts';
import type { CellSummary, ReportInput } from '../types.ts';

/** With fewer resampled blocks than this an interval is rough. */
const enoughBlocks = 15;

/** A sentence and what it is about. */
export interface Finding {
  readonly subject: string;
  readonly text: string;
}

/** What a run found, in sentences that its intervals support. Plain text. */
export interface Findings {
  /** What was measured. */
  readonly measured: string;
  readonly sentences: readonly Finding[];
}

/** Reads a summary as a careful person would: extremes with their intervals, and what cannot be told apart. */
export function findingsOf({ summary }: ReportInput, comparisons: readonly Comparison[] = []): Findings {
  const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  return {
    measured: measuredSentence(cells),
    sentences: [
      extremesSentence(cells.filter(primaryIs('wer')), namer, 'wer', 'Word error rate', 'fraction'),
      extremesSentence(cells.filter(primaryIs('cer')), namer, 'cer', 'Character error rate', 'fraction'),
      comparisons.length > 0 ? verdictCounts(comparisons) : separationSentence(cells, namer),
      extremesSentence(cells, namer, 'emissionDelayP50', 'Median emission delay of words', 'ms'),
      extremesSentence(cells, namer, 'latencyP50', 'Median latency', 'ms'),
      extremesSentence(cells, namer, 'costPerMinuteUsd', 'Cost per audio minute', 'usd-per-minute'),
      incompleteSentence(cells, summary.skipped.length),
      fewBlocksSentence(cells),
    ].filter((sentence) => sentence !== null),
  };
}

function primaryIs(metric: 'wer' | 'cer'): (cell: CellSummary) => boolean {
  return (cell) => cell.primaryMetric === metric;
}

function measuredSentence(cells: readonly CellSummary[]): string {
  const answered = cells.reduce((sum, { statuses }) => sum + statuses.ok + statuses.empty, 0);
  const audioSeconds = cells.reduce((sum, cell) => sum + cell.audioSeconds, 0);
  const dimensions = (['language', 'acceleration', 'backend'] as const).map((dimension) =>
    countText(new Set(cells.map(({ cell }) => cell[dimension])).size, dimension),
  );
  return (
    `${countText(answered, 'transcript')}, ${audioLengthText(audioSeconds)} of audio recognized, in ` +
    `${countText(cells.length, 'cell')}: ${dimensions.join(', ')}.`
  );
}

function extremesSentence(
  cells: readonly CellSummary[],
  namer: CellNamer,
  metric: string,
  title: string,
  unit: QuantityUnit,
): Finding | null {
  const known = cells
    .filter((cell) => (cell.metrics[metric]?.value ?? null) !== null)
    .toSorted((left, right) => left.metrics[metric]!.value! - right.metrics[metric]!.value!);
  const [lowest, highest] = [known[0], known.at(-1)];
  if (lowest === undefined || highest === undefined) return null;
  const text = (cell: CellSummary): string => `${estimateText(cell.metrics[metric], unit)} in ${namer.cell(cell.cell)}`;
  if (lowest.metrics[metric]!.value === highest.metrics[metric]!.value) {
    return {
      subject: title,
      text: `is ${estimateText(lowest.metrics[metric], unit)}${known.length > 1 ? ' in every cell' : ''}.`,
    };
  }
  return { subject: title, text: `runs from ${text(lowest)} to ${text(highest)}.` };
}

const verdictWords: Readonly<Record<VerdictKind, string>> = {
  worse: 'worse',
  'worse-size-unclear': 'worse by an unclear amount',
  'not-worse': 'not worse',
  equivalent: 'equivalent',
  better: 'better',
  'cannot-tell': 'cannot be told',
};

/** How many settings are worse than their baseline, and how many cannot be told. */
function verdictCounts(comparisons: readonly Comparison[]): Finding {
  const counts = (Object.keys(verdictWords) as VerdictKind[]).flatMap((kind) => {
    const count = comparisons.filter(({ verdict }) => verdict === kind).length;
    return count === 0 ? [] : `${count} ${verdictWords[kind]}`;
  });
  const decided = comparisons.filter(({ verdict }) => /^(?:better|worse)/.test(verdict));
  const firm = decided.filter(({ pHolm }) => pHolm !== null && pHolm < 0.05);
  // Of twenty comparisons of equals, one leaves out zero by chance.
  const adjusted =
    decided.length === 0
      ? ''
      : ` Adjusted for ${countText(comparisons.length, 'comparison')} (Holm), ${firm.length} of the ${decided.length} ` +
        'better or worse ones remain at p < 0.05.';
  const baselines = [...new Set(comparisons.map(({ baseline }) => baseline.acceleration))];
  return {
    subject: `Against ${baselines.map((baseline) => `“${baseline}”`).join(' or ')},`,
    text:
      `on the same utterances and with a margin of ${marginText(comparisons)} of error rate, of ` +
      `${countText(comparisons.length, 'setting')}: ${counts.join(', ')}.${adjusted}`,
  };
}

/** Intervals that do not touch prove a difference; intervals that do prove nothing, and the sentence says so. */
function separationSentence(cells: readonly CellSummary[], namer: CellNamer): Finding | null {
  const series = [...groupBy(cells, ({ cell }) => JSON.stringify({ ...cell, acceleration: null })).values()]
    .map((group) => group.filter((cell) => cell.metrics[cell.primaryMetric]?.interval != null))
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted((left, right) => primaryRate(left) - primaryRate(right)));
  if (series.length === 0) return null;
  const separated = series.filter((group) => primaryHigh(group[0]!) < primaryLow(group.at(-1)!));
  const setting = (summary: CellSummary): string =>
    `${summary.cell.acceleration} ${estimateText(summary.metrics[summary.primaryMetric], 'fraction')}`;
  const examples = separated
    .slice(0, 3)
    .map((group) => `${namer.series(group[0]!.cell)} (${setting(group[0]!)}, ${setting(group.at(-1)!)})`);
  const total = countText(series.length, 'combination');
  const text =
    separated.length === 0
      ? `shows no sure effect on the error rate: in none of ${total} of language and backend do the intervals of the best ` +
        'and the worst setting lie apart.'
      : `matters in ${separated.length} of ${total} of language and backend: there the error intervals of the best and the ` +
        `worst setting lie apart, as in ${examples.join('; ')}.` +
        (separated.length < series.length ? ' In the others they overlap, which settles nothing.' : '');
  return { subject: 'Acceleration', text };
}

function primaryRate(cell: CellSummary): number {
  return cell.metrics[cell.primaryMetric]!.value!;
}

function primaryLow(cell: CellSummary): number {
  return cell.metrics[cell.primaryMetric]!.interval!.low;
}

function primaryHigh(cell: CellSummary): number {
  return cell.metrics[cell.primaryMetric]!.interval!.high;
}

function incompleteSentence(cells: readonly CellSummary[], skipped: number): Finding | null {
  const total = (status: 'failed' | 'missing' | 'empty'): number =>
    cells.reduce((sum, { statuses }) => sum + statuses[status], 0);
  const parts = [
    total('failed') > 0 && `${countText(total('failed'), 'utterance')} failed`,
    total('missing') > 0 && `${countText(total('missing'), 'result')} missing`,
    total('empty') > 0 && `${countText(total('empty'), 'answer')} empty`,
    skipped > 0 && `${countText(skipped, 'cell')} skipped`,
  ].filter((part) => part !== false);
  return parts.length === 0
    ? null
    : { subject: 'Not complete:', text: `${parts.join(', ')}. Failed and missing ones are in no error rate.` };
}

function fewBlocksSentence(cells: readonly CellSummary[]): Finding | null {
  const weak = cells.filter((cell) => {
    const estimate = cell.metrics[cell.primaryMetric];
    return estimate?.interval != null && estimate.blocks !== null && estimate.blocks < enoughBlocks;
  });
  if (weak.length === 0) return null;
  return {
    subject: 'Few speakers or sentences:',
    text: `in ${countText(weak.length, 'cell')} the intervals of the error rate rest on fewer than ${enoughBlocks} independent blocks and are rough.`,
  };
}
