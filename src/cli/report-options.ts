import { analyze } from '../analyze.ts';
import { readClip, type ReadRun } from '../read-run.ts';
import type { ReportOptions } from '../report/html.ts';
import { measureSensitivity } from '../sensitivity.ts';

/** Scoring so many records under every preset takes longer than anyone waits for a page. */
const mostRecordsForSensitivity = 20_000;

/** What a report of a run has besides the run. */
export async function reportOptions(folder: string, read: ReadRun): Promise<ReportOptions> {
  const { records, comparisons, choice, fronts } = read;
  return {
    loadClip: (record) => readClip(folder, record),
    comparisons,
    choice,
    fronts,
    analysis: await analyze(records),
    sensitivity: records.length > mostRecordsForSensitivity ? null : measureSensitivity(records),
  };
}
