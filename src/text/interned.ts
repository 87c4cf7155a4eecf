/** Stands behind the last token of either side, equal to no token of the other. */
const REFERENCE_END = -1;
const HYPOTHESIS_END = -2;

/** Two token lists as integers: equal tokens have equal numbers. One element longer than the lists, see above. */
export interface Interned {
  readonly reference: Int32Array;
  readonly hypothesis: Int32Array;
}

/** Numbers the tokens of both lists. */
export function intern(reference: readonly string[], hypothesis: readonly string[]): Interned {
  const numbers = new Map<string, number>();
  const numbered = (tokens: readonly string[], end: number): Int32Array => {
    const result = new Int32Array(tokens.length + 1);
    for (let i = 0; i < tokens.length; i++) {
      let number = numbers.get(tokens[i]!);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(tokens[i]!, number);
      }
      result[i] = number;
    }
    result[tokens.length] = end;
    return result;
  };
  return { reference: numbered(reference, REFERENCE_END), hypothesis: numbered(hypothesis, HYPOTHESIS_END) };
}
