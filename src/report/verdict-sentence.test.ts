import { describe, expect, it } from 'vitest';
import type { Comparison } from '../stats/comparison.ts';
import { comparisons } from './__fixtures__/comparisons.ts';
import { verdictSentence } from './verdict-sentence.ts';

function alike(bound: number, verdict: Comparison['verdict'], needs: Comparison['needs']): Comparison {
  const ends = { low: -bound, high: bound };
  const difference = { value: 0, interval95: { ...ends, level: 0.95 }, interval90: { ...ends, level: 0.9 } };
  return { ...comparisons()[0]!, difference, standardError: 0, verdict, needs };
}

describe('the verdict on pairs of which none differs', () => {
  it('is a bound, and what speech would make it small enough', () => {
    expect(verdictSentence(alike(0.018, 'cannot-tell', { tokens: 650, audioHours: 0.1, costUsd: 0.02 }))).toBe(
      'cannot tell: no difference in 23 pairs, at most 1.8 points; about 6 min more, $0.02',
    );
    expect(verdictSentence(alike(0.004, 'equivalent', null))).toBe(
      'equivalent within 0.5 points: no difference in 23 pairs, at most 0.4 points',
    );
  });
});

it('an open question that present data should have settled does not ask for no speech', () => {
  const open = {
    ...comparisons()[0]!,
    verdict: 'cannot-tell',
    needs: { tokens: 0, audioHours: 0, costUsd: 0 },
  } as const;
  expect(verdictSentence(open)).toMatch(/^cannot tell: .*; a little more may tell$/);
});
