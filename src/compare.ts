import { invariant } from './errors.ts';
import { groupByCell } from './metrics/by-cell.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { blocksOf, type Blocks } from './stats/blocks.ts';
import type { Comparison, MoreSpeech, Savings } from './stats/comparison.ts';
import { matchedPairs, type MatchedPairs } from './stats/mapsswe.ts';
import { marginTests } from './stats/margin-tests.ts';
import { mcnemarP } from './stats/mcnemar.ts';
import { benjaminiHochberg, holm } from './stats/multiplicity.ts';
import { pairedDifference, type PairedDifference } from './stats/paired-difference.ts';
import { quantile, quantileInterval } from './stats/quantiles.ts';
import { randomizationP } from './stats/randomization.ts';
import { sampleFactorToTell, verdictOn } from './stats/verdict.ts';
import { wilcoxonP } from './stats/wilcoxon.ts';
import { scoringStamp } from './text/scoring-stamp.ts';
import { countUnspacedWords } from './text/tokens.ts';
import type { AlignmentStep, Cell, ScoringUnit } from './types.ts';
import { sum } from './stats/sum.ts';

/** What a comparison needs of an answer, or of a failure to answer: from a scored record or from a baseline file. */
export interface ComparableRecord {
  readonly key: string;
  readonly cell: Cell;
  readonly utterance: string;
  readonly speaker: string | null;
  readonly session: string | null;
  readonly sentence: string | null;
  readonly durationSeconds: number;
  readonly latencyMs: number | null;
  readonly costUsd: number | null;
  /** See {@link scoringStamp}. */
  readonly normalizer: string;
  readonly primaryUnit: ScoringUnit;
  /** The normalized reference, or a digest of it: equal on both sides of a pair. */
  readonly reference: string;
  /** The transcript as it came, or a digest of it; `null` for a failure. */
  readonly transcript: string | null;
  /** In the primary unit, as the errors. */
  readonly referenceTokens: number;
  /** Where tokens are characters, as the language's dictionary parts them; `null` where only a digest was kept. */
  readonly referenceWordCount: number | null;
  /** `null` for a failure. */
  readonly errors: number | null;
  /** `null` for a failure, and where only counts were kept. */
  readonly alignment: readonly AlignmentStep[] | null;
}

/** A scored record as a comparison sees it. */
export function comparable(record: MeasurableRecord): ComparableRecord {
  return {
    key: record.key,
    cell: record.cell,
    utterance: record.utterance,
    speaker: record.speaker,
    session: record.session,
    sentence: record.sentence,
    durationSeconds: record.durationSeconds,
    latencyMs: record.latencyMs,
    costUsd: record.costUsd,
    normalizer: scoringStamp(record),
    primaryUnit: record.primaryUnit,
    reference: record.notatedReference ?? record.normalizedReference,
    transcript: record.text,
    referenceTokens: referenceTokensOf(record),
    referenceWordCount: referenceWordCountOf(record),
    errors: errorsOf(record),
    alignment: record.alignment,
  };
}

/** In the primary unit; `null` for a failure. */
export function errorsOf(record: MeasurableRecord): number | null {
  const counts = record[record.primaryUnit];
  return counts && counts.substitutions + counts.deletions + counts.insertions;
}

/** In the primary unit. */
export function referenceTokensOf(record: MeasurableRecord): number {
  return record.primaryUnit === 'character' ? record.referenceCharacterCount : record.referenceWordCount;
}

function referenceWordCountOf({
  primaryUnit,
  referenceWordCount,
  normalizedReference,
  cell,
}: MeasurableRecord): number {
  return primaryUnit === 'word' ? referenceWordCount : countUnspacedWords(normalizedReference, cell.language);
}

/** What to compare. */
export interface CompareInput {
  readonly baseline: readonly ComparableRecord[];
  readonly candidate: readonly ComparableRecord[];
  /**
   * δ: a difference of error rates, as a fraction, below which it does not matter; 0.005 is half a point. It may depend
   * on the cell, and on what the candidate saves.
   */
  readonly margin: number | ((candidate: Cell, savings: Savings) => number);
  /** Of the bootstrap and the randomization test: equal input and seed give equal results. */
  readonly seed: number;
}

/** All comparisons, and the candidate's cells that have no counterpart. */
export interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly unmatched: readonly Cell[];
}

interface Pair {
  readonly baseline: ComparableRecord & { readonly errors: number };
  readonly candidate: ComparableRecord & { readonly errors: number };
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

function counterpartOf(cell: Cell, baselines: readonly ComparableRecord[][]): readonly ComparableRecord[] | null {
  const same = (other: Cell): number =>
    (['acceleration', 'backend', 'languageHint', 'concurrency'] as const).filter((axis) => cell[axis] === other[axis])
      .length;
  const ranked = baselines
    .filter(([first]) => first!.cell.corpus === cell.corpus && first!.cell.language === cell.language)
    .sort(([a], [b]) => same(b!.cell) - same(a!.cell));
  const [best, next] = ranked;
  if (best === undefined || (next !== undefined && same(next[0]!.cell) === same(best[0]!.cell))) return null;
  return best;
}

function compareCells(
  baseline: readonly ComparableRecord[],
  candidate: readonly ComparableRecord[],
  marginOf: CompareInput['margin'],
  seed: number,
): Comparison {
  const pairs = pairUp(baseline, candidate);
  const metric = baseline[0]!.primaryUnit === 'character' ? 'cer' : 'wer';
  const tokens = pairs.map((pair) => pair.baseline.referenceTokens);
  const baselineErrors = pairs.map((pair) => pair.baseline.errors);
  const candidateErrors = pairs.map((pair) => pair.candidate.errors);
  const differences = pairs.map((_, i) => candidateErrors[i]! - baselineErrors[i]!);
  const blocks = blocksThatTell(pairs, differences);
  const blockDifferences = sumByBlock(differences, blocks);
  const total = sum(tokens);
  const words = sum(
    pairs.map(({ candidate: { referenceWordCount, referenceTokens } }) => referenceWordCount ?? referenceTokens),
  );
  const savings = savingsOf(pairs);
  const margin = typeof marginOf === 'number' ? marginOf : marginOf(candidate[0]!.cell, savings);
  const paired = pairedDifference(differences, tokens, blocks, seed, { words });
  const tests = paired && marginTests(paired, blocks, words, margin);
  const spent = spentOn(pairs);
  const verdict = paired === null ? 'cannot-tell' : verdictOn(paired.difference, margin);
  return {
    baseline: baseline[0]!.cell,
    candidate: candidate[0]!.cell,
    metric,
    margin,
    pairs: pairs.length,
    unpaired: baseline.length + candidate.length - 2 * pairs.length,
    changedTranscripts: pairs.filter((pair) => pair.baseline.transcript !== pair.candidate.transcript).length,
    referenceTokens: total,
    ...spent,
    baselineRate: total === 0 ? null : sum(baselineErrors) / total,
    candidateRate: total === 0 ? null : sum(candidateErrors) / total,
    difference: paired?.difference ?? null,
    standardError: paired?.standardError ?? null,
    improvementProbability: paired?.improvementProbability ?? null,
    resampled: blocks.unit,
    blocks: blocks.count,
    p: paired === null ? null : randomizationP(blockDifferences, seed),
    pHolm: null,
    qBenjaminiHochberg: null,
    matchedPairs: matchedPairsOf(pairs),
    mcnemar: mcnemarP(
      pairs.filter((_, i) => baselineErrors[i] === 0 && candidateErrors[i]! > 0).length,
      pairs.filter((_, i) => candidateErrors[i] === 0 && baselineErrors[i]! > 0).length,
    ),
    wilcoxonOverBlocks: wilcoxonP(ratesOf(blockDifferences, sumByBlock(tokens, blocks))),
    verdict,
    notWorseTest: tests && { p: tests.notWorse, pHolm: 1 },
    worseTest: tests && { p: tests.worse, pHolm: 1 },
    needs: paired !== null && verdict === 'cannot-tell' ? moreSpeech(spent, total, paired, margin) : null,
    latencyDifferenceMs: medianOf(bothLatencies(pairs).map(([before, after]) => after - before)),
    savings,
  };
}

/** The pairs' blocks; the utterances themselves where differences cancel within every block, which hides all spread. */
function blocksThatTell(pairs: readonly Pair[], differences: readonly number[]): Blocks {
  const records = pairs.map((pair) => pair.baseline);
  const blocks = blocksOf(records);
  const cancel = differences.some((one) => one !== 0) && sumByBlock(differences, blocks).every((one) => one === 0);
  return cancel
    ? blocksOf(records.map(({ utterance }) => ({ utterance, speaker: null, session: null, sentence: null })))
    : blocks;
}

/** Cutting text into segments takes alignments of both sides with one reading of the reference; counts alone do not do. */
function matchedPairsOf(pairs: readonly Pair[]): MatchedPairs | null {
  const ofOneLength = pairs.filter(({ baseline, candidate }) => baseline.referenceTokens === candidate.referenceTokens);
  const aligned = ofOneLength.flatMap(({ baseline, candidate }) =>
    baseline.alignment === null || candidate.alignment === null
      ? []
      : [[baseline.alignment, candidate.alignment] as const],
  );
  return aligned.length < ofOneLength.length ? null : matchedPairs(aligned);
}

/** Pairs of answers to the same utterance with the same normalized reference, or the same alternatives of it. */
function pairUp(baseline: readonly ComparableRecord[], candidate: readonly ComparableRecord[]): Pair[] {
  const answers = new Map(baseline.filter(isAnswer).map((record) => [record.utterance, record]));
  return candidate.filter(isAnswer).flatMap((record) => {
    const partner = answers.get(record.utterance);
    return partner?.reference === record.reference ? [{ baseline: partner, candidate: record }] : [];
  });
}

function isAnswer(record: ComparableRecord): record is ComparableRecord & { readonly errors: number } {
  return record.errors !== null;
}

function sumByBlock(values: readonly number[], blocks: Blocks): number[] {
  const sums = new Array<number>(blocks.count).fill(0);
  for (const [i, value] of values.entries()) sums[blocks.blockOf[i]!]! += value;
  return sums;
}

function ratesOf(differences: readonly number[], tokens: readonly number[]): number[] {
  return differences.flatMap((difference, block) => (tokens[block] === 0 ? [] : [difference / tokens[block]!]));
}

/** Audio of the pairs and what recognizing it with both cost. */
function spentOn(pairs: readonly Pair[]): Pick<Comparison, 'audioHours' | 'costUsd'> {
  const costs = pairs.flatMap((pair) => [pair.baseline.costUsd, pair.candidate.costUsd]);
  const known = costs.filter((cost) => cost !== null);
  return {
    audioHours: sum(pairs.map((pair) => pair.baseline.durationSeconds)) / 3600,
    costUsd: known.length === costs.length ? sum(known) : null,
  };
}

/** So much speech on top of the present, at the present's words per hour and cost per minute. */
function moreSpeech(
  { audioHours, costUsd }: Pick<Comparison, 'audioHours' | 'costUsd'>,
  tokens: number,
  paired: PairedDifference,
  margin: number,
): MoreSpeech | null {
  const factor = sampleFactorToTell(paired, margin);
  if (factor === null) return null;
  const more = factor - 1;
  return {
    tokens: Math.ceil(more * tokens),
    audioHours: more * audioHours,
    costUsd: costUsd === null ? null : more * costUsd,
  };
}

function savingsOf(pairs: readonly Pair[]): Savings {
  const ratios = bothLatencies(pairs).flatMap(([before, after]) => (before > 0 && after > 0 ? [before / after] : []));
  const known = pairs.filter(({ baseline, candidate }) => baseline.costUsd !== null && candidate.costUsd !== null);
  const after = sum(known.map(({ candidate }) => candidate.costUsd!));
  const isKnown = known.length === pairs.length && after > 0;
  return {
    timesFaster: medianOf(ratios),
    timesCheaper: isKnown ? sum(known.map(({ baseline }) => baseline.costUsd!)) / after : null,
  };
}

function bothLatencies(pairs: readonly Pair[]): (readonly [before: number, after: number])[] {
  return pairs.flatMap(({ baseline, candidate }) =>
    baseline.latencyMs === null || candidate.latencyMs === null ? [] : [[baseline.latencyMs, candidate.latencyMs]],
  );
}

function medianOf(values: readonly number[]): Comparison['latencyDifferenceMs'] {
  const sorted = values.toSorted((a, b) => a - b);
  const value = quantile(sorted, 0.5);
  return value === null ? null : { value, interval: quantileInterval(sorted, 0.5), n: sorted.length };
}

/** Adjusts the p-values of comparisons made together. */
function adjustTogether(comparisons: readonly Comparison[]): Comparison[] {
  const tested = comparisons.filter((comparison) => comparison.p !== null);
  const pValues = tested.map((comparison) => comparison.p!);
  const [pHolm, q] = [holm(pValues), benjaminiHochberg(pValues)];
  const notWorse = holm(tested.map((comparison) => comparison.notWorseTest!.p));
  const worse = holm(tested.map((comparison) => comparison.worseTest!.p));
  return comparisons.map((comparison) => {
    const index = tested.indexOf(comparison);
    if (index === -1) return comparison;
    return {
      ...comparison,
      pHolm: pHolm[index]!,
      qBenjaminiHochberg: q[index]!,
      notWorseTest: { ...comparison.notWorseTest!, pHolm: notWorse[index]! },
      worseTest: { ...comparison.worseTest!, pHolm: worse[index]! },
    };
  });
}
