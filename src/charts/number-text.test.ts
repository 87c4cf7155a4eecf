import { describe, expect, it } from 'vitest';
import type { Estimate } from '../types.ts';
import { audioLengthText, countText, estimateText, quantityText } from './number-text.ts';

const estimate: Estimate = { value: 0.1234, interval: null, n: 3, resampled: null, blocks: null, note: null };

describe('quantityText', () => {
  it.each([
    [0.1234, 'fraction', '12.3%'],
    [1.5, 'fraction', '150.0%'],
    [1234.4, 'ms', '1,234 ms'],
    [-4.24, 'ms', '−4.2 ms'],
    [-0.00001, 'fraction', '0.0%'],
    [0.0421, 'ratio', '0.042'],
    [12.345, 'ratio', '12.3'],
    [0.000123, 'usd-per-minute', '$0.00012'],
    [1.5, 'usd-per-minute', '$1.50'],
    [0, 'usd-per-minute', '$0'],
    [12345, 'count', '12,345'],
  ] as const)('writes %d as %s: %s', (value, unit, text) => {
    expect(quantityText(value, unit)).toBe(text);
  });

  it('never writes the unknown as 0', () => {
    expect(quantityText(null, 'ms')).toBe('–');
    expect(quantityText(Number.NaN, 'fraction')).toBe('–');
  });
});

describe('estimateText', () => {
  it('adds the interval where there is one', () => {
    expect(estimateText(estimate, 'fraction')).toBe('12.3%');
    expect(estimateText({ ...estimate, interval: { low: 0.1, high: 0.15, level: 0.95 } }, 'fraction')).toBe(
      '12.3% (10.0–15.0%)',
    );
    expect(estimateText({ ...estimate, value: 5, interval: { low: -20, high: 30, level: 0.95 } }, 'ms')).toBe(
      '5.0 ms (−20 to 30 ms)',
    );
    expect(estimateText(undefined, 'ms')).toBe('–');
  });
});

describe('countText and audioLengthText', () => {
  it('name what they count', () => {
    expect([countText(1, 'cell'), countText(1200, 'cell'), countText(0, 'cell')]).toEqual([
      '1 cell',
      '1,200 cells',
      '0 cells',
    ]);
    expect([4.26, 42, 600, 7200].map(audioLengthText)).toEqual(['4.3 s', '42 s', '10.0 min', '2.0 h']);
  });
});
