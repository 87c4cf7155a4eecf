import type { ErrorClassName } from '../analysis.ts';

/** What is known of a language's words. */
export interface WordLore {
  /** BCP 47 tag. */
  readonly language: string;
  /** Tokens in the one writing that the normalizer `earshot` gives them. */
  readonly fold: (tokens: readonly string[]) => string;
  /** A word without its endings; `null` where nothing knows the language's. */
  readonly stem: ((word: string) => string) | null;
  /** How a word sounds, equal for words that sound alike; `null` where nothing knows. */
  readonly sound: ((word: string) => string) | null;
}

/** A reason for which reference and transcript may differ. */
export interface ErrorClass {
  readonly name: ErrorClassName;
  readonly title: string;
  readonly description: string;
  /** Most tokens of one side that it looks at together. */
  readonly longest: number;
  /** Whether the class can be told in this language. */
  isKnown(lore: WordLore): boolean;
  /**
   * Whether this is why the two differ. Never asked of equal tokens. One side may be empty.
   * @param reference normalized tokens of the reference.
   * @param hypothesis normalized tokens of the transcript.
   */
  explains(reference: readonly string[], hypothesis: readonly string[], lore: WordLore): boolean;
}
