import type { ScoredRecord } from '../types.ts';

interface MetricFacts {
  /** The key in `summary.json`. */
  readonly name: string;
  readonly title: string;
  readonly unit: 'fraction' | 'ms' | 'ratio' | 'usd-per-minute' | 'count';
  readonly better: 'lower' | 'higher';
  /** What it says and how it is computed, with its source, in a sentence or two. */
  readonly description: string;
}

/** A function of sums over records, such as errors ÷ reference words. Sums add, so rates are never averaged. */
export interface SumMetric extends MetricFacts {
  readonly kind: 'sums';
  /** Addends of one record; `null` leaves the record out. All records give vectors of one length. */
  terms(record: ScoredRecord): readonly number[] | null;
  /** `null` where undefined, such as a division by zero. */
  value(sums: readonly number[]): number | null;
}

/** A quantile of one number per record, type 7 interpolation, with an order-statistic interval. */
export interface QuantileMetric extends MetricFacts {
  readonly kind: 'quantile';
  readonly quantile: number;
  /** The samples of one record; an empty list leaves the record out. */
  samples(record: ScoredRecord): readonly number[];
}

export type Metric = SumMetric | QuantileMetric;
