import { quantile } from '../stats/quantiles.ts';
import type { Cell, ResultRecord } from '../types.ts';
import { isMistimed } from '../metrics/mistimed.ts';

/** So many streams in real time at once through one backend at one chunk length, all languages together. */
export interface StreamLevel {
  readonly cell: Pick<Cell, 'backend' | 'acceleration'>;
  readonly streams: number;
  readonly chunkMs: number;
  /** `null` without a chunk that was fed in time. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** That the percentiles rest on. */
  readonly chunks: number;
  readonly failures: number;
  /** Streams that were fed late by more than a chunk, whose chunks are left out. */
  readonly mistimed: number;
  /** Most that the recognizer's process took, or its processes each by itself; `null` where they are not ours. */
  readonly memoryMiB: number | null;
  /**
   * Every stream was answered, 99 of 100 chunks were done before the next one was due, and nine of ten streams were fed in
   * time: the others were no load as it was meant.
   */
  readonly fits: boolean;
}

/** The levels at which streams ran in real time, by setting and then by streams. */
export function streamLevels(records: readonly ResultRecord[]): readonly StreamLevel[] {
  const byLevel = new Map<string, ResultRecord[]>();
  for (const record of records) {
    const { backend, acceleration, concurrency } = record.cell;
    if (concurrency === undefined) continue;
    const key = JSON.stringify([backend, acceleration, concurrency]);
    byLevel.set(key, [...(byLevel.get(key) ?? []), record]);
  }
  return [...byLevel.values()].flatMap((own) => {
    const chunkMs = own.find(({ pacing }) => pacing)?.pacing?.chunkMs;
    return chunkMs === undefined ? [] : [levelOf(own, chunkMs)];
  });
}

function levelOf(records: readonly ResultRecord[], chunkMs: number): StreamLevel {
  const [{ cell }] = records as readonly [ResultRecord, ...ResultRecord[]];
  const timed = records.filter((record) => !isMistimed(record));
  const latencies = Float64Array.from(timed.flatMap(({ chunkLatenciesMs = [] }) => chunkLatenciesMs)).sort();
  const memory = records.flatMap(({ processMemoryMiB = null }) => processMemoryMiB ?? []);
  const failures = records.filter(({ status }) => status === 'failed').length;
  const p99Ms = quantile(latencies, 0.99);
  return {
    cell: { backend: cell.backend, acceleration: cell.acceleration },
    streams: cell.concurrency!,
    chunkMs,
    p50Ms: quantile(latencies, 0.5),
    p99Ms,
    chunks: latencies.length,
    failures,
    mistimed: records.length - timed.length,
    memoryMiB: memory.length === 0 ? null : Math.max(...memory),
    fits: failures === 0 && 10 * timed.length >= 9 * records.length && p99Ms !== null && p99Ms < chunkMs,
  };
}
