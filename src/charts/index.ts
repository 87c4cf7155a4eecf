import type { Comparison } from '../stats/comparison.ts';
import type { FrontMemberships } from '../stats/front-membership.ts';
import { accelerationLens } from './acceleration-lens.ts';
import { breakEven } from './break-even.ts';
import type { Chart } from './chart.ts';
import { errorDifference } from './error-difference.ts';
import { errorHeatMap } from './error-heat-map.ts';
import { characterErrorRate, wordErrorRate } from './error-rate.ts';
import { errorTradeoffs } from './error-tradeoff.ts';
import { latencyAgainstDuration } from './latency-against-duration.ts';
import { latencyDistribution } from './latency-distribution.ts';
import { load } from './load.ts';
import { realTimeFactor } from './real-time-factor.ts';
import { robustness } from './robustness.ts';
import { streamCapacity } from './stream-capacity.ts';

/** What charts may show besides the run's summary and records. */
export interface ChartContext {
  readonly comparisons: readonly Comparison[];
  readonly fronts: FrontMemberships;
}

/** Every chart, in the order in which a report shows them. */
export function chartsOf({ comparisons, fronts }: ChartContext): readonly Chart[] {
  return [
    accelerationLens(comparisons),
    errorDifference(comparisons),
    errorHeatMap,
    wordErrorRate,
    characterErrorRate,
    ...errorTradeoffs(fronts),
    latencyDistribution,
    latencyAgainstDuration,
    load,
    streamCapacity,
    realTimeFactor,
    breakEven,
    robustness,
  ];
}
