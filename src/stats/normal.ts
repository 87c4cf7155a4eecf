/**
 * The share of a standard normal distribution beyond |z| on both sides: the p-value of a normal statistic.
 * By the series of the error function below 3 and its continued fraction above; relative error under 1e-12.
 */
export function twoSidedNormalP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return x < 3 / Math.SQRT2 ? 1 - errorFunctionSeries(x) : complementFraction(x);
}

function errorFunctionSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Laplace's continued fraction of the complementary error function, from the far end. */
function complementFraction(x: number): number {
  let tail = 0;
  for (let k = 60; k > 0; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}

/** The z below which a standard normal lies with probability p, 0 < p < 1, by bisection to nine digits. */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  let low = 0;
  let high = 40;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (twoSidedNormalP(middle) / 2 > tail) low = middle;
    else high = middle;
  }
  return p < 0.5 ? -low : low;
}
