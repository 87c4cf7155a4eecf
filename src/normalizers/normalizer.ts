/** One rewriting step. */
export interface Rule {
  readonly name: string;
  /** What the step's behavior rests on beside its code, such as its tables and patterns; part of the normalizer's hash. */
  readonly data: string;
  apply(text: string): string;
}

/**
 * A pure function of text and locale, as an ordered list of rules. It never sees the other side of a pair, and treats
 * references and hypotheses alike.
 */
export interface Normalizer {
  readonly name: string;
  /** A change of behavior is a new version. */
  readonly version: string;
  readonly summary: string;
  /** Primary language subtags whose rules differ from those of `und`; part of the normalizer's hash. */
  readonly languages: readonly string[];
  /** The rules for a BCP 47 tag, in order. Built once per locale by the caller. */
  rules(locale: string): readonly Rule[];
}
