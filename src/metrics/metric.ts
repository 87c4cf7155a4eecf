import type { ScoredRecord } from '../types.ts';
import type { StreamFacts } from './stream-facts.ts';

/** A scored record with what metrics of a stream need beside it. */
export interface MeasurableRecord extends ScoredRecord {
  /** `null` where the backend shows nothing on its way. */
  readonly stream: StreamFacts | null;
}

interface MetricFacts {
  /** The key in `summary.json`. */
  readonly name: string;
  readonly title: string;
  readonly unit: 'fraction' | 'ms' | 'ratio' | 'usd-per-minute' | 'count';
  readonly better: 'lower' | 'higher';
  /** What it says and how it is computed, with its source, in a sentence or two. */
  readonly description: string;
  /** Why the value may be missing, in a few words, for the note beside the dash. */
  readonly missing: string;
  /** Whether it rests on a clock, so that a resumed run is marked: its machine may have been another one then. */
  readonly timed: boolean;
}

/** A function of sums over records, such as errors ÷ reference words. Sums add, so rates are never averaged. */
export interface SumMetric extends MetricFacts {
  readonly kind: 'sums';
  /** Addends of one record; `null` leaves the record out. All records give vectors of one length. */
  terms(record: MeasurableRecord): readonly number[] | null;
  /** `null` where undefined, such as a division by zero. */
  value(sums: readonly number[]): number | null;
}

/** A quantile of numbers from records, type 7 interpolation. */
export interface QuantileMetric extends MetricFacts {
  readonly kind: 'quantile';
  readonly quantile: number;
  /**
   * Whether a record gives at most one sample. Then the interval is of order statistics; several samples of a record
   * depend on each other, and their interval comes from resampled blocks.
   */
  readonly samplesPerRecord: 'one' | 'many';
  /** The samples of one record; an empty list leaves the record out. */
  samples(record: MeasurableRecord): readonly number[];
}

/** A number of a whole cell that is no sum over its records. It has no interval. */
export interface CellMetric extends MetricFacts {
  readonly kind: 'cell';
  /** @param plannedUtterances how many the sweep wanted of this cell. */
  value(records: readonly MeasurableRecord[], plannedUtterances: number): number | null;
}

export type Metric = SumMetric | QuantileMetric | CellMetric;
