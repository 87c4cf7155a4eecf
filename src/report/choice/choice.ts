import type { Comparison } from '../../stats/comparison.ts';

/** What the setting to take has to keep to; `null` is no limit. */
export interface ChoiceLimits {
  /** Loss of error rate against the reference setting, in percentage points. */
  readonly maxErrorLossPoints: number;
  /** Of the median, as are the next two. */
  readonly maxLatencyMs: number | null;
  readonly maxFirstTextMs: number | null;
  readonly maxWordDelayMs: number | null;
  readonly maxCostPerMinuteUsd: number | null;
}

/** Which of the settings that keep to the limits is taken. */
export type Preference = 'fastest' | 'cheapest' | 'most-accurate';

/** What a choice is made from. */
export interface ChoiceInput {
  readonly limits: ChoiceLimits;
  readonly take: Preference;
  /** Each setting with its language's reference setting. */
  readonly comparisons: readonly Comparison[];
}

/** A measured value with the interval that it may be held against a limit by. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Loss of error rate against the reference, as fractions; the ends are those of the 90 % interval. */
export interface Loss extends Measured {
  /** 0 where no pair differs; the ends are then bounds and not from resampling. */
  readonly standardError: number;
  readonly pairs: number;
  /** Of the pairs. */
  readonly audioHours: number;
  /** Of recognizing the pairs with both; `null` if unknown. */
  readonly costUsd: number | null;
}

/** A quantity that a limit holds, with the name of the limit. */
export type LimitedQuantity = Exclude<keyof ChoiceLimits, 'maxErrorLossPoints'>;

/** One way to recognize a language. */
export interface Setting {
  /** Such as `high · tiny-int8`. */
  readonly name: string;
  readonly isReference: boolean;
  readonly rate: number | null;
  /** `null` for the reference, and where there is nothing to compare. */
  readonly loss: Loss | null;
  readonly measured: Readonly<Record<LimitedQuantity, Measured | null>>;
}

/** The settings of one language on one corpus. */
export interface SettingGroup {
  /** Such as `de-DE`. */
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** What becomes of a setting under the limits. */
export type SettingState = 'taken' | 'fits' | 'unclear' | 'out';

/** A recommendation for one group. */
export interface Recommendation {
  /** In the order of the settings. */
  readonly states: readonly { readonly state: SettingState; readonly reason: string }[];
  /** The answer in words, plain text. */
  readonly answer: string;
}
