import { blocksOf, FEW_BLOCKS, type Blocks } from '../stats/blocks.ts';
import {
  intervalMethods,
  quantileBlockInterval,
  REPLICATES,
  resampleSums,
  type Resampled,
} from '../stats/bootstrap.ts';
import { minimumSamples, quantile, quantileInterval } from '../stats/quantiles.ts';
import type { Estimate, Interval, IntervalMethod } from '../types.ts';
import { metrics } from './index.ts';
import type { CellMetric, MeasurableRecord, Metric, QuantileMetric, SumMetric } from './metric.ts';

/** Draws (replicates × blocks) that a cell may cost; beyond, replicates shrink towards the least. */
const MAX_DRAWS = 5_000_000;
const LEAST_REPLICATES = 2_000;

/** What all metrics of a cell are computed from. */
interface Sample {
  readonly records: readonly MeasurableRecord[];
  readonly plannedUtterances: number;
  readonly blocks: Blocks;
  readonly seed: number;
  /** Of work, from which the records come. */
  readonly stretches: number;
  readonly intervals: IntervalMethod;
}

/** What a sum metric takes from each record. */
interface Addends {
  readonly metric: SumMetric;
  /** One per term, none if no record has any. */
  columns: readonly Float64Array[];
  /** Records that it takes in. */
  n: number;
}

/** A sum metric with the records that it takes in. */
interface SummedMetric {
  readonly metric: SumMetric;
  readonly sums: readonly number[];
  readonly n: number;
  /** Where its addends stand among the resampled quantities. */
  readonly columns: readonly number[];
}

/**
 * Every metric of one cell's records, with its interval. Sum metrics share one block bootstrap.
 *
 * @param plannedUtterances how many the sweep wanted of this cell.
 * @param seed of the bootstrap: equal input and seed give equal intervals.
 * @param intervals of sum metrics, as error rates are.
 */
export function estimateAll(
  records: readonly MeasurableRecord[],
  plannedUtterances: number,
  seed: number,
  intervals: IntervalMethod = 'percentile',
): Record<string, Estimate> {
  const stretches = new Set(records.map((record) => record.stretch)).size;
  const sample: Sample = { records, plannedUtterances, blocks: blocksOf(records), seed, stretches, intervals };
  const all: readonly Metric[] = Object.values(metrics);
  const quantities: Float64Array[] = [];
  const summed = new Map<Metric, SummedMetric>();
  for (const addends of addendsOf(all, records)) summed.set(addends.metric, sumUp(addends, quantities));
  const replicates = Math.max(LEAST_REPLICATES, Math.min(REPLICATES, Math.floor(MAX_DRAWS / sample.blocks.count)));
  const resampled = resampleSums(quantities, sample.blocks, seed, replicates);
  const estimates: Record<string, Estimate> = {};
  for (const metric of all) estimates[metric.name] = estimate(metric, sample, summed.get(metric), resampled);
  return estimates;
}

function estimate(metric: Metric, sample: Sample, summed: SummedMetric | undefined, resampled: Resampled): Estimate {
  const { records, stretches } = sample;
  const bare =
    metric.kind === 'sums'
      ? fromSums(summed!, sample, resampled)
      : metric.kind === 'quantile'
        ? fromSamples(metric, sample)
        : fromCell(metric, sample);
  const notes = [
    bare.value === null ? (bare.note ?? (records.length === 0 ? 'no records' : metric.missing)) : bare.note,
    metric.timed && stretches > 1 && bare.value !== null ? `measured in ${stretches} stretches of work` : null,
  ].filter((note) => note !== null);
  return { ...bare, note: notes.length === 0 ? null : notes.join('; ') };
}

/** Goes through the records once for all metrics: a large cell's records are far more than a processor's cache. */
function addendsOf(all: readonly Metric[], records: readonly MeasurableRecord[]): readonly Addends[] {
  const gathered = all.flatMap((metric): Addends[] => (metric.kind === 'sums' ? [{ metric, columns: [], n: 0 }] : []));
  for (let i = 0; i < records.length; i++) {
    for (const addends of gathered) {
      const terms = addends.metric.terms(records[i]!);
      if (terms === null) continue;
      if (addends.n++ === 0) addends.columns = terms.map(() => new Float64Array(records.length));
      for (let k = 0; k < terms.length; k++) addends.columns[k]![i] = terms[k]!;
    }
  }
  return gathered;
}

/** Sums a metric's addends and enters them, unless equal ones are there, among the quantities. */
function sumUp({ metric, columns, n }: Addends, quantities: Float64Array[]): SummedMetric {
  return {
    metric,
    n,
    sums: columns.map((column) => column.reduce((sum, addend) => sum + addend, 0)),
    columns: columns.map((column) => {
      const known = quantities.findIndex((other) => areEqual(other, column));
      return known === -1 ? quantities.push(column) - 1 : known;
    }),
  };
}

function areEqual(left: Float64Array, right: Float64Array): boolean {
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

function fromSums(
  { metric, sums, columns, n }: SummedMetric,
  { blocks, intervals }: Sample,
  resampled: Resampled,
): Estimate {
  const value = n === 0 ? null : metric.value(sums);
  if (value === null) return { value, interval: null, n, resampled: null, blocks: null, note: null };
  if (blocks.count < 2) return { value, interval: null, n, ...blockFacts(blocks) };
  const own = {
    ...resampled,
    blockSums: columns.map((column) => resampled.blockSums[column]!),
    sums: columns.map((column) => resampled.sums[column]!),
  };
  return {
    value,
    n,
    ...resampledInterval(
      intervalMethods[intervals](own, (drawn) => metric.value(drawn)),
      blocks,
    ),
  };
}

function fromSamples(metric: QuantileMetric, { records, blocks, seed }: Sample): Estimate {
  const samples = records.map((record) => metric.samples(record));
  const n = samples.reduce((count, values) => count + (values.length > 0 ? 1 : 0), 0);
  const needed = minimumSamples(metric.quantile);
  const missing = { value: null, interval: null, n, resampled: null, blocks: null };
  if (n === 0) return { ...missing, note: null };
  if (n < needed) return { ...missing, note: `n too small: ${n} of at least ${needed}` };
  const sorted = sortedValues(samples);
  const value = quantile(sorted, metric.quantile);
  if (metric.samplesPerRecord === 'one') {
    const interval = quantileInterval(sorted, metric.quantile);
    return { value, interval, n, resampled: null, blocks: null, note: null };
  }
  if (blocks.count < 2) return { value, interval: null, n, ...blockFacts(blocks) };
  return { value, n, ...resampledInterval(quantileBlockInterval(samples, metric.quantile, blocks, seed), blocks) };
}

function sortedValues(samples: readonly (readonly number[])[]): Float64Array {
  const all = new Float64Array(samples.reduce((count, values) => count + values.length, 0));
  let at = 0;
  for (const values of samples) for (const value of values) all[at++] = value;
  return all.sort();
}

function fromCell(metric: CellMetric, { records, plannedUtterances }: Sample): Estimate {
  const value = metric.value(records, plannedUtterances);
  return { value, interval: null, n: records.length, resampled: null, blocks: null, note: null };
}

/**
 * An interval with what it rests on. One without width is withheld: where no block differs from another, such as no
 * failure at all, resampling has nothing to say about the next block.
 */
function resampledInterval(
  interval: Interval | null,
  blocks: Blocks,
): Pick<Estimate, 'interval' | 'resampled' | 'blocks' | 'note'> {
  if (interval === null || interval.low < interval.high) return { interval, ...blockFacts(blocks) };
  return {
    interval: null,
    resampled: blocks.unit,
    blocks: blocks.count,
    note: `no interval: ${blockNames(blocks)} do not differ`,
  };
}

/** Which unit was resampled, and a warning where its blocks are few. */
function blockFacts(blocks: Blocks): Pick<Estimate, 'resampled' | 'blocks' | 'note'> {
  const { unit, count } = blocks;
  const few = count < FEW_BLOCKS ? `only ${blockNames(blocks)}: the interval is rough` : null;
  return { resampled: unit, blocks: count, note: count < 2 ? `no interval from one ${unit}` : few };
}

function blockNames({ unit, count }: Blocks): string {
  return `${count} ${unit}s`;
}
