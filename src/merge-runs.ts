import { basename, relative, resolve } from 'node:path';
import { comparable } from './compare.ts';
import { changedReferences } from './comparability.ts';
import type { Config } from './config.ts';
import { UserError } from './errors.ts';
import { cellId } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { haveOneMachine } from './run-differences.ts';
import { scoringStamp } from './text/scoring-stamp.ts';
import type { Cell, ResultRecord, RunInfo } from './types.ts';

/** A run that is to become a part of a larger one. */
export interface RunPart {
  readonly folder: string;
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  /** Attempts that a later one replaced. */
  readonly replaced: readonly ResultRecord[];
}

/**
 * Makes one run of several whose figures may stand beside each other: other cells, or other utterances of the same ones.
 * Paths of clips become relative to the first folder.
 * @throws UserError that says why they may not.
 */
export function mergeRuns(parts: readonly RunPart[]): RunPart {
  for (const [index, part] of parts.entries()) {
    for (const earlier of parts.slice(0, index)) refuseUnlike(earlier, part);
  }
  const [first] = parts;
  const replaced = parts.flatMap((part) => part.replaced);
  return { folder: first!.folder, run: mergeInfo(parts), records: mergeRecords(parts), replaced };
}

/** The same part with its backends named after its folder, so that it can stand beside a run of the same cells. */
export function labelled(part: RunPart): RunPart {
  const label = basename(resolve(part.folder));
  const rename = (backend: string): string => `${backend}@${label}`;
  const renameCell = (cell: Cell): Cell => ({ ...cell, backend: rename(cell.backend) });
  const renameRecord = <Record extends ResultRecord>(record: Record): Record => ({
    ...record,
    key: `${label}/${record.key}`,
    cell: renameCell(record.cell),
  });
  const renameKeys = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
  const { run } = part;
  const config = run.config as Config;
  const matrix = { ...config.matrix, backend: config.matrix.backend.map(rename) };
  return {
    folder: part.folder,
    run: {
      ...run,
      config: { ...config, backends: renameKeys(config.backends), matrix },
      recognizers: renameKeys(run.recognizers),
      cells: run.cells.map(renameCell),
      skipped: run.skipped.map((skip) => ({ ...skip, cell: renameCell(skip.cell) })),
    },
    records: part.records.map(renameRecord),
    replaced: part.replaced.map(renameRecord),
  };
}

function refuseUnlike(one: RunPart, other: RunPart): void {
  const pair = `${one.folder} and ${other.folder}`;
  const refuse = (reason: string): never => {
    throw new UserError(`${pair} cannot be merged: ${reason}`);
  };
  const [stamp, otherStamp] = [one, other].map(({ records }) => records[0] && scoringStamp(records[0]));
  if (stamp !== undefined && otherStamp !== undefined && stamp !== otherStamp) {
    refuse(`they are scored by ${stamp} and by ${otherStamp}; give them the same scoring`);
  }
  const versions = [one, other].map(({ run }) => run.environment.earshotVersion);
  if (versions[0] !== versions[1]) {
    refuse(`they were measured by Earshot ${versions.join(' and ')}; measure one of them again`);
  }
  const changed = changedReferences(one.records.map(comparable), other.records.map(comparable));
  if (changed.length > 0) {
    refuse(`the references of ${changed.length} utterances are not the same, such as that of ${changed[0]!}`);
  }
  const known = new Set(one.records.map(({ key }) => key));
  const twice = other.records.filter(({ key }) => known.has(key));
  if (twice.length > 0) {
    const { language, acceleration, backend } = twice[0]!.cell;
    refuse(
      `both hold ${twice.length} of the same results, such as ${language} ${acceleration} ${backend}; compare them with ` +
        'earshot compare, or add --label to show each under the name of its folder',
    );
  }
  refuseOtherBackend(one.run, other.run, refuse);
  const cells = new Set(one.records.map(({ cell }) => cellId(cell)));
  if (!haveOneMachine(one.run, other.run) && other.records.some(({ cell }) => cells.has(cellId(cell)))) {
    refuse('they hold parts of the same cells from different machines, so that their speed would be of neither');
  }
}

/** One name stands for one thing. */
function refuseOtherBackend(one: RunInfo, other: RunInfo, refuse: (reason: string) => never): void {
  const [entries, otherEntries] = [one, other].map(({ config }) => (config as Config).backends);
  for (const name of Object.keys(entries!)) {
    if (!Object.hasOwn(otherEntries!, name)) continue;
    const isSameEntry = JSON.stringify(entries![name]) === JSON.stringify(otherEntries![name]);
    const isSameModel = one.recognizers[name]?.modelSha256 === other.recognizers[name]?.modelSha256;
    if (!isSameEntry || !isSameModel) {
      refuse(
        `backend ${name} is not the same ${isSameEntry ? 'model' : 'configuration'} in both; add --label to tell them apart`,
      );
    }
  }
}

function mergeRecords(parts: readonly RunPart[]): readonly MeasurableRecord[] {
  let stretches = 0;
  return parts.flatMap(({ folder, run, records }) => {
    const before = stretches;
    stretches += run.stretches.length;
    return records.map((record) => ({
      ...record,
      audioPath: relative(parts[0]!.folder, resolve(folder, record.audioPath)),
      // Clocks of different runs have nothing to do with each other.
      stretch: record.stretch + before,
    }));
  });
}

function mergeInfo(parts: readonly RunPart[]): RunInfo {
  const runs = parts.map(({ run }) => run);
  const [first] = runs;
  const planned = new Map<string, { readonly cell: Cell; readonly utterances: number }>();
  for (const run of runs) {
    for (const [index, cell] of run.cells.entries()) {
      const before = planned.get(cellId(cell))?.utterances ?? 0;
      planned.set(cellId(cell), { cell, utterances: before + run.plannedUtterances[index]! });
    }
  }
  const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(' + ');
  const questions = new Set(runs.map(({ question }) => question));
  const skipped = new Map(runs.flatMap((run) => run.skipped).map((skip) => [cellId(skip.cell), skip]));
  return {
    ...first!,
    name: distinct(runs.map(({ name }) => name)),
    question: questions.size === 1 ? first!.question : null,
    createdAt: runs.map(({ createdAt }) => createdAt).toSorted()[0]!,
    command: ['report', ...parts.map(({ folder }) => folder)],
    config: mergeConfigs(runs.map(({ config }) => config as Config)),
    configPath: distinct(runs.map(({ configPath }) => configPath)),
    configSha256: distinct(runs.map(({ configSha256 }) => configSha256)),
    corpora: [
      ...new Map(runs.flatMap(({ corpora }) => corpora).map((one) => [`${one.name} ${one.sha256}`, one])).values(),
    ],
    recognizers: Object.assign({}, ...runs.map(({ recognizers }) => recognizers)) as RunInfo['recognizers'],
    cells: [...planned.values()].map(({ cell }) => cell),
    plannedUtterances: [...planned.values()].map(({ utterances }) => utterances),
    skipped: [...skipped].filter(([id]) => !planned.has(id)).map(([, skip]) => skip),
    stretches: runs.flatMap(({ stretches }) => stretches),
    parts: runs,
  };
}

function mergeConfigs(configs: readonly Config[]): Config {
  const [first] = configs;
  const dimensions = [...new Set(configs.flatMap(({ matrix }) => Object.keys(matrix)))] as (keyof Config['matrix'])[];
  const matrix = dimensions.map((dimension) => [
    dimension,
    [...new Set(configs.flatMap((config) => (config.matrix[dimension] ?? []) as readonly unknown[]))],
  ]);
  const published = new Map(
    configs.flatMap((config) => config.published ?? []).map((one) => [JSON.stringify(one), one]),
  );
  return {
    ...first!,
    backends: Object.assign({}, ...configs.map(({ backends }) => backends)) as Config['backends'],
    corpora: Object.assign({}, ...configs.map(({ corpora }) => corpora)) as Config['corpora'],
    matrix: Object.fromEntries(matrix) as Config['matrix'],
    published: [...published.values()],
  };
}
