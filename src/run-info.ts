import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Config } from './config.ts';
import { describeEnvironment } from './environment.ts';
import { UserError } from './errors.ts';
import type { GatheredFacts } from './facts.ts';
import { cellId } from './metrics/by-cell.ts';
import { readJournal, streamJournal } from './journal.ts';
import type { Plan } from './plan.ts';
import { readOverlay } from './read-overlay.ts';
import { readRunInfo, runFiles } from './run-folder.ts';
import { spentUsd } from './spending.ts';
import type { Cell, RunInfo, SkippedCell } from './types.ts';
import { sum } from './stats/sum.ts';

/** What earlier stretches of a run left behind. */
export interface EarlierWork {
  readonly info: RunInfo | null;
  /** Keys that need not be done again. */
  readonly done: ReadonlySet<string>;
  readonly spentUsd: number;
}

/**
 * Looks for earlier work in a run's folder.
 * @throws UserError when there is some and `resume` was not asked for, or when the sweep's meaning changed since.
 */
export async function earlierWork(
  folder: string,
  { config, facts }: Pick<Job, 'config' | 'facts'>,
  { resume, retryFailed }: { readonly resume: boolean; readonly retryFailed: boolean },
): Promise<EarlierWork> {
  const files = runFiles(folder);
  const exists = existsSync(files.info);
  if (!resume) {
    if (exists)
      throw new UserError(`${folder} holds a run already; add --resume to go on with it or choose another --out`);
    return { info: null, done: new Set(), spentUsd: 0 };
  }
  if (!exists) throw new UserError(`${folder} holds no run to resume; leave --resume out or correct --out`);
  const info = await readRunInfo(folder);
  refuseChangedMeaning(info.config as Config, config);
  refuseChangedCorpora(info, config, facts);
  const records = existsSync(files.journal) ? await readJournal(files.journal) : [];
  const kept = records.filter((record) => !(retryFailed && record.status === 'failed'));
  return {
    info,
    done: new Set(kept.map((record) => record.key)),
    spentUsd: existsSync(files.journal) ? await spentBefore(files.journal, facts.backends) : 0,
  };
}

/** Every attempt counts, also one that a later attempt replaced; where the bill is not known, the list price does. */
async function spentBefore(journal: string, backends: GatheredFacts['backends']): Promise<number> {
  let usd = 0;
  for await (const record of streamJournal(journal)) {
    usd += spentUsd(record, backends.get(record.cell.backend) ?? { usdPerAudioMinute: null });
  }
  return usd;
}

/** A resumed run may gain cells; what a name stands for may not change, or its results would mix two things. */
function refuseChangedMeaning(before: Config, now: Config): void {
  for (const section of ['backends', 'corpora'] as const) {
    for (const [name, entry] of Object.entries(now[section])) {
      const earlier = before[section][name];
      if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(entry)) {
        throw new UserError(`${section}.${name} changed since this run began; give it another name or start a new run`);
      }
    }
  }
  if (before.seed !== now.seed) {
    throw new UserError(`seed changed from ${before.seed} to ${now.seed} since this run began; start a new run`);
  }
}

/** Where the same utterances are asked for, their rows must read as they did. */
function refuseChangedCorpora(info: RunInfo, config: Config, facts: GatheredFacts): void {
  const before = info.config as Config;
  const selection = ({ limit, matrix }: Config) => JSON.stringify([limit, matrix.language]);
  if (selection(before) !== selection(config)) return;
  for (const { name, sha256 } of info.corpora) {
    const now = facts.corpora.get(name)?.sha256;
    if (now !== undefined && now !== sha256) {
      throw new UserError(`corpora.${name}: its rows changed since this run began; restore them or start a new run`);
    }
  }
}

interface Job {
  readonly config: Config;
  readonly path: string;
  /** Where the configuration lies. */
  readonly folder: string;
  readonly facts: GatheredFacts;
  readonly planned: Plan;
  readonly earlier: EarlierWork;
}

/** The content of `run.json` as a stretch of work begins. */
export async function describeRun(job: Job, command: readonly string[]): Promise<RunInfo> {
  const { config, facts, planned, earlier } = job;
  const serialized = JSON.stringify(config);
  const cells = merge(
    earlier.info?.cells ?? [],
    planned.cells.map(({ cell }) => cell),
  );
  const skipped = [...(earlier.info?.skipped ?? []), ...planned.skipped].filter(
    ({ cell }, index, all) =>
      all.findIndex((other) => sameCell(other.cell, cell)) === index && !cells.some((ran) => sameCell(ran, cell)),
  );
  const startedAt = new Date().toISOString();
  return {
    schemaVersion: 1,
    name: config.name,
    question: config.question ?? null,
    createdAt: earlier.info?.createdAt ?? startedAt,
    command,
    config,
    configPath: basename(job.path),
    configSha256: createHash('sha256').update(serialized).digest('hex'),
    overlay:
      config.scoring.overlay === undefined ? null : await readOverlay(resolve(job.folder, config.scoring.overlay)),
    environment: await describeEnvironment(job.folder),
    corpora: [...facts.corpora].map(([name, survey]) => ({
      name,
      description: survey.description,
      license: survey.license,
      synthetic: survey.synthetic,
      sha256: survey.sha256,
      utterances: sum([...survey.languages.values()].map((language) => language.utterances)),
      audioSeconds: sum([...survey.languages.values()].map((language) => language.audioSeconds)),
    })),
    recognizers: earlier.info?.recognizers ?? {},
    cells,
    skipped: skipped satisfies readonly SkippedCell[],
    plannedUtterances: plannedPerCell(job, cells),
    stretches: [...(earlier.info?.stretches ?? []), { startedAt, endedAt: null }],
  };
}

/** The cells of a search for capacity, in place of the planned ones that it made them of; those that it did not come to stay. */
export function withLevels(
  { cells, plannedUtterances }: RunInfo,
  searched: readonly Cell[],
): Pick<RunInfo, 'cells' | 'plannedUtterances'> {
  const levels = merge(
    cells.filter(({ concurrency }) => concurrency !== undefined),
    searched,
  );
  const isFrom = (cell: Cell, level: Cell): boolean =>
    cell.concurrency === undefined && sameCell({ ...cell, concurrency: level.concurrency! }, level);
  const planned = (level: Cell): number =>
    plannedUtterances[cells.findIndex((cell) => sameCell(cell, level) || isFrom(cell, level))] ?? 0;
  const open = cells.filter((cell) => cell.concurrency === undefined && !levels.some((level) => isFrom(cell, level)));
  const all = [...levels, ...open];
  return { cells: all, plannedUtterances: all.map(planned) };
}

function plannedPerCell({ facts, earlier }: Job, cells: readonly Cell[]): readonly number[] {
  return cells.map((cell, index) => {
    const survey = facts.corpora.get(cell.corpus)?.languages.get(cell.language);
    // A stretch that asks for fewer does not undo what an earlier one wanted.
    return Math.max(survey?.utterances ?? 0, earlier.info?.plannedUtterances[index] ?? 0);
  });
}

function merge(before: readonly Cell[], now: readonly Cell[]): readonly Cell[] {
  return [...before, ...now.filter((cell) => !before.some((other) => sameCell(other, cell)))];
}

function sameCell(one: Cell, other: Cell): boolean {
  return cellId(one) === cellId(other);
}
