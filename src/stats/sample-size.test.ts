import { describe, expect, it } from 'vitest';
import { designOfPilot, detectableDifference, tokensToDetect } from './sample-size.ts';

it('a pilot stands for the product of disagreement and design effect', () => {
  // Of differences with π = 4 % and a design effect of 1.5, 3,000 tokens have this standard error.
  const design = designOfPilot(3_000, Math.sqrt((0.04 * 1.5) / 3_000))!;
  expect(detectableDifference(50_000, design)).toBeCloseTo(detectableDifference(50_000)!, 4);
  expect(designOfPilot(3_000, null)).toBeNull();
  // Systems that agreed on everything do not make the smallest difference visible.
  expect(designOfPilot(3_000, 0)).toBeNull();
});

describe('detectable difference', () => {
  // Percentage points by tokens, disagreement and design effect.
  it.each([
    [1_000, 0.02, 1.5, 1.53],
    [5_000, 0.08, 3, 1.94],
    [5_000, 0.04, 1.5, 0.97],
    [15_000, 0.04, 3, 0.79],
    [52_576, 0.02, 1.5, 0.21],
    [250_000, 0.08, 3, 0.27],
    [1_000_000, 0.04, 1.5, 0.07],
  ])('over %d tokens at π = %d, deff %d is %d points', (tokens, disagreement, designEffect, points) => {
    const difference = detectableDifference(tokens, { disagreement, designEffect })!;
    // The table was made without the −Δ² term, which is small here.
    expect(Math.abs(difference * 100 - points)).toBeLessThan(0.01 * points + 0.005);
  });

  it('is unknown without tokens', () => {
    expect(detectableDifference(0)).toBeNull();
  });

  it('is undone by the number of tokens that it needs', () => {
    const design = { disagreement: 0.05, designEffect: 2 };
    expect(tokensToDetect(detectableDifference(12_345, design)!, design)).toBeOneOf([12_345, 12_346]);
  });
});
