import type { Estimate } from '../types.ts';

/** How a quantity is written; the same words as a metric's unit. */
export type QuantityUnit = 'fraction' | 'ms' | 'ratio' | 'usd-per-minute' | 'count';

/** Stands for a value that is not known. It is never written as 0. */
export const unknownText = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number in its unit, such as `12.3%`, `184 ms` or `$0.0021`; `–` for `null`. */
export function quantityText(value: number | null, unit: QuantityUnit): string {
  if (value === null || !Number.isFinite(value)) return unknownText;
  switch (unit) {
    case 'fraction':
      return `${(value * 100).toFixed(1)}%`;
    case 'ms':
      return `${millisecondsText(value)} ms`;
    case 'ratio':
      return ratioText(value);
    case 'usd-per-minute':
      return `$${significantText(value)}`;
    case 'count':
      return grouped.format(value);
  }
}

/** Both ends of an estimate's interval, such as `10.1–14.9%`; `null` if it has none. */
export function intervalText(estimate: Estimate, unit: QuantityUnit): string | null {
  if (estimate.interval === null) return null;
  const { low, high } = estimate.interval;
  switch (unit) {
    case 'fraction':
      return `${rangeText((low * 100).toFixed(1), (high * 100).toFixed(1))}%`;
    case 'ms':
      return `${rangeText(millisecondsText(low), millisecondsText(high))} ms`;
    case 'ratio':
      return rangeText(ratioText(low), ratioText(high));
    case 'usd-per-minute':
      return `$${rangeText(significantText(low), significantText(high))}`;
    case 'count':
      return rangeText(grouped.format(low), grouped.format(high));
  }
}

/** A value with its interval, such as `12.3% (10.1–14.9%)`. */
export function estimateText(estimate: Estimate | undefined, unit: QuantityUnit): string {
  if (estimate === undefined) return unknownText;
  const interval = intervalText(estimate, unit);
  const value = quantityText(estimate.value, unit);
  return interval === null ? value : `${value} (${interval})`;
}

/** A length of audio, such as `42 s`, `3.5 min` or `12.1 h`. */
export function audioLengthText(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(1)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** A count with its noun, such as `1 cell` or `1,204 utterances`. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped.format(count)} ${count === 1 ? noun : plural}`;
}

// A minus sign beside the dash of a range would be misread.
function rangeText(low: string, high: string): string {
  return low.startsWith('-') || high.startsWith('-') ? `${low} to ${high}` : `${low}–${high}`;
}

function millisecondsText(milliseconds: number): string {
  return Math.abs(milliseconds) < 10 ? milliseconds.toFixed(1) : grouped.format(milliseconds);
}

function ratioText(ratio: number): string {
  return Math.abs(ratio) >= 10 ? ratio.toFixed(1) : Math.abs(ratio) >= 1 ? ratio.toFixed(2) : ratio.toFixed(3);
}

function significantText(value: number): string {
  return value === 0
    ? '0'
    : Number(value.toPrecision(2)).toFixed(Math.max(2, 1 - Math.floor(Math.log10(Math.abs(value)))));
}
