import { describe, expect, it } from 'vitest';
import { cell, scored } from './__fixtures__/records.ts';
import { comparable, compare } from './compare.ts';
import { defaultGateRules, parseGateRules, type GateRules } from './gate-rules.ts';
import { gate, marginOf, type GateComparisons } from './gate.ts';
import { cellId } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { reportInput } from './report/__fixtures__/report-input.ts';
import { below, seededRandom } from './stats/random.ts';

const { summary } = reportInput();
const rules = (text: string): GateRules => parseGateRules(text, 'gate.yaml').data;
const thresholdChecks = (text: string) => gate({ rules: rules(text), summary, compared: null, remarks: [] }).checks;

/** 20 speakers × 10 utterances of 10 words, each wrong with a chance in percent. */
function system(percent: number, seed: number, utterances = 200): MeasurableRecord[] {
  const random = seededRandom(seed);
  const words = 'a b c d e f g h i j'.split(' ');
  return scored(
    ...Array.from({ length: utterances }, (_, i) => ({
      utterance: `u${i}`,
      speaker: `s${i % 20}`,
      reference: words.join(' '),
      text: words.map((word) => (below(random, 100) < percent ? 'x' : word)).join(' '),
      latencyMs: 100 + percent,
    })),
  );
}

function regression(
  baseline: readonly MeasurableRecord[],
  candidate: readonly MeasurableRecord[],
  given = defaultGateRules(),
) {
  const { comparisons } = compare({
    baseline: baseline.map(comparable),
    candidate: candidate.map(comparable),
    margin: (one, savings) => marginOf(given, one, savings, true),
    seed: 1,
  });
  const compared: GateComparisons = {
    comparisons,
    baselineAnswers: new Map([[cellId(cell), baseline.length]]),
    absent: [],
  };
  return gate({ rules: given, summary: { ...summary, cells: [] }, compared, remarks: [] });
}

describe('thresholds', () => {
  it('hold or fail by the value, in the unit of each language', () => {
    const checks = thresholdChecks('thresholds: [{ metric: errorRate, max: 0.2, backend: onnx-local }]');
    expect(checks).toHaveLength(24);
    expect(checks.find(({ subject }) => subject.startsWith('ja-JP'))!.rule).toBe('Character error rate at most 20.0%');
    for (const check of checks) {
      const rate = Number(/^[\d.]+/.exec(check.finding)![0]);
      if (rate !== 20) expect(check.outcome).toBe(rate < 20 ? 'pass' : 'fail');
    }
  });

  it('by the interval leave open what straddles them', () => {
    const outcomes = (max: number) =>
      new Set(
        thresholdChecks(`thresholds: [{ metric: wer, max: ${max}, by: interval, language: en-US }]`).map(
          ({ outcome }) => outcome,
        ),
      );
    expect(outcomes(1)).toEqual(new Set(['pass']));
    expect(outcomes(0.1)).toContain('undecided');
  });

  it('from below, and on what is not known', () => {
    const checks = thresholdChecks(
      'thresholds: [{ metric: latencyP50, min: 1 }, { metric: upwr, max: 1 }, { metric: firstPartialP50, max: 1e9, backend: fal-hosted }]',
    );
    expect(checks[0]).toMatchObject({ outcome: 'pass', rule: expect.stringMatching(/at least 1\.0 ms/) as string });
    expect(checks.filter(({ rule }) => !rule.startsWith('Latency')).map(({ outcome }) => outcome)).toContain(
      'undecided',
    );
    expect(checks.at(-1)).toMatchObject({
      outcome: 'undecided',
      finding: '– (the backend shows no partial transcripts)',
    });
  });
});

describe('regressions', () => {
  it('of the same answers pass, of many more errors fail, of too few words stay open', () => {
    const baseline = system(5, 1);
    expect(regression(baseline, system(5, 1), rules('regression: { marginPoints: 1 }')).outcome).toBe('pass');
    expect(regression(baseline, system(15, 2)).outcome).toBe('fail');
    const few = system(5, 1, 20);
    const open = regression(few, few);
    expect(open).toMatchObject({ outcome: 'undecided' });
    expect(open.checks[0]!.finding).toMatch(/20 of 20 transcripts alike; too little speech to tell/);
  });

  it('of a part of what the baseline answered stay open', () => {
    const result = regression(system(5, 1), system(5, 1, 50));
    expect(result.checks[0]).toMatchObject({
      outcome: 'undecided',
      finding: 'only 50 of the 200 utterances that the baseline answered were answered here',
    });
  });

  it('have margins by language', () => {
    const wide = rules('regression: { margins: { en: 20 } }');
    expect(regression(system(5, 1), system(15, 2), wide)).toMatchObject({ outcome: 'pass' });
  });

  it('are worth a gain in speed only where the whole interval shows it', () => {
    const given = rules('tradeoffs: [{ allowPoints: 20, timesFaster: 2 }]');
    const slow = system(5, 1).map((record) => ({ ...record, latencyMs: 300 }));
    const fast = system(15, 2).map((record) => ({ ...record, latencyMs: 100 }));
    const passed = regression(slow, fast, given);
    expect(passed.outcome).toBe('pass');
    expect(passed.checks[0]!.rule).toBe('not worse by 20.0 points (a trade-off: 3.0 times as fast; else 0.5)');
    const mixed = fast.map((record, i) => ({ ...record, latencyMs: i % 2 === 0 ? 100 : 290 }));
    expect(regression(slow, mixed, given).outcome).toBe('fail');
    const savings = { timesFaster: { value: 3, interval: { low: 3, high: 3, level: 0.95 }, n: 9 }, timesCheaper: null };
    expect(marginOf(given, cell, savings, true)).toBe(0.2);
    expect(marginOf(given, cell, savings, false)).toBe(0.005);
  });

  it('are open for cells that were not measured', () => {
    const compared: GateComparisons = { comparisons: [], baselineAnswers: new Map(), absent: [cell] };
    const result = gate({ rules: defaultGateRules(), summary: { ...summary, cells: [] }, compared, remarks: [] });
    expect(result).toMatchObject({
      outcome: 'undecided',
      checks: [{ finding: 'the baseline has this cell and the run does not' }],
    });
  });

  it('are open for cells that the baseline does not have', () => {
    const compared: GateComparisons = { comparisons: [], baselineAnswers: new Map(), absent: [] };
    const result = gate({
      rules: rules('cells: { language: de-DE, backend: onnx-local }\nthresholds: [{ metric: wer, max: 1 }]'),
      summary,
      compared,
      remarks: [],
    });
    expect(result.outcome).toBe('undecided');
    const [held, fresh] = [true, false].map((isHeld) =>
      result.checks.filter(({ kind }) => (kind === 'threshold') === isHeld),
    );
    expect(fresh!.map(({ subject }) => subject)).toEqual(held!.map(({ subject }) => subject));
    expect(fresh![0]!.finding).toMatch(/^the run has this cell and the baseline does not/);
  });

  it('nothing to judge is no pass', () => {
    expect(gate({ rules: defaultGateRules(), summary, compared: null, remarks: [] }).outcome).toBe('undecided');
  });
});
