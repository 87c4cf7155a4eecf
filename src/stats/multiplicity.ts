/**
 * Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979): rejecting where the adjusted value is at
 * most α keeps the chance of even one false rejection at most α, whatever the dependence. For gates.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up adjustment (Journal of the Royal Statistical Society B 57, 1995): rejecting where
 * the adjusted value is at most q keeps the expected share of false ones among the rejections at most q. For tables.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  for (const [rank, index] of [...order.entries()].reverse()) {
    smallest = Math.min(smallest, (pValues.length / (rank + 1)) * pValues[index]!);
    adjusted[index] = smallest;
  }
  return adjusted;
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
}
