/**
 * What the page of errors carries: columns of numbers that point into lists, so that 100,000 results stay a few MiB.
 * One row per utterance; of results one row per utterance and setting, the settings of an utterance beside each other.
 */
export interface PackedErrors {
  readonly settings: readonly PackedSetting[];
  readonly languages: readonly PackedLanguage[];
  readonly corpora: readonly string[];
  readonly speakers: readonly string[];
  /** References and transcripts as written. */
  readonly texts: readonly string[];
  /** Normalized words, or characters where these are the primary unit. */
  readonly tokens: readonly string[];
  /** Normalized references as tokens, one after the other; usually one per utterance. */
  readonly readingTokens: readonly number[];
  readonly readingLengths: readonly number[];
  readonly utterances: {
    readonly id: readonly string[];
    readonly language: readonly number[];
    readonly corpus: readonly number[];
    /** −1: unknown. */
    readonly speaker: readonly number[];
    readonly seconds: readonly number[];
    readonly reference: readonly number[];
    /** 1 where the reference has alternatives or comes from an overlay, so that it is not the corpus's own text. */
    readonly notated: readonly number[];
    /** Attributes as `name: value`, the same for many utterances. */
    readonly attributes: readonly number[];
    readonly snrDb: readonly (number | null)[];
    readonly timing: PackedTimings;
    /** Which embedded clip; −1: none. */
    readonly clip: readonly number[];
    /** Where the audio lies as seen from the page; empty: not readable. */
    readonly link: readonly string[];
  };
  readonly attributeSets: readonly (readonly string[])[];
  readonly results: {
    /** One letter each: `o`k, `e`mpty, `f`ailed, or `-` for none. */
    readonly status: string;
    /** The transcript, or the message of a failure. */
    readonly text: readonly number[];
    readonly reading: readonly number[];
    readonly latencyMs: readonly (number | null)[];
    /** How many edits each result has. */
    readonly edits: readonly number[];
    /** Four numbers per edit: hits before it, kind (see {@link editKinds}), token that was heard, class. */
    readonly edit: readonly number[];
    /** Bits by the index in `hallucinations`. */
    readonly flags: readonly number[];
    readonly timing: PackedTimings;
  };
  /** Names for people, in the order of the numbers that stand for them. */
  readonly errorClasses: readonly string[];
  readonly hallucinations: readonly string[];
}

/** Kinds of edits by their numbers. */
export const editKinds = ['substitution', 'deletion', 'insertion'] as const;

/** Ends of the words of a text. */
export interface PackedTimings {
  /** How many words have times, per text. */
  readonly words: readonly number[];
  /** Two numbers per word: characters from the last word's end to its end, hundredths of a second to its end. */
  readonly ends: readonly number[];
}

export interface PackedSetting {
  /** Such as `full · tiny-int8`. */
  readonly name: string;
}

export interface PackedLanguage {
  readonly tag: string;
  readonly name: string;
  /** Empty for tags that are none. */
  readonly lang: string;
  readonly direction: 'ltr' | 'rtl' | 'auto';
  readonly unit: 'word' | 'character';
}
