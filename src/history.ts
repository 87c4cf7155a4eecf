import { comparable, compare } from './compare.ts';
import { cellId, groupByCell } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { haveOneMachine, runDifferences } from './run-differences.ts';
import { changePoint } from './stats/change-point.ts';
import { benjaminiHochberg } from './stats/multiplicity.ts';
import type { Cell, CellSummary, Estimate, RunInfo } from './types.ts';

const ALPHA = 0.05;

/** A run as its history sees it. */
export interface PastRun {
  readonly folder: string;
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  readonly cells: readonly CellSummary[];
}

const metricNames = ['errorRate', 'latencyP50', 'costPerMinuteUsd'] as const;

export type HistoryMetric = (typeof metricNames)[number];

export interface HistoryPoint {
  readonly folder: string;
  readonly createdAt: string;
  readonly estimate: Estimate;
}

/** A change of level, and the run that it came with. */
export interface HistoryChange {
  readonly folder: string;
  readonly before: number;
  readonly after: number;
  /** Adjusted for all changes of this metric that were looked for. */
  readonly q: number;
  /** In what that run is not as the one before it. */
  readonly causes: readonly string[];
}

/** One metric of one cell over all runs that have it, oldest first. */
export interface HistorySeries {
  readonly cell: Cell;
  readonly metric: HistoryMetric;
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly HistoryChange[];
}

interface Candidate {
  readonly series: HistorySeries;
  /** The first point after the change. */
  readonly index: number;
  readonly p: number;
}

/**
 * Follows error rate, latency and cost of each cell over runs. A change of the error rate is one between two runs on the
 * same utterances, by their paired differences; a change of latency or cost one of level in the runs' values, as whole
 * runs share the mood of a machine. Of the changes that are marked in a metric, one in twenty is expected to be none
 * (Benjamini and Hochberg).
 *
 * @param runs in any order.
 */
export function history(runs: readonly PastRun[], seed: number): readonly HistorySeries[] {
  const ordered = runs.toSorted((a, b) => (a.run.createdAt < b.run.createdAt ? -1 : 1));
  const cells = [...new Map(ordered.flatMap((past) => past.cells).map(({ cell }) => [cellId(cell), cell])).values()];
  const series = cells.flatMap((cell) => metricNames.map((metric) => follow(cell, metric, ordered)));
  const byFolder = new Map(ordered.map((past) => [past.folder, past]));
  return metricNames.flatMap((metric) => {
    const ofMetric = series.filter((one) => one.metric === metric && one.points.length > 0);
    const candidates = ofMetric.flatMap((one) =>
      (metric === 'errorRate' ? errorSteps : levelChange)(one, byFolder, seed),
    );
    const adjusted = benjaminiHochberg(candidates.map(({ p }) => p));
    const changesOf = (one: HistorySeries): HistoryChange[] =>
      candidates.flatMap((candidate, i) =>
        candidate.series === one && adjusted[i]! < ALPHA ? [describeChange(candidate, adjusted[i]!, byFolder)] : [],
      );
    return ofMetric.map((one) => ({ ...one, changes: changesOf(one) }));
  });
}

function follow(cell: Cell, metric: HistoryMetric, runs: readonly PastRun[]): HistorySeries {
  const points = runs.flatMap(({ folder, run, cells }): HistoryPoint[] => {
    const summary = cells.find((one) => cellId(one.cell) === cellId(cell));
    const estimate = summary?.metrics[metric === 'errorRate' ? summary.primaryMetric : metric];
    return estimate?.value == null ? [] : [{ folder, createdAt: run.createdAt, estimate }];
  });
  return { cell, metric, points, changes: [] };
}

function errorSteps(series: HistorySeries, runs: ReadonlyMap<string, PastRun>, seed: number): Candidate[] {
  const recordsOf = ({ folder }: HistoryPoint) =>
    (groupByCell(runs.get(folder)!.records).get(cellId(series.cell)) ?? []).map(comparable);
  return series.points.slice(1).flatMap((point, i) => {
    const [baseline, candidate] = [recordsOf(series.points[i]!), recordsOf(point)];
    if (baseline[0]?.normalizer !== candidate[0]?.normalizer) return [];
    const p = compare({ baseline, candidate, margin: 0, seed }).comparisons[0]?.p ?? null;
    return p === null ? [] : [{ series, index: i + 1, p }];
  });
}

/** Only runs of the newest machine can be held against each other. */
function levelChange(series: HistorySeries, runs: ReadonlyMap<string, PastRun>, seed: number): Candidate[] {
  const last = series.points.at(-1);
  if (last === undefined) return [];
  const newest = runs.get(last.folder)!.run;
  const isOther = ({ folder }: HistoryPoint): boolean => !haveOneMachine(runs.get(folder)!.run, newest);
  const start = series.points.findLastIndex(isOther) + 1;
  const change = changePoint(
    series.points.slice(start).map(({ estimate }) => estimate.value!),
    seed,
  );
  return change === null ? [] : [{ series, index: start + change.index, p: change.p }];
}

function describeChange({ series, index }: Candidate, q: number, runs: ReadonlyMap<string, PastRun>): HistoryChange {
  const [before, after] = [series.points[index - 1]!, series.points[index]!];
  const causes = runDifferences(runs.get(before.folder)!.run, runs.get(after.folder)!.run).map(({ text }) => text);
  return { folder: after.folder, before: before.estimate.value!, after: after.estimate.value!, q, causes };
}
