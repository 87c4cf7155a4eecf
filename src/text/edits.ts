/** What is done where tokens differ, in the order in which it is preferred. */
export const SUBSTITUTE = 0;
export const DELETE = 1;
export const INSERT = 2;

/** An alignment: equal tokens are paired wherever they meet, and between them stand these. */
export interface Edits {
  /** {@link SUBSTITUTE}, {@link DELETE} or {@link INSERT}: one per error. */
  readonly operations: readonly number[];
  readonly substitutions: number;
}
