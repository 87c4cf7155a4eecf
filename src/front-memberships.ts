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
  return Object.fromEntries(
    prices.map((price) => [price.name, [...groups.values()].flatMap((group) => ofGroup(group, price, seed))]),
  );
}

function ofGroup(group: readonly MeasurableRecord[][], price: Metric, seed: number): FrontMemberships[string] {
  const answers = group.map((records) => records.filter(({ alignment }) => alignment !== null));
  const settings = answers
    .filter((records) => records.some((record) => hasValue(record, price)))
    .map((records) => new Map(records.map((record) => [record.utterance, record])));
  if (settings.length < 2) return [];
  const common = [...settings[0]!.keys()].filter((id) => settings.every((answered) => answered.has(id)));
  const aligned = settings.map((answered) => common.map((id) => answered.get(id)!));
  if (common.length === 0) return [];
  const blocks = blocksOf(aligned[0]!);
  const values = aligned.flat().reduce((sum, record) => sum + samplesOf(record, price).length, 0);
  const replicates = Math.round(Math.min(1000, Math.max(200, MAX_STEPS / values)));
  const memberships = frontMembership(
    aligned.map((ofSetting) => drawnSetting(ofSetting, blocks, price)),
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

function drawnSetting(records: readonly MeasurableRecord[], blocks: Blocks, price: Metric): DrawnSetting {
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
    price: price.kind === 'quantile' ? drawnQuantile(records, blocks, price) : drawnSums(records, blocks, price),
  };
}

function drawnSums(records: readonly MeasurableRecord[], blocks: Blocks, price: Metric): DrawnSetting['price'] {
  if (price.kind !== 'sums') return () => null;
  const terms = records.map((record) => price.terms(record));
  const width = terms.find((vector) => vector !== null)?.length ?? 0;
  const columns = Array.from({ length: width }, (_, k) =>
    sumBlocks(
      terms.map((vector) => vector?.[k] ?? 0),
      blocks,
    ),
  );
  return (drawn) => price.value(columns.map((column) => dot(drawn, column)));
}

function drawnQuantile(records: readonly MeasurableRecord[], blocks: Blocks, price: Metric): DrawnSetting['price'] {
  if (price.kind !== 'quantile') return () => null;
  const samples = records
    .flatMap((record, i) => price.samples(record).map((value) => ({ value, block: blocks.blockOf[i]! })))
    .sort((one, other) => one.value - other.value);
  const values = Float64Array.from(samples, ({ value }) => value);
  const blockOf = Int32Array.from(samples, ({ block }) => block);
  const perBlock = sumBlocks(
    records.map((record) => price.samples(record).length),
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
