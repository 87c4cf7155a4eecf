import { cellId, groupByCell } from './metrics/by-cell.ts';
import { estimateAll } from './metrics/estimate.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { primaryUnitOf } from './text/units.ts';
import type { AudioDelivery, Cell, CellSummary, ErrorCounts, IntervalMethod, RunInfo, Summary } from './types.ts';

/** What a summary is made of. */
export interface SummarizeInput {
  readonly run: RunInfo;
  /** Scored records of the run; of several with one key the last counts. */
  readonly records: readonly MeasurableRecord[];
  /** Of the bootstrap: equal input and seed give equal intervals. */
  readonly seed: number;
  /** Of error rates; percentile by default. */
  readonly intervals?: IntervalMethod;
}

/** Makes the summary: every planned cell with all its metrics, and the cells that could not run. */
export function summarize({ run, records, seed, intervals = 'percentile' }: SummarizeInput): Summary {
  const byCell = groupByCell(records);
  return {
    schemaVersion: 1,
    name: run.name,
    normalizer: records[0]?.normalizer ?? '',
    overlay: records[0]?.overlay ?? null,
    characters: records[0]?.characters ?? 'code-point',
    intervals,
    cells: run.cells.map((cell, i) =>
      summarizeCell(cell, byCell.get(cellId(cell)) ?? [], run.plannedUtterances[i] ?? 0, (own, planned) =>
        estimateAll(own, planned, seed, intervals),
      ),
    ),
    skipped: run.skipped,
  };
}

function summarizeCell(
  cell: Cell,
  records: readonly MeasurableRecord[],
  planned: number,
  estimates: (records: readonly MeasurableRecord[], planned: number) => CellSummary['metrics'],
): CellSummary {
  const primaryUnit = records[0]?.primaryUnit ?? primaryUnitOf(cell.language);
  const withStatus = (status: MeasurableRecord['status']): number =>
    records.filter((record) => record.status === status).length;
  return {
    cell,
    primaryUnit,
    primaryMetric: primaryUnit === 'word' ? 'wer' : 'cer',
    utterances: planned,
    audioSeconds: records.reduce((sum, record) => sum + record.durationSeconds, 0),
    statuses: {
      ok: withStatus('ok'),
      empty: withStatus('empty'),
      failed: withStatus('failed'),
      missing: Math.max(0, planned - records.length),
    },
    word: totalCounts(records.map((record) => record.word)),
    character: totalCounts(records.map((record) => record.character)),
    delivery: commonDelivery(records),
    metrics: estimates(records, planned),
  };
}

/** Sum of counts; failures have none. */
export function totalCounts(counts: readonly (ErrorCounts | null)[]): ErrorCounts {
  const total = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };
  for (const one of counts) {
    if (one === null) continue;
    total.hits += one.hits;
    total.substitutions += one.substitutions;
    total.deletions += one.deletions;
    total.insertions += one.insertions;
  }
  return total;
}

/** How audio was delivered, if all answers agree. */
function commonDelivery(records: readonly MeasurableRecord[]): AudioDelivery | null {
  const deliveries = new Set(records.map((record) => record.delivery).filter((delivery) => delivery !== null));
  return deliveries.size === 1 ? [...deliveries][0]! : null;
}
