import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { backendOfKind } from '../backends/index.ts';
import { countText, usdText } from '../charts/number-text.ts';
import { resolveReferences, type Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { gatherFacts, leftOutRows, type GatheredFacts } from '../facts.ts';
import { openJournal, readJournal } from '../journal.ts';
import { openRequestLog } from '../request-log.ts';
import { plan, total, type Plan, type PlannedCell } from '../plan.ts';
import { claimRunFolder, discardRun, runFiles, writeWhole } from '../run-folder.ts';
import { describeRun, earlierWork, withLevels, type EarlierWork } from '../run-info.ts';
import type { RunnableBackend } from '../loads.ts';
import type { StreamLevel } from '../analysis/stream-levels.ts';
import { run, type RunOutcome } from '../run.ts';
import type { Cell, RunInfo } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { drawRun } from './draw-run.ts';
import { ownCommand } from './own-command.ts';
import { exitCodes } from './exit-codes.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { amountOption, countOption, loadConfig, narrow, retarget, type LoadedConfig } from './load-config.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export const runCommand: CliCommand = {
  name: 'run',
  define: (command) =>
    command
      .description('runs a sweep and draws its report')
      .argument('<config>', 'a sweep in YAML')
      .option('--out <dir>', 'folder of the run (default: reports/<name>-<UTC time>)')
      .option('--resume', 'go on with the run in --out')
      .option('--retry-failed', 'with --resume: try failed utterances again')
      .option('--only <key=value...>', 'cells with this value alone, such as language=de-DE')
      .option('--limit <n>', 'utterances per cell')
      .option('--max-usd <n>', 'stop before the call that would cost more in all')
      .option('--target <url>', 'send hosted requests to this server instead, such as earshot serve')
      .option('--record <file>', 'append the exchanges with fal to this file, without secrets, for --replay')
      .option('--replay <file>', 'take the answers of fal from such a file; needs neither key nor network')
      .addHelpText('after', example('earshot run configs/quickstart.yaml --only language=de-DE --limit 5')),

  async execute([path], options, terminal) {
    const loaded = await loadConfig(path as string);
    const config = override(loaded, options);
    const resume = Boolean(options['resume']);
    const facts = await gatherFacts(config, {
      folder: loaded.folder,
      environment: process.env,
      mayAssume: false,
    });
    const planned = plan(config, facts);
    if (planned.cells.length === 0) {
      throw new UserError(`no cell of the sweep can run here: ${planned.skipped[0]!.reason}`, loaded.path);
    }
    const maxUsd = amountOption('--max-usd', options['maxUsd']) ?? config.budget?.maxUsd ?? null;
    if (maxUsd !== null) refuseUnpriced(planned, facts, maxUsd);
    // A key that is missing is said now, not when a local model has run for hours.
    for (const { cell } of planned.cells) resolveReferences(config.backends[cell.backend]!, process.env);
    const runFolder = chooseFolder(config, options['out'] as string | undefined, resume);
    const release = claimRunFolder(runFolder);
    try {
      const earlier = await earlierWork(
        runFolder,
        { config, facts },
        { resume, retryFailed: Boolean(options['retryFailed']) },
      );
      const job = { ...loaded, config, facts, planned, runFolder, earlier };
      return await execute(job, maxUsd, terminal);
    } finally {
      release();
    }
  },
};

/** Without a price no call could be stopped in time. */
function refuseUnpriced({ cells }: Plan, { backends }: GatheredFacts, maxUsd: number): void {
  const unpriced = cells
    .map(({ cell }) => cell.backend)
    .find((name) => backends.get(name)!.location === 'hosted' && backends.get(name)!.usdPerAudioMinute === null);
  if (unpriced === undefined) return;
  throw new UserError(
    `backend ${unpriced}: no price per minute of audio is listed, so that a budget of $${maxUsd} cannot be kept; ` +
      'leave the backend out (--only) or the budget',
  );
}

interface Job extends LoadedConfig {
  readonly facts: GatheredFacts;
  readonly planned: Plan;
  readonly runFolder: string;
  readonly earlier: EarlierWork;
}

function override({ config, folder }: LoadedConfig, options: Record<string, unknown>): Config {
  const limit = countOption('--limit', options['limit']);
  const narrowed = narrow(retarget(config, options, folder), (options['only'] as string[] | undefined) ?? []);
  return limit === null ? narrowed : { ...narrowed, limit };
}

function chooseFolder(config: Config, out: string | undefined, resume: boolean): string {
  if (out !== undefined) return resolve(out);
  if (resume) throw new UserError('--resume needs --out with the folder of the run to go on with');
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  return resolve('reports', `${config.name}-${time}`);
}

async function execute(job: Job, maxUsd: number | null, terminal: Terminal): Promise<number> {
  const files = runFiles(job.runFolder);
  const info = await describeRun(job, ownCommand());
  writeWhole(files.info, JSON.stringify(info, null, 2));
  announce(job, terminal);
  const interrupt = stopOnInterrupt(terminal);
  const journal = openJournal(files.journal);
  const requests = openRequestLog(files.requests);
  let progress = job.config.capacity ? null : new Progress(terminal, ...remaining(job));
  let outcome: RunOutcome;
  try {
    outcome = await run({
      config: job.config,
      cells: job.planned.cells.map(({ cell }) => cell),
      corpora: job.facts.corpora,
      backends: runnableBackends(job),
      done: job.earlier.done,
      journal,
      requests,
      stretch: info.stretches.length - 1,
      now: () => performance.now(),
      signal: interrupt.signal,
      maxUsd,
      spentUsd: job.earlier.spentUsd,
      folder: job.runFolder,
      earlierRecognizers: job.earlier.info?.recognizers ?? {},
      onOpen: (name) => terminal.note(`opening ${name}`),
      search: {
        readRecords: () => readJournal(files.journal),
        onTry: (setting) => {
          progress = new Progress(terminal, ...amountOf(job.planned.cells.filter(({ cell }) => isOf(cell, setting))));
        },
        onLevel: (level) => {
          progress?.end();
          terminal.note(levelLine(level));
          progress = null;
        },
      },
      onRecord: (record) => progress?.advance(record.durationSeconds, record.status === 'failed'),
    });
  } finally {
    progress?.end();
    journal.close();
    requests.close();
    interrupt.release();
  }
  writeWhole(files.info, JSON.stringify(finished(info, outcome), null, 2));
  const resumeLine = `go on with: earshot run ${job.path} --out ${job.runFolder} --resume`;
  if (interrupt.signal.aborted) {
    terminal.complain(`Interrupted; what was done is kept. ${resumeLine}`);
    return exitCodes.interrupted;
  }
  const stopped = Object.entries(outcome.stoppedBackends);
  for (const [name, reason] of stopped) terminal.complain(`backend ${name} stopped: ${reason}`);
  for (const [name, missed] of Object.entries(outcome.missedSlots)) {
    terminal.complain(
      `${name} missed ${missed} sending times, because as many requests as its concurrency were unanswered`,
    );
  }
  if (stopped.length > 0 && statSync(files.journal).size === 0) {
    // Nothing was run: what was prepared for it must not stand in the way of the mended sweep.
    if (job.earlier.info === null) discardRun(job.runFolder);
    return exitCodes.userError;
  }
  if (stopped.length > 0) terminal.complain(`When that is mended, ${resumeLine}`);
  if (outcome.stoppedByBudget) terminal.complain(`Stopped before passing the budget; ${resumeLine} --max-usd …`);
  const failed = await drawRun(job.runFolder, terminal);
  if (failed > 0) terminal.complain(`${countText(failed, 'utterance')} failed; try again with --resume --retry-failed`);
  return failed > 0 || stopped.length > 0 ? exitCodes.someFailed : exitCodes.done;
}

function levelLine({ cell, streams, chunkMs, p99Ms, chunks, mistimed, fits }: StreamLevel): string {
  const latency = p99Ms === null ? 'no chunk in time' : `p99 ${p99Ms.toFixed(0)} ms over ${chunks} chunks`;
  const late = mistimed === 0 ? '' : `, ${mistimed} fed late`;
  return `${cell.backend}, chunks of ${chunkMs} ms, ${streams} streams: ${latency}${late}, ${fits ? 'fits' : 'too many'}`;
}

function announce({ planned, runFolder, earlier, facts }: Job, terminal: Terminal): void {
  const usd = total(planned.cells.map((cell) => cell.estimatedUsd));
  const cost = usd === null || usd === 0 ? '' : `, about ${usdText(usd)}`;
  const skipped = planned.skipped.length > 0 ? `, ${planned.skipped.length} skipped` : '';
  const before = earlier.done.size > 0 ? `; ${earlier.done.size} results are there already` : '';
  terminal.note(`${countText(planned.cells.length, 'cell')}${skipped}${cost}${before}; writing to ${runFolder}`);
  for (const { cell, reason } of planned.skipped) {
    terminal.note(`skipped ${cell.language} × ${cell.acceleration} × ${cell.backend}: ${reason}`);
  }
  for (const line of leftOutRows(facts)) terminal.note(line);
}

function remaining({ planned, earlier }: Job): [utterances: number, audioSeconds: number] {
  const [utterances, seconds] = amountOf(planned.cells);
  const share = utterances === 0 ? 0 : Math.max(0, utterances - earlier.done.size) / utterances;
  return [Math.round(utterances * share), seconds * share];
}

function amountOf(cells: readonly PlannedCell[]): [utterances: number, audioSeconds: number] {
  const utterances = cells.reduce((sum, cell) => sum + cell.utterances, 0);
  return [utterances, cells.reduce((sum, cell) => sum + cell.audioSeconds, 0)];
}

function isOf(cell: Cell, { backend, acceleration }: Pick<Cell, 'backend' | 'acceleration'>): boolean {
  return cell.backend === backend && cell.acceleration === acceleration;
}

function runnableBackends({ config, facts, folder }: Job): RunnableBackend[] {
  return config.matrix.backend.map((name) => {
    return {
      name,
      ...facts.backends.get(name)!,
      async open(concurrency) {
        const given = resolveReferences(config.backends[name]!, process.env);
        const settings = 'concurrency' in given ? { ...given, concurrency } : given;
        return backendOfKind(settings.kind).open(settings, folder);
      },
    };
  });
}

function finished(info: RunInfo, { recognizers, missedSlots, searchedCells }: RunOutcome): RunInfo {
  const [last, ...earlier] = [...info.stretches].reverse();
  return {
    ...info,
    ...(searchedCells === null ? {} : withLevels(info, searchedCells)),
    recognizers: { ...info.recognizers, ...recognizers },
    stretches: [...earlier.reverse(), { ...last!, endedAt: new Date().toISOString(), missedSlots }],
  };
}
