import type { Comparison } from '../../stats/comparison.ts';
import type { ChoiceInput } from '../choice/choice.ts';
import type { VerdictKind } from '../../stats/verdict.ts';
import { reportInput } from './report-input.ts';

const verdicts: readonly VerdictKind[] = [
  'worse',
  'worse-size-unclear',
  'cannot-tell',
  'not-worse',
  'equivalent',
  'better',
];

/** Every setting of the fixture sweep against the longest chunk, with verdicts of every kind. */
export function comparisons(): readonly Comparison[] {
  const cells = reportInput().summary.cells;
  const candidates = cells.filter(({ cell }) => cell.acceleration !== 'none');
  return candidates.map(({ cell, primaryMetric }, index): Comparison => {
    const baseline = cells.find(
      (other) =>
        other.cell.language === cell.language &&
        other.cell.backend === cell.backend &&
        other.cell.acceleration === 'none',
    )!;
    const verdict = verdicts[index % verdicts.length]!;
    const value = 0.06 - 0.015 * (index % verdicts.length);
    const interval = (halfWidth: number, level: number) => ({ low: value - halfWidth, high: value + halfWidth, level });
    return {
      baseline: baseline.cell,
      candidate: cell,
      metric: primaryMetric,
      margin: 0.005,
      pairs: 23,
      unpaired: 1,
      changedTranscripts: 9,
      referenceTokens: 250,
      audioHours: 0.02,
      costUsd: 0.01,
      baselineRate: 0.06,
      candidateRate: 0.06 + value,
      difference: { value, interval95: interval(0.02, 0.95), interval90: interval(0.016, 0.9) },
      standardError: 0.01,
      improvementProbability: 0.5,
      resampled: 'speaker',
      blocks: 8,
      p: 0.01,
      pHolm: index === 0 ? 0.0004 : 0.2,
      qBenjaminiHochberg: 0.1,
      matchedPairs: { segments: 40, p: 0.3 },
      mcnemar: 0.2,
      wilcoxonOverBlocks: 0.2,
      verdict,
      notWorseTest: { p: 0.5, pHolm: 1 },
      worseTest: { p: 0.5, pHolm: 1 },
      needs: verdict === 'cannot-tell' ? { tokens: 9000, audioHours: 1.5, costUsd: 0.72 } : null,
      latencyDifferenceMs: null,
      savings: { timesFaster: null, timesCheaper: null },
    };
  });
}

/** A choice without limits but for the error rate, from comparisons within each backend. */
export function choice(compared: readonly Comparison[]): ChoiceInput {
  return {
    comparisons: compared,
    take: 'fastest',
    limits: {
      maxErrorLossPoints: 3,
      maxLatencyMs: null,
      maxFirstTextMs: null,
      maxWordDelayMs: null,
      maxCostPerMinuteUsd: null,
    },
  };
}
