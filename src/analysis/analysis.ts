import type { NormalizerName } from '../normalizers/index.ts';
import type { Cell, Interval } from '../types.ts';

/** Why two words differ, as far as their writing tells; in the order in which the classes are tried. */
export type ErrorClassName =
  | 'casing-punctuation'
  | 'number-format'
  | 'compound'
  | 'spelling'
  | 'same-stem'
  | 'sounds-alike'
  /** Something was written for something else, and no other class explains it. */
  | 'other'
  /** Nothing was written for it. */
  | 'deletion'
  /** It was written for nothing. */
  | 'insertion';

/** Signs that a transcript was made up rather than misheard. */
export type HallucinationKind = 'text-on-silence' | 'too-long' | 'repetition' | 'compressible' | 'wrong-script';

/** A place where transcript and reference part: one step of the alignment, or several that make sense together. */
export interface ClassedError {
  readonly errorClass: ErrorClassName;
  /** Normalized tokens of the reference; empty for an insertion. */
  readonly reference: readonly string[];
  /** Normalized tokens of the transcript; empty for a deletion. */
  readonly hypothesis: readonly string[];
  /** Index of its first token among the reference's tokens, or of the token that an insertion stands before. */
  readonly referenceAt: number;
  /** The same among the transcript's tokens. */
  readonly hypothesisAt: number;
  /** Errors of the alignment that it stands for: the longer side's tokens. Those of a record sum to S + D + I. */
  readonly errors: number;
}

export interface HallucinationFlag {
  readonly kind: HallucinationKind;
  /** What was found, with the threshold, such as `“the end” 7 times in a row (from 4 on)`. */
  readonly reason: string;
}

/** What is known of one answer. A failed record has none. */
export interface RecordErrors {
  /** In the order of the text. */
  readonly errors: readonly ClassedError[];
  readonly hallucinations: readonly HallucinationFlag[];
}

/** An error that happened several times. */
export interface RepeatedError {
  readonly errorClass: ErrorClassName;
  /** Tokens as text: with spaces between words, without between characters. */
  readonly reference: string;
  readonly hypothesis: string;
  /** How often it happened. */
  readonly count: number;
  /** Ids of a few utterances in which it did. */
  readonly examples: readonly string[];
}

export interface HallucinationCount {
  readonly utterances: number;
  /** Ids of a few of them. */
  readonly examples: readonly string[];
}

/** The errors of one cell, or of all. Lists begin with the most frequent and are cut. */
export interface ErrorProfile {
  /** Answered utterances. */
  readonly utterances: number;
  /** S + D + I in the primary unit. */
  readonly errors: number;
  /** Errors by class; they sum to `errors`. */
  readonly classes: Readonly<Record<ErrorClassName, number>>;
  readonly confusions: readonly RepeatedError[];
  readonly deletions: readonly RepeatedError[];
  readonly insertions: readonly RepeatedError[];
  /** Utterances with at least one flag. */
  readonly hallucinated: number;
  readonly hallucinations: Readonly<Record<HallucinationKind, HallucinationCount>>;
}

/** What went wrong in a run. */
export interface ErrorAnalysis {
  readonly overall: ErrorProfile;
  readonly cells: readonly (ErrorProfile & { readonly cell: Cell })[];
  /** Primary subtags for which a class cannot be told, since nothing knows the language. */
  readonly unknownLanguages: Readonly<Partial<Record<ErrorClassName, readonly string[]>>>;
  /** By the records' keys; failed records are not in it. */
  readonly records: ReadonlyMap<string, RecordErrors>;
}

/** The primary error rate of one cell under one normalizer. */
export interface PresetRate {
  /** `null` where the preset is not for the cell's language or the references are empty. */
  readonly rate: number | null;
  /** 95 %, by resampling the blocks of the cell; `null` with fewer than two, or where they do not differ. */
  readonly interval: Interval | null;
  /** From 1 among the cells of one corpus and language, equal rates sharing the best rank; `null` without a rate. */
  readonly rank: number | null;
  /**
   * What each rule took off the error rate when its turn came, in order, those without effect left out; together they
   * lead from the text as it stands to `rate`.
   */
  readonly rules: readonly RuleEffect[];
}

export interface RuleEffect {
  readonly rule: string;
  /** A fraction; negative where the rule added errors. */
  readonly reduction: number;
}

/** Two cells that change places when another normalizer is used. */
export interface RankFlip {
  /** The better one under the run's own normalizer. */
  readonly better: Cell;
  readonly worse: Cell;
  /** The preset under which the order is the other way round. */
  readonly preset: NormalizerName;
  /** Rate of `worse` minus rate of `better`: positive under the run's normalizer, negative under the preset. */
  readonly difference: number;
  readonly presetDifference: number;
  /**
   * How far each rule moved the difference on the way from one normalizer to the other, by size; all rules together
   * make up `presetDifference − difference`.
   */
  readonly causes: readonly { readonly rule: string; readonly shift: number }[];
}

export interface CellSensitivity {
  readonly cell: Cell;
  /** The rate of the texts as they stand, before any rule; `null` where the references are empty. */
  readonly asWritten: number | null;
  /** By name of the preset. */
  readonly presets: Readonly<Record<string, PresetRate>>;
}

/** The same transcripts under every preset. */
export interface NormalizerSensitivity {
  /** The run's own normalizer. */
  readonly normalizer: NormalizerName;
  /** Names, in the order of columns. */
  readonly presets: readonly NormalizerName[];
  readonly cells: readonly CellSensitivity[];
  /** Those in which the smaller of both differences is largest come first. */
  readonly flips: readonly RankFlip[];
}
