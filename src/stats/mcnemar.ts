/**
 * McNemar's exact test on items that only one of two systems got right: under no difference each such item is a fair
 * coin (Gillick & Cox, ICASSP 1989). Two-sided; 1 without such items.
 */
export function mcnemarP(onlyFirstRight: number, onlySecondRight: number): number {
  const n = onlyFirstRight + onlySecondRight;
  // Probabilities of n coins relative to the middle one, where nothing underflows.
  let weight = 1;
  let tail = 0;
  let total = 0;
  const middle = Math.floor(n / 2);
  const smaller = Math.min(onlyFirstRight, onlySecondRight);
  for (let heads = middle; heads >= 0; heads--) {
    total += heads * 2 === n ? weight : 2 * weight;
    if (heads <= smaller) tail += weight;
    weight *= heads / (n - heads + 1);
  }
  return Math.min(1, (2 * tail) / total);
}
