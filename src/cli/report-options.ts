import { analyze } from '../analyze.ts';
import { readClip, type ReadRun } from '../read-run.ts';
import type { ReportOptions } from '../report/html.ts';
import { bill } from '../report/bill.ts';
import { measureSensitivity } from '../sensitivity.ts';

/** Scoring so many records under every preset takes longer than anyone waits for a page. */
const mostRecordsForSensitivity = 20_000;

/**
 * What a report of a run has besides the run.
 * @param maxAudioMb of audio that may be embedded; as much as usual if `null`.
 */
export async function reportOptions(
  folder: string,
  read: ReadRun,
  maxAudioMb: number | null = null,
): Promise<ReportOptions> {
  const { records, replaced, comparisons, choice, fronts } = read;
  return {
    loadClip: (record) => readClip(folder, record),
    ...(maxAudioMb === null ? {} : { clipLimitBytes: maxAudioMb * 1e6 }),
    comparisons,
    choice,
    fronts,
    analysis: await analyze(records),
    bills: bill([...records, ...replaced], null),
    sensitivity: records.length > mostRecordsForSensitivity ? null : measureSensitivity(records),
  };
}
