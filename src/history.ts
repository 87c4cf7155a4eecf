import { compareCells } from './charts/cell-names.ts';
import { comparable, type ComparableRecord } from './compare.ts';
import { cellId, groupByCell } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { haveOneMachine, runDifferences } from './run-differences.ts';
import { blocksOf } from './stats/blocks.ts';
import { changePoint, segment, type ChangePoint, type Segmented } from './stats/change-point.ts';
import { benjaminiHochberg } from './stats/multiplicity.ts';
import { pairedChangePoint, type FollowedUtterance } from './stats/paired-change-point.ts';
import type { Cell, Estimate, RunInfo, Summary } from './types.ts';

const ALPHA = 0.05;

/** A run as its history sees it. */
export interface PastRun {
  readonly folder: string;
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  readonly summary: Summary;
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
  /** Means of the runs since the change before, and until the next one. */
  readonly before: number;
  readonly after: number;
  /** Adjusted for all cells in which a change of this metric was looked for. */
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

/** What was found among points that can be held against each other: those from `start` to before `end`. */
interface Stretch extends Segmented {
  readonly series: HistorySeries;
  readonly start: number;
  readonly end: number;
}

/** The likeliest change among the points from `start` to before `end`, its index counted from `start`. */
type ChangeFinder = (start: number, end: number) => ChangePoint | null;

/**
 * Follows error rate, latency and cost of each cell over runs. A change of the error rate is one of level in the errors
 * that the same utterances met; a change of latency or cost one of level in the runs' values, as whole runs share the
 * mood of a machine. The tests hold for a whole series of runs, so that more runs never hide a change. Of the changes that
 * are marked in a metric over all cells, one in twenty is expected to be none (Benjamini and Hochberg).
 *
 * @param runs in any order.
 */
export function history(runs: readonly PastRun[], seed: number): readonly HistorySeries[] {
  const ordered = runs.toSorted((a, b) => (a.run.createdAt < b.run.createdAt ? -1 : 1));
  const known = ordered.flatMap((past) => past.summary.cells).map(({ cell }) => [cellId(cell), cell] as const);
  const cells = [...new Map(known).values()].toSorted(compareCells);
  const series = cells.flatMap((cell) => metricNames.map((metric) => follow(cell, metric, ordered)));
  const byFolder = new Map(ordered.map((past) => [past.folder, past]));
  return metricNames.flatMap((metric) => {
    const ofMetric = series.filter((one) => one.metric === metric && one.points.length > 0);
    const stretches = ofMetric.flatMap((one) =>
      (metric === 'errorRate' ? errorChanges : levelChanges)(one, byFolder, seed),
    );
    const tested = stretches.filter(({ p }) => p !== null);
    const adjusted = benjaminiHochberg(tested.map(({ p }) => p!));
    const shown = tested.map((stretch, i) => ({ stretch, q: adjusted[i]! })).filter(({ q }) => q < ALPHA);
    return ofMetric.map((one) => ({
      ...one,
      changes: shown
        .filter(({ stretch }) => stretch.series === one)
        .flatMap(({ stretch, q }) => describeChanges(stretch, q, byFolder)),
    }));
  });
}

function follow(cell: Cell, metric: HistoryMetric, runs: readonly PastRun[]): HistorySeries {
  const points = runs.flatMap(({ folder, run, summary: { cells } }): HistoryPoint[] => {
    const summary = cells.find((one) => cellId(one.cell) === cellId(cell));
    const estimate = summary?.metrics[metric === 'errorRate' ? summary.primaryMetric : metric];
    return estimate?.value == null ? [] : [{ folder, createdAt: run.createdAt, estimate }];
  });
  return { cell, metric, points, changes: [] };
}

/** Within stretches of runs that were scored alike. */
function errorChanges(series: HistorySeries, runs: ReadonlyMap<string, PastRun>, seed: number): Stretch[] {
  const records = series.points.map(({ folder }) =>
    (groupByCell(runs.get(folder)!.records).get(cellId(series.cell)) ?? []).map(comparable),
  );
  const find: ChangeFinder = (start, end) => pairedChangePoint(followUtterances(records.slice(start, end)), seed);
  return changesIn(series, (i) => records[i - 1]![0]?.normalizer === records[i]![0]?.normalizer, find);
}

/** Within stretches of runs of one machine. */
function levelChanges(series: HistorySeries, runs: ReadonlyMap<string, PastRun>, seed: number): Stretch[] {
  const values = series.points.map(({ estimate }) => estimate.value!);
  const machines = series.points.map(({ folder }) => runs.get(folder)!.run);
  const find: ChangeFinder = (start, end) => changePoint(values.slice(start, end), seed);
  return changesIn(series, (i) => haveOneMachine(machines[i - 1]!, machines[i]!), find);
}

/** @param isAlike whether a point can be held against the one before it. */
function changesIn(series: HistorySeries, isAlike: (index: number) => boolean, find: ChangeFinder): Stretch[] {
  const starts = series.points.flatMap((_, i) => (i === 0 || !isAlike(i) ? [i] : []));
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? series.points.length;
    return { ...segment(start, end, find), series, start, end };
  });
}

/** Utterances with their errors in each run; one whose reference changed counts as another. */
function followUtterances(runs: readonly (readonly ComparableRecord[])[]): FollowedUtterance[] {
  const followed = new Map<string, { readonly first: ComparableRecord; readonly errors: (number | null)[] }>();
  for (const [run, records] of runs.entries()) {
    for (const record of records) {
      const id = JSON.stringify([record.utterance, record.reference]);
      const known = followed.get(id) ?? { first: record, errors: runs.map(() => null) };
      known.errors[run] = record.errors;
      followed.set(id, known);
    }
  }
  const all = [...followed.values()];
  const { blockOf } = blocksOf(all.map(({ first }) => first));
  return all.map(({ errors }, i) => ({ block: blockOf[i]!, errors }));
}

/** @param q of the whole stretch. */
function describeChanges(
  { series: { points }, start, end, changes }: Stretch,
  q: number,
  runs: ReadonlyMap<string, PastRun>,
): HistoryChange[] {
  const level = (from: number, to: number): number =>
    points.slice(from, to).reduce((sum, { estimate }) => sum + estimate.value!, 0) / (to - from);
  return changes.map(({ index, p }, i) => {
    const { folder } = points[index]!;
    const previous = points[index - 1]!.folder;
    return {
      folder,
      before: level(changes[i - 1]?.index ?? start, index),
      after: level(index, changes[i + 1]?.index ?? end),
      q: Math.max(q, p),
      causes: runDifferences(runs.get(previous)!.run, runs.get(folder)!.run).map(({ text }) => text),
    };
  });
}
