import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';
import type { NormalizerName } from '../normalizers/index.ts';
import { readRecords } from '../read-run.ts';
import type { Cell, RunInfo } from '../types.ts';

/** A run, or some cells of one. */
export interface SelectedRun {
  readonly folder: string;
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  /** The same transcripts scored by another preset. */
  readonly rescored: (preset: NormalizerName) => readonly MeasurableRecord[];
}

/**
 * Reads `folder` or `folder:key=value,key=value`.
 * @throws UserError when there is no such run, or nothing of it is left.
 */
export async function selectRun(argument: string): Promise<SelectedRun> {
  const [, folder = argument, filter = ''] = /^(.+):((?:\w+=[^,=]+)(?:,\w+=[^,=]+)*)$/.exec(argument) ?? [];
  if (!existsSync(folder)) throw new UserError(`${folder}: no such folder; give the folder of a run`);
  const { run, records, rescored } = await readRecords(folder);
  const wanted = filter === '' ? [] : filter.split(',').map((pair) => pair.split('=') as [keyof Cell, string]);
  const isWanted = (cell: Cell): boolean => wanted.every(([key, value]) => String(cell[key]) === value);
  const select = (all: readonly MeasurableRecord[]) => all.filter(({ cell }) => isWanted(cell));
  const selected = select(records);
  if (selected.length === 0)
    throw new UserError(`${argument}: the run has no such results; check its cells with earshot report`);
  const kept = run.cells.flatMap((cell, index) => (isWanted(cell) ? [index] : []));
  const cells = kept.map((index) => run.cells[index]!);
  const plannedUtterances = kept.map((index) => run.plannedUtterances[index]!);
  return {
    folder,
    run: { ...run, cells, plannedUtterances },
    records: selected,
    rescored: (preset) => select(rescored(preset)),
  };
}
