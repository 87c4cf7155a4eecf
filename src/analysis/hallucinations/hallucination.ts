import type { ScoredRecord } from '../../types.ts';
import type { HallucinationKind } from '../analysis.ts';

/** An answer as a sign of hallucination looks at it. */
export interface Answer {
  /** BCP 47 tag. */
  readonly language: string;
  /** As the recognizer wrote it. */
  readonly text: string;
  /** As the corpus has it. */
  readonly reference: string;
  /** Normalized, in the primary unit. */
  readonly tokens: readonly string[];
  readonly referenceTokens: readonly string[];
  readonly unit: ScoredRecord['primaryUnit'];
}

/** A sign that a transcript was made up rather than misheard. */
export interface Hallucination {
  readonly kind: HallucinationKind;
  readonly title: string;
  /** With the threshold and its source. */
  readonly description: string;
  /** What was found in the answer, with the threshold; `null` if nothing. */
  find(answer: Answer): string | null;
}
