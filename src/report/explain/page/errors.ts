import type { PackedErrors } from '../packed.ts';

/** The packed results with what the page looks up all the time. A result is a place: utterance × settings + setting. */
export interface PageErrors {
  readonly packed: PackedErrors;
  readonly utterances: number;
  readonly settings: number;
  /** Where each reading's tokens begin, and the end of the last one. */
  readonly readingStart: Int32Array;
  /** Where each result's edits begin, in edits, and the end of the last one. */
  readonly editStart: Int32Array;
  /** S + D + I of each result. */
  readonly errors: Int32Array;
  /** Tokens of each result's reference; 0 where there is no answer. */
  readonly length: Int32Array;
  /** Bits by kind of edit: 1 substitution, 2 deletion, 4 insertion. */
  readonly kinds: Uint8Array;
  /** Bits by class of error. */
  readonly classes: Int32Array;
}

/** Which utterances are shown, in which settings and in which order. All of it stands in the page's address. */
export interface PageQuery {
  /** In a reference, a transcript or an id; case does not matter. */
  readonly text: string;
  /** Settings that count, by number; empty: all. */
  readonly settings: readonly number[];
  /** −1: any. */
  readonly language: number;
  readonly speaker: number;
  readonly errorClass: number;
  readonly flag: number;
  /** Any of `s`, `d`, `i`, `none` (without errors), `empty`, `failed`; empty: any. */
  readonly outcome: string;
  readonly minSeconds: number | null;
  readonly maxSeconds: number | null;
  readonly minSnrDb: number | null;
  readonly maxSnrDb: number | null;
  /** One edit as token and token, `null` for nothing. */
  readonly edit: { readonly reference: string | null; readonly hypothesis: string | null } | null;
  /** A word that the second setting lost and the first one heard. */
  readonly lost: { readonly word: string; readonly heardBy: number; readonly lostBy: number } | null;
  /** Only where settings agree with each other against the reference. */
  readonly agreeing: boolean;
  readonly order: 'rate' | 'errors' | 'duration' | 'latency' | 'id';
}

/** A difference that happened several times. */
export interface Tally {
  readonly reference: string | null;
  readonly hypothesis: string | null;
  readonly count: number;
}

/** A word that one of two settings heard and the other did not. */
export interface LostWord {
  readonly word: string;
  /** How often only the second setting lost it. */
  readonly lost: number;
  /** How often only the first setting did. */
  readonly found: number;
}
