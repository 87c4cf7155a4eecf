import { errorsOf, referenceTokensOf } from './compare.ts';
import { groupByCell } from './metrics/by-cell.ts';
import { metrics } from './metrics/index.ts';
import type { MeasurableRecord, Metric } from './metrics/metric.ts';
import { blocksOf, type Blocks } from './stats/blocks.ts';
import { repeatedQuantile } from './stats/bootstrap.ts';
import { type DrawnSetting, frontMembership, type FrontMemberships } from './stats/front-membership.ts';

const prices = [metrics.latencyP50, metrics.emissionDelayP50, metrics.costPerMinuteUsd] as const;

/** Values × replicates that a front may cost. */
const MAX_STEPS = 30_000_000;

/**
 * For each language and corpus, how likely each setting is to lie on the front of error rate against latency, emission
 * delay and cost, over the utterances that all its settings answered.
 */
export function frontMemberships(records: readonly MeasurableRecord[], seed: number): FrontMemberships {
  const groups = new Map<string, MeasurableRecord[][]>();
  for (const cellRecords of groupByCell(records).values()) {
    const { language, corpus } = cellRecords[0]!.cell;
    const id = JSON.stringify([language, corpus]);
    groups.set(id, [...(groups.get(id) ?? []), cellRecords]);
  }
  const pairings = [...groups.values()].map((group) => new Pairings(group));
  return Object.fromEntries(
    prices.map((price) => [price.name, pairings.flatMap((pairing) => ofGroup(pairing, price, seed))]),
  );
}

/** The records of settings by what all of them answered, in one order. */
interface Paired {
  readonly aligned: readonly (readonly MeasurableRecord[])[];
  readonly blocks: Blocks;
}

/** Pairs the settings of a language and corpus; most often the same ones have every price. */
class Pairings {
  readonly #settings: readonly ReadonlyMap<string, MeasurableRecord>[];
  readonly #bySettings = new Map<string, Paired | null>();

  constructor(group: readonly MeasurableRecord[][]) {
    this.#settings = group.map((records) => {
      const answers = records.filter(({ alignment }) => alignment !== null);
      return new Map(answers.map((record) => [record.utterance, record]));
    });
  }

  /** Of the settings that have the price; `null` where they are fewer than two or have no utterance in common. */
  of(price: Metric): Paired | null {
    const settings = this.#settings.filter((answered) =>
      [...answered.values()].some((record) => hasValue(record, price)),
    );
    const key = settings.map((answered) => this.#settings.indexOf(answered)).join();
    const known = this.#bySettings.get(key);
    if (known !== undefined) return known;
    const paired = pair(settings);
    this.#bySettings.set(key, paired);
    return paired;
  }
}

function pair(settings: readonly ReadonlyMap<string, MeasurableRecord>[]): Paired | null {
  const [first] = settings;
  if (first === undefined || settings.length < 2) return null;
  const common = [...first.keys()].filter((id) => settings.every((answered) => answered.has(id)));
  if (common.length === 0) return null;
  const aligned = settings.map((answered) => common.map((id) => answered.get(id)!));
  return { aligned, blocks: blocksOf(aligned[0]!) };
}

function ofGroup(pairings: Pairings, price: Metric, seed: number): FrontMemberships[string] {
  const paired = pairings.of(price);
  if (paired === null) return [];
  const { aligned, blocks } = paired;
  const samples = aligned.map((records) => records.map((record) => samplesOf(record, price)));
  const values = samples.flat().reduce((sum, ofRecord) => sum + ofRecord.length, 0);
  const replicates = Math.round(Math.min(1000, Math.max(200, MAX_STEPS / values)));
  const memberships = frontMembership(
    aligned.map((ofSetting, i) => drawnSetting(ofSetting, samples[i]!, blocks, price)),
    blocks.count,
    seed,
    replicates,
  );
  return memberships?.map((probability, i) => ({ cell: aligned[i]![0]!.cell, probability })) ?? [];
}

function hasValue(record: MeasurableRecord, price: Metric): boolean {
  return samplesOf(record, price).length > 0;
}

/** A quantile's samples, or the addends of a sum. */
function samplesOf(record: MeasurableRecord, price: Metric): readonly number[] {
  if (price.kind === 'quantile') return price.samples(record);
  return price.kind === 'sums' ? (price.terms(record) ?? []) : [];
}

/** @param samples of each record, {@link samplesOf} */
function drawnSetting(
  records: readonly MeasurableRecord[],
  samples: readonly (readonly number[])[],
  blocks: Blocks,
  price: Metric,
): DrawnSetting {
  const errors = sumBlocks(
    records.map((record) => errorsOf(record) ?? 0),
    blocks,
  );
  const tokens = sumBlocks(records.map(referenceTokensOf), blocks);
  return {
    error(drawn) {
      const length = dot(drawn, tokens);
      return length === 0 ? null : dot(drawn, errors) / length;
    },
    price: price.kind === 'quantile' ? drawnQuantile(samples, blocks, price) : drawnSums(samples, blocks, price),
  };
}

function drawnSums(terms: readonly (readonly number[])[], blocks: Blocks, price: Metric): DrawnSetting['price'] {
  if (price.kind !== 'sums') return () => null;
  const width = terms.find((vector) => vector.length > 0)?.length ?? 0;
  const columns = Array.from({ length: width }, (_, k) =>
    sumBlocks(
      terms.map((vector) => vector[k] ?? 0),
      blocks,
    ),
  );
  return (drawn) => price.value(columns.map((column) => dot(drawn, column)));
}

function drawnQuantile(samples: readonly (readonly number[])[], blocks: Blocks, price: Metric): DrawnSetting['price'] {
  if (price.kind !== 'quantile') return () => null;
  const sorted = samples
    .flatMap((ofRecord, i) => ofRecord.map((value) => ({ value, block: blocks.blockOf[i]! })))
    .sort((one, other) => one.value - other.value);
  const values = Float64Array.from(sorted, ({ value }) => value);
  const blockOf = Int32Array.from(sorted, ({ block }) => block);
  const perBlock = sumBlocks(
    samples.map((ofRecord) => ofRecord.length),
    blocks,
  );
  return (drawn) => repeatedQuantile(values, blockOf, drawn, dot(drawn, perBlock), price.quantile);
}

function sumBlocks(values: readonly number[], blocks: Blocks): Float64Array {
  const sums = new Float64Array(blocks.count);
  for (const [i, value] of values.entries()) sums[blocks.blockOf[i]!]! += value;
  return sums;
}

function dot(drawn: Int32Array, sums: Float64Array): number {
  let total = 0;
  for (let i = 0; i < sums.length; i++) total += drawn[i]! * sums[i]!;
  return total;
}
