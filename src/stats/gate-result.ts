import type { Comparison } from './comparison.ts';

export type GateOutcome = 'pass' | 'fail' | 'undecided';

/** One rule held against one cell. */
export interface GateCheck {
  readonly kind: 'threshold' | 'regression';
  /** The cell's name. */
  readonly subject: string;
  /** What was asked for, such as `WER at most 25.0%`. */
  readonly rule: string;
  readonly outcome: GateOutcome;
  /** What was found, with its interval, and why the outcome is what it is. */
  readonly finding: string;
  /** Of a regression check that could be made. */
  readonly comparison: Comparison | null;
}

/** What a gate says. */
export interface GateResult {
  /** Failed if any check failed; else undecided if any is; else passed. */
  readonly outcome: GateOutcome;
  readonly checks: readonly GateCheck[];
  /** What the reader has to know beside the checks. */
  readonly remarks: readonly string[];
}
