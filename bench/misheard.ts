import { below, type Random } from '../src/stats/random.ts';

/** Words that were said and what was made of them. */
export interface Pair {
  readonly reference: readonly string[];
  readonly hypothesis: readonly string[];
}

/** A reference of words from a vocabulary of 3,000, and what a recognizer with so many errors per thousand would make of it. */
export function misheard(length: number, perMille: number, random: Random): Pair {
  const word = (): string => `w${below(random, 3_000)}`;
  const reference = Array.from({ length }, word);
  const hypothesis = reference.flatMap((spoken) => {
    const outcome = below(random, 1_000);
    if (outcome < perMille / 3) return [];
    if (outcome < (perMille * 2) / 3) return [word()];
    return outcome < perMille ? [spoken, word()] : [spoken];
  });
  return { reference, hypothesis };
}
