/** One rewriting step. */
export interface Rule {
  readonly name: string;
  apply(text: string): string;
}

/** A pure function of text and locale, as an ordered list of rules. */
export interface Normalizer {
  readonly name: string;
  /** A change of behavior is a new version. */
  readonly version: string;
  readonly summary: string;
  /** The rules for a BCP 47 tag, in order. Built once per locale by the caller. */
  rules(locale: string): readonly Rule[];
}
