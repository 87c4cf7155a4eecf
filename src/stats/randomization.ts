import { REPLICATES } from './bootstrap.ts';
import { seededRandom } from './random.ts';

/**
 * Approximate randomization (Noreen 1989; Riezler & Maxwell 2005): if two systems do not differ, swapping their
 * outputs in any block is as likely as not. The p-value is the share of random swaps after which the sum of
 * differences is at least as far from zero, the observed one counted among them, so that it is never 0.
 *
 * @param differences per block, candidate − baseline.
 */
export function randomizationP(differences: readonly number[], seed: number, swaps = REPLICATES): number {
  const random = seededRandom(seed);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  let asFar = 1;
  for (let swap = 0; swap < swaps; swap++) {
    let sum = 0;
    let bits = 0;
    for (let i = 0; i < differences.length; i++) {
      if (i % 32 === 0) bits = random();
      sum += bits & 1 ? differences[i]! : -differences[i]!;
      bits >>>= 1;
    }
    if (Math.abs(sum) >= observed) asFar++;
  }
  return asFar / (swaps + 1);
}
