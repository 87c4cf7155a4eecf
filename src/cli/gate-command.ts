import { readFile, stat } from 'node:fs/promises';
import { readBaseline, withDigests, writeBaseline } from '../baseline.ts';
import { comparable, compare, type ComparableRecord } from '../compare.ts';
import { refuseIncomparable } from '../comparability.ts';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { gate, marginOf, type GateComparisons } from '../gate.ts';
import { concerns, defaultGateRules, parseGateRules, type GateRules } from '../gate-rules.ts';
import { cellId } from '../metrics/by-cell.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';
import { gateAnnotations } from '../report/gate-annotations.ts';
import { renderGateJunit } from '../report/gate-junit.ts';
import { renderGateMarkdown } from '../report/gate-markdown.ts';
import { gateRows, gateSentence, outcomeWords } from '../report/gate-text.ts';
import { haveOneMachine, runDifferences, type RunFacts } from '../run-differences.ts';
import { writeWhole } from '../run-folder.ts';
import type { GateResult } from '../stats/gate-result.ts';
import { summarize } from '../summarize.ts';
import type { RunInfo } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { selectRun } from './select-run.ts';
import { formatTable, type Terminal } from './terminal.ts';

export const gateCommand: CliCommand = {
  name: 'gate',
  define: (command) =>
    command
      .description('holds a run against thresholds and a baseline; exits with 0, 1 or, undecided, 4')
      .argument('<run>', 'folder of a run, or folder:key=value for some of its cells')
      .option('--baseline <file|run>', 'a baseline file, or the folder of a run')
      .option('--rules <file>', 'thresholds, margins and trade-offs in YAML; else no cell may be worse by 0.5 points')
      .option('--write-baseline <file>', 'write the run as a baseline file and judge nothing')
      .option('--junit <file>', 'write JUnit XML')
      .option('--markdown <file>', 'write Markdown for a pull request')
      .option('--github', 'print annotations for GitHub Actions')
      .option('--json', 'print the result as JSON')
      .addHelpText(
        'after',
        example('earshot gate reports/new --baseline baselines/main.json --rules gate.yaml --markdown gate.md'),
      ),

  async execute([argument], options, terminal) {
    const { run, records } = await selectRun(argument as string);
    const target = options['writeBaseline'] as string | undefined;
    if (target !== undefined) {
      writeWhole(target, writeBaseline(run, records.map(comparable)));
      terminal.note(`wrote ${target}`);
      return exitCodes.done;
    }
    const rules = await loadRules(options['rules'] as string | undefined, run);
    const source = options['baseline'] as string | undefined;
    if (source === undefined && rules.thresholds.length === 0) {
      throw new UserError('nothing to judge by; give --baseline, or --rules with thresholds');
    }
    const result = await judge({ run, records, rules, source: source ?? null, argument: argument as string });
    publish(result, `${run.name} gate`, rules, options, terminal);
    return exitCodeOf(result, rules);
  },
};

/** @throws UserError for a file that is not valid, and for a rule that is about no cell of the run. */
async function loadRules(path: string | undefined, run: RunInfo): Promise<GateRules> {
  if (path === undefined) return defaultGateRules();
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)}); give rules in YAML`,
    );
  });
  const { data, at } = parseGateRules(text, path);
  const cells = run.cells.filter((cell) => concerns(data.cells, cell));
  if (cells.length === 0) throw new UserError('cells: the run has none of these', at('cells'));
  for (const list of ['thresholds', 'tradeoffs'] as const) {
    for (const [index, rule] of data[list].entries()) {
      if (cells.some((cell) => concerns(rule, cell))) continue;
      throw new UserError(
        `${list}.${index}: about no cell of the run; correct its language or other names`,
        at(list, index),
      );
    }
  }
  return data;
}

interface Case {
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  readonly rules: GateRules;
  readonly source: string | null;
  readonly argument: string;
}

async function judge({ run, records, rules, source, argument }: Case): Promise<GateResult> {
  const { seed } = run.config as Config;
  const summary = summarize({ run, records, seed });
  if (source === null) return gate({ rules, summary, compared: null, remarks: ['No baseline was given.'] });
  const baseline = await loadBaseline(source);
  const measured = records.map(comparable).map((record) => (baseline.isFile ? withDigests(record) : record));
  refuseIncomparable(baseline.records, measured, { baseline: source, candidate: argument });
  const isSpeedComparable = haveOneMachine(baseline.facts, run);
  const compared = compareAlike(baseline.records, measured, rules, seed, isSpeedComparable);
  const asksForSpeed = rules.tradeoffs.some(({ timesFaster }) => timesFaster !== undefined);
  return gate({
    rules,
    summary,
    compared,
    remarks: [
      ...runDifferences(baseline.facts, run).map(({ text }) => `Changed since the baseline: ${text}.`),
      ...(isSpeedComparable || !asksForSpeed ? [] : ['No trade-off for speed holds, because the machines differ.']),
    ],
  });
}

/** Cells meet their equals; only where there is none at all, the nearest, as when two settings are compared. */
function compareAlike(
  baseline: readonly ComparableRecord[],
  candidate: readonly ComparableRecord[],
  rules: GateRules,
  seed: number,
  isSpeedComparable: boolean,
): GateComparisons {
  const judged = candidate.filter(({ cell }) => concerns(rules.cells, cell));
  const known = new Set(baseline.map(({ cell }) => cellId(cell)));
  const equals = judged.filter(({ cell }) => known.has(cellId(cell)));
  const { comparisons } = compare({
    baseline,
    candidate: equals.length > 0 ? equals : judged,
    margin: (cell, savings) => marginOf(rules, cell, savings, isSpeedComparable),
    seed,
  });
  const baselineAnswers = new Map<string, number>();
  for (const { cell, errors } of baseline) {
    if (errors !== null) baselineAnswers.set(cellId(cell), (baselineAnswers.get(cellId(cell)) ?? 0) + 1);
  }
  const met = new Set(comparisons.map((comparison) => cellId(comparison.baseline)));
  const cells = [...new Map(baseline.map(({ cell }) => [cellId(cell), cell])).values()];
  const absent = equals.length > 0 ? cells.filter((cell) => !met.has(cellId(cell))) : [];
  return { comparisons, baselineAnswers, absent };
}

interface LoadedBaseline {
  readonly records: readonly ComparableRecord[];
  readonly facts: RunFacts;
  readonly isFile: boolean;
}

async function loadBaseline(source: string): Promise<LoadedBaseline> {
  const isFile = (await stat(source).catch(() => null))?.isFile() ?? false;
  if (isFile) return { ...readBaseline(await readFile(source, 'utf8'), source), isFile };
  const { run, records } = await selectRun(source);
  return { records: records.map(comparable), facts: run, isFile };
}

function publish(
  result: GateResult,
  name: string,
  rules: GateRules,
  options: Record<string, unknown>,
  terminal: Terminal,
): void {
  if (options['json']) terminal.print(JSON.stringify(result, null, 2));
  else {
    const rows = gateRows(result.checks).map(({ outcome, subject, rule, finding }) => [
      outcomeWords[outcome],
      subject,
      rule,
      finding,
    ]);
    if (rows.length > 0)
      terminal.print(`${formatTable(['', 'cell', 'rule', 'found'], rows, ['left', 'left', 'left', 'left'])}\n`);
    terminal.print(gateSentence(result));
    for (const remark of result.remarks) terminal.note(remark);
  }
  if (options['github']) terminal.print(gateAnnotations(result, name));
  const files = {
    junit: () => renderGateJunit(result, name, rules.undecided === 'fail'),
    markdown: () => renderGateMarkdown(result, name),
  };
  for (const [option, render] of Object.entries(files)) {
    const path = options[option] as string | undefined;
    if (path === undefined) continue;
    writeWhole(path, render());
    terminal.note(`wrote ${path}`);
  }
}

function exitCodeOf({ outcome }: GateResult, { undecided }: GateRules): number {
  if (outcome === 'pass') return exitCodes.done;
  if (outcome === 'fail' || undecided === 'fail') return exitCodes.gateFailed;
  return undecided === 'pass' ? exitCodes.done : exitCodes.undecided;
}
