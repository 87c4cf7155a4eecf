import { CellNamer, compareCells } from './charts/cell-names.ts';
import { estimateText, pointsText, quantityText } from './charts/number-text.ts';
import { concerns, type GateRules, type Threshold } from './gate-rules.ts';
import { cellId } from './metrics/by-cell.ts';
import { metrics } from './metrics/index.ts';
import { answerOf } from './stats/answer.ts';
import type { Comparison, Savings } from './stats/comparison.ts';
import type { GateCheck, GateOutcome, GateResult } from './stats/gate-result.ts';
import type { Cell, CellSummary, Summary } from './types.ts';

/** What a gate decides on. */
export interface GateInput {
  readonly rules: GateRules;
  readonly summary: Pick<Summary, 'cells'>;
  /** Made with {@link marginOf}; `null` without a baseline. */
  readonly compared: GateComparisons | null;
  readonly remarks: readonly string[];
}

export interface GateComparisons {
  readonly comparisons: readonly Comparison[];
  /** How many utterances the baseline answered, by the id of its cell. */
  readonly baselineAnswers: ReadonlyMap<string, number>;
  /** Cells of the baseline that no cell of the run met. */
  readonly absent: readonly Cell[];
}

/** Holds every rule against every cell that it is about. */
export function gate({ rules, summary, compared, remarks }: GateInput): GateResult {
  const cells = summary.cells
    .filter(({ cell }) => concerns(rules.cells, cell))
    .toSorted((left, right) => compareCells(left.cell, right.cell));
  const comparisons = (compared?.comparisons ?? []).toSorted((left, right) =>
    compareCells(left.candidate, right.candidate),
  );
  const absent = (compared?.absent ?? []).filter((cell) => concerns(rules.cells, cell));
  const held = new Set([...comparisons.map(({ candidate }) => candidate), ...absent].map(cellId));
  const fresh = compared === null ? [] : cells.map(({ cell }) => cell).filter((cell) => !held.has(cellId(cell)));
  const namer = new CellNamer([...cells.map(({ cell }) => cell), ...absent]);
  const checks = [
    ...rules.thresholds.flatMap((threshold) =>
      cells.filter(({ cell }) => concerns(threshold, cell)).map((cell) => holdThreshold(threshold, cell, namer)),
    ),
    ...comparisons.map((comparison) =>
      holdRegression(comparison, compared!.baselineAnswers.get(cellId(comparison.baseline)) ?? 0, rules, namer),
    ),
    ...absent.map((cell) => notCompared(namer.cell(cell), 'the baseline has this cell and the run does not')),
    ...fresh.map((cell) =>
      notCompared(namer.cell(cell), 'the run has this cell and the baseline does not; write the baseline again'),
    ),
  ];
  return { outcome: overall(checks), checks, remarks };
}

/** The margin of a cell as a fraction, which a trade-off may widen for what the candidate saves. */
export function marginOf(rules: GateRules, cell: Cell, savings: Savings, isSpeedComparable: boolean): number {
  const { marginPoints, margins } = rules.regression;
  const granted = rules.tradeoffs.filter(
    (tradeoff) =>
      concerns(tradeoff, cell) &&
      (tradeoff.timesFaster === undefined ||
        (isSpeedComparable && (savings.timesFaster?.interval?.low ?? 0) >= tradeoff.timesFaster)) &&
      (tradeoff.timesCheaper === undefined || (savings.timesCheaper ?? 0) >= tradeoff.timesCheaper),
  );
  return Math.max(margins[cell.language] ?? marginPoints, ...granted.map(({ allowPoints }) => allowPoints)) / 100;
}

function holdThreshold(threshold: Threshold, summary: CellSummary, namer: CellNamer): GateCheck {
  const metric =
    metrics[(threshold.metric === 'errorRate' ? summary.primaryMetric : threshold.metric) as keyof typeof metrics];
  const estimate = summary.metrics[metric.name];
  const limit = threshold.max ?? threshold.min!;
  const sides =
    threshold.by === 'interval' && estimate?.interval
      ? [estimate.interval.low, estimate.interval.high]
      : threshold.by === 'value'
        ? [estimate?.value ?? null]
        : [];
  const isWithin = (value: number): boolean => (threshold.max === undefined ? value >= limit : value <= limit);
  const known = sides.filter((side) => side !== null);
  const within = known.filter(isWithin).length;
  return {
    kind: 'threshold',
    subject: namer.cell(summary.cell),
    rule: `${metric.title} ${threshold.max === undefined ? 'at least' : 'at most'} ${quantityText(limit, metric.unit)}`,
    outcome: known.length === 0 ? 'undecided' : within === known.length ? 'pass' : within === 0 ? 'fail' : 'undecided',
    finding: estimateText(estimate, metric.unit) + (estimate?.note && known.length === 0 ? ` (${estimate.note})` : ''),
    comparison: null,
  };
}

function holdRegression(comparison: Comparison, answers: number, rules: GateRules, namer: CellNamer): GateCheck {
  const { candidate, margin, pairs, difference, notWorseTest, worseTest, savings } = comparison;
  const { marginPoints, margins, minPaired } = rules.regression;
  const usual = (margins[candidate.language] ?? marginPoints) / 100;
  const check = (outcome: GateOutcome, finding: string): GateCheck => ({
    kind: 'regression',
    subject: namer.cell(candidate),
    rule:
      `not worse by ${points(margin)} points` +
      (margin > usual ? ` (a trade-off: ${savingsText(savings)}; else ${points(usual)})` : ''),
    outcome,
    finding,
    comparison,
  });
  if (pairs < minPaired * answers || pairs === 0) {
    return check(
      'undecided',
      `only ${pairs} of the ${answers} utterances that the baseline answered were answered here`,
    );
  }
  if (difference === null) {
    return check('undecided', `no interval from ${comparison.blocks} ${comparison.resampled}: more of them are needed`);
  }
  const size =
    `${pointsText(difference.value)} [${points(difference.interval90.low)}, ${points(difference.interval90.high)}]` +
    `, ${pairs - comparison.changedTranscripts} of ${pairs} transcripts alike`;
  const notWorse = notWorseTest!.pHolm;
  const worse = worseTest!.pHolm;
  const answer = answerOf(comparison);
  if (answer === 'not-worse' || answer === 'better') return check('pass', `${size}; not worse, p ${pText(notWorse)}`);
  if (answer === 'worse') return check('fail', `${size}; worse by more, p ${pText(worse)}`);
  return check(
    'undecided',
    `${size}; too little speech to tell: not worse p ${pText(notWorse)}, worse by more p ${pText(worse)}`,
  );
}

function notCompared(subject: string, finding: string): GateCheck {
  return {
    kind: 'regression',
    subject,
    rule: 'compared with the baseline',
    outcome: 'undecided',
    finding,
    comparison: null,
  };
}

function overall(checks: readonly GateCheck[]): GateOutcome {
  const has = (outcome: GateOutcome): boolean => checks.some((check) => check.outcome === outcome);
  return has('fail') ? 'fail' : has('undecided') || checks.length === 0 ? 'undecided' : 'pass';
}

function savingsText({ timesFaster, timesCheaper }: Savings): string {
  return [
    timesFaster && `${timesFaster.value.toFixed(1)} times as fast`,
    timesCheaper && `${timesCheaper.toFixed(1)} times as cheap`,
  ]
    .filter(Boolean)
    .join(', ');
}

function points(fraction: number): string {
  return (fraction * 100).toFixed(1).replace('-', '−');
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}
