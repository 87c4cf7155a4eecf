import { CellNamer, compareCells } from '../../charts/cell-names.ts';
import { groupBy } from '../../charts/group-by.ts';
import { cellId } from '../../metrics/by-cell.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { CellSummary, Estimate } from '../../types.ts';
import type { LimitedQuantity, Loss, Measured, SettingGroup } from './choice.ts';

/** The metric that each limit holds. */
export const limitedMetrics: Readonly<Record<LimitedQuantity, string>> = {
  maxLatencyMs: 'latencyP50',
  maxFirstTextMs: 'firstPartialP50',
  maxWordDelayMs: 'emissionDelayP50',
  maxCostPerMinuteUsd: 'costPerMinuteUsd',
};

/** The settings of each language and corpus, with what each loses against the reference of its group. */
export function settingGroups(
  cells: readonly CellSummary[],
  comparisons: readonly Comparison[],
): readonly SettingGroup[] {
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const byCandidate = new Map(comparisons.map((comparison) => [cellId(comparison.candidate), comparison]));
  const references = new Set(comparisons.map(({ baseline }) => cellId(baseline)));
  const groups = groupBy(cells, ({ cell }) => JSON.stringify([cell.language, cell.corpus]));
  return [...groups.values()]
    .toSorted(([left], [right]) => compareCells(left!.cell, right!.cell))
    .map((group) => ({
      name: namer.place(group[0]!.cell),
      settings: group
        .toSorted((left, right) => compareCells(left.cell, right.cell))
        .map((summary) => ({
          name: namer.setting(summary.cell),
          isReference: group.length === 1 || references.has(cellId(summary.cell)),
          rate: summary.metrics[summary.primaryMetric]?.value ?? null,
          loss: lossOf(byCandidate.get(cellId(summary.cell))),
          measured: {
            maxLatencyMs: measuredOf(summary.metrics[limitedMetrics.maxLatencyMs]),
            maxFirstTextMs: measuredOf(summary.metrics[limitedMetrics.maxFirstTextMs]),
            maxWordDelayMs: measuredOf(summary.metrics[limitedMetrics.maxWordDelayMs]),
            maxCostPerMinuteUsd: measuredOf(summary.metrics[limitedMetrics.maxCostPerMinuteUsd]),
          },
        })),
    }));
}

function measuredOf(estimate: Estimate | undefined): Measured | null {
  if (estimate?.value == null) return null;
  const { value, interval } = estimate;
  return { value, low: interval?.low ?? value, high: interval?.high ?? value };
}

function lossOf(comparison: Comparison | undefined): Loss | null {
  if (comparison?.difference == null) return null;
  const { difference, standardError, pairs, audioHours, costUsd } = comparison;
  const { low, high } = difference.interval90;
  return { value: difference.value, low, high, standardError: standardError!, pairs, audioHours, costUsd };
}
