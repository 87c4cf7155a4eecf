import type { Cell, Interval, ResamplingUnit } from '../types.ts';
import type { MatchedPairs } from './mapsswe.ts';
import type { Difference, VerdictKind } from './verdict.ts';

/** What would settle an open question: more speech like that which was compared. */
export interface MoreSpeech {
  readonly tokens: number;
  readonly audioHours: number;
  /** Of recognizing it with both; `null` if a cost is unknown. */
  readonly costUsd: number | null;
}

/** A p-value, and the same adjusted by Holm for all comparisons made together. */
export interface AdjustedP {
  readonly p: number;
  readonly pHolm: number;
}

/** How many times faster and cheaper the candidate answered the same clips; above 1 it saves. */
export interface Savings {
  /** Baseline ÷ candidate of the latency of each clip: the median and its interval. */
  readonly timesFaster: { readonly value: number; readonly interval: Interval | null; readonly n: number } | null;
  /** Σ cost of the baseline ÷ Σ cost of the candidate; `null` unless all are known. */
  readonly timesCheaper: number | null;
}

/** A paired comparison of two cells over the utterances that both answered. */
export interface Comparison {
  readonly baseline: Cell;
  readonly candidate: Cell;
  readonly metric: 'wer' | 'cer';
  readonly margin: number;
  /** Utterances that both answered and whose normalized references agree. */
  readonly pairs: number;
  /** Utterances of either side that found no such partner: failed, missing, or with another reference. */
  readonly unpaired: number;
  /** Pairs whose transcripts, as they came, are not the same. */
  readonly changedTranscripts: number;
  readonly referenceTokens: number;
  /** Audio of the pairs. */
  readonly audioHours: number;
  /** Of recognizing the pairs with both; `null` if one cost is unknown. */
  readonly costUsd: number | null;
  /** Rates over the pairs alone. */
  readonly baselineRate: number | null;
  readonly candidateRate: number | null;
  /** Candidate − baseline, from one bootstrap that resamples both sides together; `null` with fewer than two blocks. */
  readonly difference: Difference | null;
  /** Of the difference, from the same replicates; `null` where it is. */
  readonly standardError: number | null;
  /** Share of the replicates in which the candidate's rate is lower, ties counted half. */
  readonly improvementProbability: number | null;
  readonly resampled: ResamplingUnit;
  readonly blocks: number;
  /** Tests of no difference: by randomization over the blocks, and the same adjusted for all comparisons made together. */
  readonly p: number | null;
  readonly pHolm: number | null;
  readonly qBenjaminiHochberg: number | null;
  /**
   * Other tests in use, for comparison with published ones; the first two take utterances for independent. The first is
   * `null` where a side has no alignments.
   */
  readonly matchedPairs: MatchedPairs | null;
  readonly mcnemar: number;
  readonly wilcoxonOverBlocks: number;
  readonly verdict: VerdictKind;
  /** One-sided tests against the margin, for gates: that the candidate is not worse by it, and that it is worse by more. */
  readonly notWorseTest: AdjustedP | null;
  readonly worseTest: AdjustedP | null;
  /** For the verdict `cannot-tell`; `null` otherwise, or if no reasonable amount would do. */
  readonly needs: MoreSpeech | null;
  /** Candidate − baseline of the latency of the same clips: the median and its interval. */
  readonly latencyDifferenceMs: {
    readonly value: number;
    readonly interval: Interval | null;
    readonly n: number;
  } | null;
  readonly savings: Savings;
}
