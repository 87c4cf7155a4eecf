import { invariant } from './errors.ts';
import { groupByCell } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { blocksOf, type Blocks } from './stats/blocks.ts';
import type { Comparison, MoreSpeech } from './stats/comparison.ts';
import { matchedPairs } from './stats/mapsswe.ts';
import { mcnemarP } from './stats/mcnemar.ts';
import { benjaminiHochberg, holm } from './stats/multiplicity.ts';
import { pairedDifference, type PairedDifference } from './stats/paired-difference.ts';
import { quantile, quantileInterval } from './stats/quantiles.ts';
import { randomizationP } from './stats/randomization.ts';
import { sampleFactorToTell, verdictOn } from './stats/verdict.ts';
import { wilcoxonP } from './stats/wilcoxon.ts';
import type { Cell } from './types.ts';

/** What to compare. */
export interface CompareInput {
  readonly baseline: readonly MeasurableRecord[];
  readonly candidate: readonly MeasurableRecord[];
  /** δ: a difference of error rates, as a fraction, below which it does not matter; 0.005 is half a point. */
  readonly margin: number;
  /** Of the bootstrap and the randomization test: equal input and seed give equal results. */
  readonly seed: number;
}

/** All comparisons, and the candidate's cells that have no counterpart. */
export interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly unmatched: readonly Cell[];
}

interface Pair {
  readonly baseline: MeasurableRecord;
  readonly candidate: MeasurableRecord;
}

/**
 * Compares cells pairwise, utterance by utterance. Each cell of the candidate meets the baseline's cell of the same
 * corpus and language that shares most of the other settings with it; if two share as many, or none is there, it
 * stays unmatched. Both sides have to be scored with the same normalizer.
 */
export function compare({ baseline, candidate, margin, seed }: CompareInput): Compared {
  const normalizers = new Set([...baseline, ...candidate].map((record) => record.normalizer));
  invariant(normalizers.size <= 1, 'records scored with different normalizers were compared');
  const baselines = [...groupByCell(baseline).values()];
  const unmatched: Cell[] = [];
  const comparisons: Comparison[] = [];
  for (const records of groupByCell(candidate).values()) {
    const { cell } = records[0]!;
    const counterpart = counterpartOf(cell, baselines);
    if (counterpart === null) unmatched.push(cell);
    else comparisons.push(compareCells(counterpart, records, margin, seed));
  }
  return { comparisons: adjustTogether(comparisons), unmatched };
}

function counterpartOf(cell: Cell, baselines: readonly MeasurableRecord[][]): readonly MeasurableRecord[] | null {
  const same = (other: Cell): number =>
    (['acceleration', 'backend', 'languageHint'] as const).filter((axis) => cell[axis] === other[axis]).length;
  const ranked = baselines
    .filter(([first]) => first!.cell.corpus === cell.corpus && first!.cell.language === cell.language)
    .sort(([a], [b]) => same(b!.cell) - same(a!.cell));
  const [best, next] = ranked;
  if (best === undefined || (next !== undefined && same(next[0]!.cell) === same(best[0]!.cell))) return null;
  return best;
}

function compareCells(
  baseline: readonly MeasurableRecord[],
  candidate: readonly MeasurableRecord[],
  margin: number,
  seed: number,
): Comparison {
  const pairs = pairUp(baseline, candidate);
  const metric = baseline[0]!.primaryUnit === 'character' ? 'cer' : 'wer';
  const tokens = pairs.map((pair) => referenceLength(pair.baseline));
  const baselineErrors = pairs.map((pair) => errorsOf(pair.baseline));
  const candidateErrors = pairs.map((pair) => errorsOf(pair.candidate));
  const differences = pairs.map((_, i) => candidateErrors[i]! - baselineErrors[i]!);
  const blocks = blocksOf(pairs.map((pair) => pair.baseline));
  const blockDifferences = sumByBlock(differences, blocks);
  const total = sum(tokens);
  const paired = pairedDifference(differences, tokens, blocks, seed);
  const verdict = paired === null ? 'cannot-tell' : verdictOn(paired.difference, margin);
  return {
    baseline: baseline[0]!.cell,
    candidate: candidate[0]!.cell,
    metric,
    margin,
    pairs: pairs.length,
    unpaired: baseline.length + candidate.length - 2 * pairs.length,
    referenceTokens: total,
    baselineRate: total === 0 ? null : sum(baselineErrors) / total,
    candidateRate: total === 0 ? null : sum(candidateErrors) / total,
    difference: paired?.difference ?? null,
    improvementProbability: paired?.improvementProbability ?? null,
    resampled: blocks.unit,
    blocks: blocks.count,
    p: paired === null ? null : randomizationP(blockDifferences, seed),
    pHolm: null,
    qBenjaminiHochberg: null,
    matchedPairs: matchedPairs(pairs.map((pair) => [pair.baseline.alignment!, pair.candidate.alignment!])),
    mcnemar: mcnemarP(
      pairs.filter((_, i) => baselineErrors[i] === 0 && candidateErrors[i]! > 0).length,
      pairs.filter((_, i) => candidateErrors[i] === 0 && baselineErrors[i]! > 0).length,
    ),
    wilcoxonOverBlocks: wilcoxonP(ratesOf(blockDifferences, sumByBlock(tokens, blocks))),
    verdict,
    needs: paired !== null && verdict === 'cannot-tell' ? moreSpeech(pairs, total, paired, margin) : null,
    latencyDifferenceMs: latencyDifference(pairs),
  };
}

function errorsOf({ primaryUnit, character, word }: MeasurableRecord): number {
  const { substitutions, deletions, insertions } = (primaryUnit === 'character' ? character : word)!;
  return substitutions + deletions + insertions;
}

function referenceLength(record: MeasurableRecord): number {
  return record.primaryUnit === 'character' ? record.referenceCharacterCount : record.referenceWordCount;
}

/** Pairs of answers to the same utterance with the same normalized reference. */
function pairUp(baseline: readonly MeasurableRecord[], candidate: readonly MeasurableRecord[]): Pair[] {
  const answers = new Map(baseline.filter(isAnswer).map((record) => [record.utterance, record]));
  return candidate.filter(isAnswer).flatMap((record) => {
    const partner = answers.get(record.utterance);
    return partner?.normalizedReference === record.normalizedReference
      ? [{ baseline: partner, candidate: record }]
      : [];
  });
}

function isAnswer(record: MeasurableRecord): boolean {
  return record.alignment !== null;
}

function sumByBlock(values: readonly number[], blocks: Blocks): number[] {
  const sums = new Array<number>(blocks.count).fill(0);
  for (const [i, value] of values.entries()) sums[blocks.blockOf[i]!]! += value;
  return sums;
}

function ratesOf(differences: readonly number[], tokens: readonly number[]): number[] {
  return differences.flatMap((difference, block) => (tokens[block] === 0 ? [] : [difference / tokens[block]!]));
}

/** So much speech on top of the present, at the present's words per hour and cost per minute. */
function moreSpeech(
  pairs: readonly Pair[],
  tokens: number,
  { difference, standardError }: PairedDifference,
  margin: number,
): MoreSpeech | null {
  const factor = sampleFactorToTell(difference.value, standardError, margin);
  if (factor === null) return null;
  const more = factor - 1;
  const costs = pairs.flatMap((pair) => [pair.baseline.costUsd, pair.candidate.costUsd]);
  const known = costs.filter((cost) => cost !== null);
  return {
    tokens: Math.ceil(more * tokens),
    audioHours: (more * sum(pairs.map((pair) => pair.baseline.durationSeconds))) / 3600,
    costUsd: known.length === costs.length ? more * sum(known) : null,
  };
}

function latencyDifference(pairs: readonly Pair[]): Comparison['latencyDifferenceMs'] {
  const sorted = pairs
    .flatMap(({ baseline, candidate }) =>
      baseline.latencyMs === null || candidate.latencyMs === null ? [] : [candidate.latencyMs - baseline.latencyMs],
    )
    .sort((a, b) => a - b);
  const value = quantile(sorted, 0.5);
  return value === null ? null : { value, interval: quantileInterval(sorted, 0.5), n: sorted.length };
}

/** Adjusts the p-values of comparisons made together. */
function adjustTogether(comparisons: readonly Comparison[]): Comparison[] {
  const tested = comparisons.filter((comparison) => comparison.p !== null);
  const pValues = tested.map((comparison) => comparison.p!);
  const [pHolm, q] = [holm(pValues), benjaminiHochberg(pValues)];
  return comparisons.map((comparison) => {
    const index = tested.indexOf(comparison);
    return index === -1 ? comparison : { ...comparison, pHolm: pHolm[index]!, qBenjaminiHochberg: q[index]! };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
