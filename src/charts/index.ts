import type { Chart } from './chart.ts';
import { characterErrorRate, wordErrorRate } from './error-rate.ts';
import { errorAgainstCost, errorAgainstEmissionDelay, errorAgainstLatency } from './error-tradeoff.ts';
import { latencyDistribution } from './latency-distribution.ts';
import { load } from './load.ts';
import { realTimeFactor } from './real-time-factor.ts';
import { robustness } from './robustness.ts';

/** Every chart, in the order in which a report shows them. */
export const charts: readonly Chart[] = [
  wordErrorRate,
  characterErrorRate,
  latencyDistribution,
  load,
  errorAgainstEmissionDelay,
  errorAgainstLatency,
  errorAgainstCost,
  realTimeFactor,
  robustness,
];
