import { CellNamer } from '../../charts/cell-names.ts';
import type { ReportInput, ScoredRecord } from '../../types.ts';

/** An answer with a name that no other answer of the run has. */
export interface NamedAnswer {
  readonly name: string;
  readonly record: ScoredRecord;
}

/** The answers of a run; failures have none. Where there are several cells, the cell is a part of the name. */
export function namedAnswers({ records, summary }: ReportInput): readonly NamedAnswer[] {
  const namer = new CellNamer(summary.cells.map(({ cell }) => cell));
  return records
    .filter(({ status }) => status !== 'failed')
    .map((record) => ({
      record,
      name: summary.cells.length > 1 ? `${record.utterance}_${namer.cell(record.cell)}` : record.utterance,
    }));
}
