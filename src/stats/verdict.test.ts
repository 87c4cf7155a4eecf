import { describe, expect, it } from 'vitest';
import { sampleFactorToTell, verdictOn } from './verdict.ts';

/** A difference with normal intervals, in points. */
function difference(points: number, standardError: number): Parameters<typeof verdictOn>[0] {
  const around = (z: number, level: number) => ({
    low: (points - z * standardError) / 100,
    high: (points + z * standardError) / 100,
    level,
  });
  return { value: points / 100, interval95: around(1.96, 0.95), interval90: around(1.645, 0.9) };
}

describe('verdict with a margin of half a point', () => {
  it.each([
    [1.2, 0.3, 'worse'],
    [0.0, 0.2, 'equivalent'],
    // Zero is excluded, and still the difference does not matter.
    [-0.2, 0.05, 'equivalent'],
    [-1.2, 0.3, 'better'],
    [-0.6, 0.5, 'not-worse'],
    [0.6, 0.2, 'worse-size-unclear'],
    [0.3, 0.6, 'cannot-tell'],
    [-0.2, 1, 'cannot-tell'],
  ])('of %d ± %d points is %s', (points, standardError, verdict) => {
    expect(verdictOn(difference(points, standardError), 0.005)).toBe(verdict);
  });

  it('without a margin is never equivalent', () => {
    expect(verdictOn(difference(0, 0.01), 0)).toBe('cannot-tell');
    expect(verdictOn(difference(0.5, 0.1), 0)).toBe('worse');
  });
});

/** Of points. */
function paired(points: number, standardError: number): Parameters<typeof sampleFactorToTell>[0] {
  return { difference: difference(points, standardError), standardError: standardError / 100 };
}

describe('sample to tell', () => {
  it('shrinks the interval until it clears the farthest boundary', () => {
    // 0.5 points to the margin at a standard error of 0.5: (1.645 + 0.842)².
    expect(sampleFactorToTell(paired(0, 0.5), 0.005)).toBeCloseTo(6.18, 2);
    expect(sampleFactorToTell(paired(-0.5, 0.5), 0.005)).toBeCloseTo(6.18 / 4, 2);
  });

  it('shrinks the bound where nothing differs', () => {
    const alike = { ...paired(0, 1), standardError: 0 };
    expect(sampleFactorToTell(alike, 0.005)).toBeCloseTo(alike.difference.interval90.high / 0.005, 9);
  });

  it('does not exist at the margin itself', () => {
    expect(sampleFactorToTell(paired(0.5, 0.5), 0.005)).toBeNull();
    expect(sampleFactorToTell(paired(0, 0.5), 0)).toBeNull();
    expect(sampleFactorToTell({ ...paired(0, 1), standardError: 0 }, 0)).toBeNull();
  });
});
