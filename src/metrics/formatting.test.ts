import { describe, expect, it } from 'vitest';
import { cell, scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

const of = (reference: string, text: string | null, language = 'en') =>
  scored({ cell: { ...cell, language }, reference, text });

describe('punctuation error rate', () => {
  it.each([
    ['Well, yes. Really?', 'Well, yes. Really?', 0],
    // One wrong, one missing, one right.
    ['Well, yes. Really?', 'Well. yes really?', 2 / 3],
    // A superfluous one counts below as well: one of three.
    ['Well, yes.', 'Well, yes. Really,', 1 / 3],
    // At a word that was not recognized.
    ['I know, yes.', 'I, yes.', 2 / 3],
    ['Well, yes.', '', 1],
    ['Well, yes.', 'WELL, YES!', 0],
  ])('of "%s" heard as "%s" is %d', (reference, text, rate) => {
    expect(valueOf(metrics.punctuationErrorRate, of(reference, text))).toBeCloseTo(rate, 12);
  });

  it('is unknown where the reference has none, or nothing was answered', () => {
    expect(valueOf(metrics.punctuationErrorRate, of('well yes', 'Well, yes.'))).toBeNull();
    expect(valueOf(metrics.punctuationErrorRate, of('Well, yes.', null))).toBeNull();
  });

  it('knows Japanese marks', () => {
    expect(valueOf(metrics.punctuationErrorRate, of('今日は、雨。', '今日は雨。', 'ja'))).toBe(1 / 2);
  });
});

describe('casing error rate', () => {
  it.each([
    ['I saw Paris', 'i saw Paris', 1 / 3],
    // The word that was not recognized does not count.
    ['I saw Paris', 'I saw Rome', 0],
    ['NASA is here.', 'Nasa is here', 1 / 3],
  ])('of "%s" heard as "%s" is %d', (reference, text, rate) => {
    expect(valueOf(metrics.casingErrorRate, of(reference, text))).toBeCloseTo(rate, 12);
  });

  it('is unknown where the reference has no capitals', () => {
    expect(valueOf(metrics.casingErrorRate, of('i saw paris', 'I saw Paris'))).toBeNull();
    expect(valueOf(metrics.casingErrorRate, of('今日は', '今日は', 'ja'))).toBeNull();
  });
});
