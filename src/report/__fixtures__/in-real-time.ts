import type { ReportInput } from '../../types.ts';
import { underLoad } from './under-load.ts';

/** A run of streams in real time, the last load too much for the machine. */
export function inRealTime(input: ReportInput): ReportInput {
  const loaded = underLoad(input);
  return {
    ...loaded,
    records: loaded.records.map((record) => ({
      ...record,
      delivery: 'streaming-real',
      chunkLatenciesMs: [20, 30, (record.cell.concurrency ?? 1) * 200],
      pacing: { chunkMs: 1120, slipMs: 2 },
      processMemoryMiB: 100 + 3 * (record.cell.concurrency ?? 1),
    })),
  };
}
