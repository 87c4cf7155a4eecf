import { readFile, stat } from 'node:fs/promises';
import { readBaseline, withDigests, writeBaseline } from '../baseline.ts';
import { comparable, compare, type ComparableRecord, type CompareInput } from '../compare.ts';
import { CellNamer } from '../charts/cell-names.ts';
import { refuseIncomparable } from '../comparability.ts';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { gate, marginOf, type GateComparisons } from '../gate.ts';
import { concerns, defaultGateRules, parseGateRules, type GateRules } from '../gate-rules.ts';
import { cellId } from '../metrics/by-cell.ts';
import { gateAnnotations } from '../report/gate/annotations.ts';
import { renderGateJunit } from '../report/gate/junit.ts';
import { renderGateMarkdown } from '../report/gate/markdown.ts';
import { gateRows, gateSentence, outcomeWords } from '../report/gate/text.ts';
import { haveOneMachine, runDifferences } from '../run-differences.ts';
import { writeWhole } from '../run-folder.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { GateResult } from '../stats/gate-result.ts';
import { summarize } from '../summarize.ts';
import type { RunInfo } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { type BaselineSide, gatePage } from './gate-page.ts';
import { inertText } from './inert-text.ts';
import { selectRun, type SelectedRun } from './select-run.ts';
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
      .option('--html <file>', 'write a page with the utterances that changed')
      .option('--junit <file>', 'write JUnit XML')
      .option('--markdown <file>', 'write Markdown for a pull request')
      .option('--github', 'print annotations for GitHub Actions')
      .option('--json', 'print the result as JSON')
      .addHelpText(
        'after',
        example('earshot gate reports/new --baseline baselines/main.json --rules gate.yaml --markdown gate.md'),
      ),

  async execute([argument], options, terminal) {
    const candidate = await selectRun(argument as string);
    const { run, records } = candidate;
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
    const page = options['html'] as string | undefined;
    if (page !== undefined && source === undefined) {
      throw new UserError('--html draws a comparison; give --baseline too');
    }
    const judged = await judge(candidate, rules, source ?? null, argument as string);
    publish(judged.result, `${run.name} gate`, rules, options, terminal);
    if (page !== undefined) {
      writeWhole(page, await gatePage({ ...judged.against!, candidate, gate: judged.result }));
      terminal.note(`wrote ${page}`);
    }
    return exitCodeOf(judged.result, rules);
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

interface Judged {
  readonly result: GateResult;
  /** `null` without a baseline. */
  readonly against: {
    readonly baseline: BaselineSide;
    readonly comparisons: readonly Comparison[];
    readonly margin: CompareInput['margin'];
  } | null;
}

async function judge(
  { run, records }: SelectedRun,
  rules: GateRules,
  source: string | null,
  argument: string,
): Promise<Judged> {
  const { seed } = run.config as Config;
  const summary = summarize({ run, records, seed });
  if (source === null) {
    return { result: gate({ rules, summary, compared: null, remarks: ['No baseline was given.'] }), against: null };
  }
  const { records: before, ...baseline } = await loadBaseline(source);
  const measured = records.map(comparable).map((record) => (baseline.selected === null ? withDigests(record) : record));
  refuseIncomparable(before, measured, { baseline: source, candidate: argument });
  const isSpeedComparable = haveOneMachine(baseline.facts, run);
  const margin: CompareInput['margin'] = (cell, savings) => marginOf(rules, cell, savings, isSpeedComparable);
  const compared = compareAlike(before, measured, rules, { margin, seed });
  if (compared.comparisons.length === 0) {
    throw new UserError(
      `no cell of ${argument} has one counterpart in ${source}, which has ${cellTexts(before)}; narrow both by ` +
        'folder:key=value, or write the baseline again',
    );
  }
  const asksForSpeed = rules.tradeoffs.some(({ timesFaster }) => timesFaster !== undefined);
  const remarks = [
    ...runDifferences(baseline.facts, run).map(({ text }) => `Changed since the baseline: ${text}.`),
    ...(isSpeedComparable || !asksForSpeed ? [] : ['No trade-off for speed holds, because the machines differ.']),
  ];
  return {
    result: gate({ rules, summary, compared, remarks }),
    against: { baseline, comparisons: compared.comparisons, margin },
  };
}

/** Cells meet their equals; only where there is none at all, the nearest, as when two settings are compared. */
function compareAlike(
  baseline: readonly ComparableRecord[],
  candidate: readonly ComparableRecord[],
  rules: GateRules,
  how: Pick<CompareInput, 'margin' | 'seed'>,
): GateComparisons {
  const judged = candidate.filter(({ cell }) => concerns(rules.cells, cell));
  const known = new Set(baseline.map(({ cell }) => cellId(cell)));
  const equals = judged.filter(({ cell }) => known.has(cellId(cell)));
  const { comparisons } = compare({
    baseline,
    candidate: equals.length > 0 ? equals : judged,
    ...how,
  });
  const baselineAnswers = new Map<string, number>();
  for (const { cell, errors } of baseline) {
    if (errors !== null) baselineAnswers.set(cellId(cell), (baselineAnswers.get(cellId(cell)) ?? 0) + 1);
  }
  const met = new Set(comparisons.map((comparison) => cellId(comparison.baseline)));
  const cells = [...new Map(baseline.map(({ cell }) => [cellId(cell), cell])).values()];
  return { comparisons, baselineAnswers, absent: cells.filter((cell) => !met.has(cellId(cell))) };
}

function cellTexts(records: readonly ComparableRecord[]): string {
  const cells = [...new Map(records.map(({ cell }) => [cellId(cell), cell])).values()];
  const namer = new CellNamer(cells);
  const shown = cells.slice(0, 4).map((cell) => `${namer.cell(cell)} by ${cell.backend}`);
  return [...shown, ...(cells.length > shown.length ? [`${cells.length - shown.length} more`] : [])].join(', ');
}

async function loadBaseline(source: string): Promise<BaselineSide & { readonly records: readonly ComparableRecord[] }> {
  const isFile = (await stat(source).catch(() => null))?.isFile() ?? false;
  if (isFile) {
    const { name, facts, records } = readBaseline(await readFile(source, 'utf8'), source);
    return { name, facts, records, answers: records.map((one) => ({ ...one, record: null })), selected: null };
  }
  const selected = await selectRun(source);
  const records = selected.records.map(comparable);
  const answers = records.map((one, index) => ({ ...one, record: selected.records[index]! }));
  return { name: selected.run.name, facts: selected.run, records, answers, selected };
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
    for (const remark of result.remarks) terminal.note(inertText(remark));
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

function exitCodeOf({ outcome, checks }: GateResult, { undecided }: GateRules): number {
  if (outcome === 'pass') return exitCodes.done;
  if (outcome === 'fail' || undecided === 'fail') return exitCodes.gateFailed;
  // Rules may take “cannot tell yet” for a pass, but not “nothing was held against anything”.
  const isAnythingHeld = checks.some(
    ({ outcome: one, comparison }) => one === 'pass' || (comparison !== null && comparison.pairs > 0),
  );
  return undecided === 'pass' && isAnythingHeld ? exitCodes.done : exitCodes.undecided;
}
