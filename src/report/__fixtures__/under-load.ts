import type { Acceleration, Cell, ReportInput } from '../../types.ts';

const atOnce: Readonly<Record<Acceleration, number>> = { none: 1, regular: 2, high: 4, full: 8 };

/** A run whose settings differ in the requests in flight instead of the acceleration. */
export function underLoad(input: ReportInput): ReportInput {
  const loaded = (cell: Cell): Cell => ({ ...cell, acceleration: 'none', concurrency: atOnce[cell.acceleration] });
  return {
    run: { ...input.run, cells: input.run.cells.map(loaded) },
    summary: { ...input.summary, cells: input.summary.cells.map((one) => ({ ...one, cell: loaded(one.cell) })) },
    records: input.records.map((record) => ({ ...record, cell: loaded(record.cell) })),
  };
}
