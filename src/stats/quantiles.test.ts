import { describe, expect, it } from 'vitest';
import { minimumSamples, quantile, quantileInterval } from './quantiles.ts';
import { seededRandom } from './random.ts';

describe('quantile', () => {
  it('interpolates as type 7 does', () => {
    // R: quantile(c(1, 2, 4, 8, 16), c(.1, .5, .9, .95))
    const sorted = [1, 2, 4, 8, 16];
    expect(quantile(sorted, 0.1)).toBeCloseTo(1.4, 12);
    expect(quantile(sorted, 0.5)).toBe(4);
    expect(quantile(sorted, 0.9)).toBeCloseTo(12.8, 12);
    expect(quantile(sorted, 0.95)).toBeCloseTo(14.4, 12);
  });

  it('keeps negative values', () => {
    expect(quantile([-300, -200, 100], 0.5)).toBe(-200);
  });

  it('of one value is that value, of none is unknown', () => {
    expect(quantile([5], 0.99)).toBe(5);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('interval of a quantile', () => {
  it.each([
    [0.5, 6],
    [0.9, 29],
    [0.95, 59],
    [0.99, 299],
    [0.999, 2995],
  ])('of q = %d exists from %d values on', (q, least) => {
    expect(minimumSamples(q)).toBe(least);
    const values = Array.from({ length: least }, (_, i) => i);
    expect(quantileInterval(values, q)).toEqual({ low: expect.any(Number) as number, high: least - 1, level: 0.95 });
    expect(quantileInterval(values.slice(1), q)).toBeNull();
  });

  it('of the median of 100 values lies between the 40th and the 61st', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(quantileInterval(values, 0.5)).toEqual({ low: 40, high: 61, level: 0.95 });
  });

  it.each([
    [0.5, 20],
    [0.9, 40],
    [0.95, 300],
    [0.99, 350],
  ])('covers the true q = %d of a skewed distribution from %d values at least 95 times in 100', (q, n) => {
    const random = seededRandom(11);
    const truth = -Math.log(1 - q);
    const trials = 1_500;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sorted = Float64Array.from({ length: n }, () => -Math.log((random() + 0.5) / 4294967296)).sort();
      const interval = quantileInterval(sorted, q)!;
      if (interval.low <= truth && truth < interval.high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.935);
  });
});
