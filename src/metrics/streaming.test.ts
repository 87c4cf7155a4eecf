import { describe, expect, it } from 'vitest';
import type { ResultRecord } from '../types.ts';
import { scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

/** A stream that shows a text every 500 ms. */
function stream(...texts: readonly string[]): Partial<ResultRecord> {
  return {
    delivery: 'streaming-virtual',
    partials: texts.map((text, i) => ({ atMs: 500 * (i + 1), text })),
    text: texts.at(-1) ?? '',
  };
}

describe('unstable partial words', () => {
  it('are none when text only grows', () => {
    expect(valueOf(metrics.upwr, scored(stream('', 'a', 'a b', 'a b c', 'A, b c d!')))).toBe(0);
  });

  it('are the words behind the common beginning of a partial and the next', () => {
    // "x" is withdrawn, then "c y".
    expect(valueOf(metrics.upwr, scored(stream('a x', 'a b c y', 'a b z d')))).toBe(3 / 4);
  });

  it('add up over records, a shown and withdrawn word of an empty final included', () => {
    expect(valueOf(metrics.upwr, scored(stream('a x', 'a b c d'), stream('x', '')))).toBe(2 / 4);
  });

  it('are unknown without partials', () => {
    expect(valueOf(metrics.upwr, scored({}))).toBeNull();
    expect(valueOf(metrics.upwr, scored(stream('', '')))).toBeNull();
  });
});

describe('first text', () => {
  it('is the first that is not empty after normalization', () => {
    expect(metrics.firstPartialP50.samples(scored(stream('', '…', 'a', 'a b'))[0]!)).toEqual([1_500]);
  });

  it('counts from the request where the whole clip was given at once, as do withdrawn words', () => {
    const hosted = scored({ ...stream('', 'a x', 'a b c d'), delivery: 'batch' });
    expect(metrics.firstPartialP50.samples(hosted[0]!)).toEqual([1_000]);
    expect(valueOf(metrics.upwr, hosted)).toBe(1 / 4);
  });

  it('is not there without partials or text', () => {
    expect(metrics.firstPartialP50.samples(scored({})[0]!)).toEqual([]);
    expect(metrics.firstPartialP50.samples(scored(stream('', ''))[0]!)).toEqual([]);
  });
});

describe('emission delay', () => {
  const referenceWords = ['a', 'b', 'c', 'd'].map((word, i) => ({
    word,
    startSeconds: 0.4 * i,
    endSeconds: 0.4 * (i + 1),
  }));
  const delays = (...texts: readonly string[]): number[] =>
    metrics.emissionDelayP50.samples(scored({ ...stream(...texts), referenceWords })[0]!).map(Math.round);

  it('runs from a word’s end to when it was first shown', () => {
    expect(delays('a', 'a b', 'a b c', 'a b c d')).toEqual([100, 200, 300, 400]);
  });

  it('is negative for a word shown before it is over', () => {
    expect(delays('a b c', 'a b c d')).toEqual([100, -300, -700, -600]);
  });

  it('starts anew when a word was withdrawn', () => {
    expect(delays('a b', 'a x', 'a b c d')).toEqual([100, 700, 300, -100]);
  });

  it('goes on when an earlier word changes', () => {
    expect(delays('x b', 'x b c', 'a b c d')).toEqual([1_100, -300, -200, -100]);
  });

  it('leaves out words that were not recognized', () => {
    expect(delays('a x c d')).toEqual([100, -700, -1_100]);
  });

  it('needs partials and reference times', () => {
    expect(metrics.emissionDelayP50.samples(scored(stream('a', 'a b c d'))[0]!)).toEqual([]);
    expect(metrics.emissionDelayP50.samples(scored({ referenceWords })[0]!)).toEqual([]);
  });
});
