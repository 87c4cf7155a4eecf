/** A source of whole numbers, uniform over 0 … 2³² − 1. */
export type Random = () => number;

/**
 * A seeded pseudo-random source: sfc32 (Chris Doty-Humphrey's small fast counter generator, PractRand), its state
 * spread from the seed by splitmix32. Equal seeds give equal sequences on every machine. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const spread = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let a = spread();
  let b = spread();
  let c = spread();
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}

/** A whole number of 0 … bound − 1. Its bias, below bound ÷ 2³², is far under what resampling could show. */
export function below(random: Random, bound: number): number {
  return Math.floor((random() / 4294967296) * bound);
}
