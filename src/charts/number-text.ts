import type { Estimate } from '../types.ts';

/** How a quantity is written; the same words as a metric's unit. */
export type QuantityUnit = 'fraction' | 'ms' | 'ratio' | 'usd-per-minute' | 'count';

/** Stands for a value that is not known. It is never written as 0. */
export const unknownText = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number in its unit, such as `12.3%`, `184 ms` or `$0.0021`; `–` for `null`. */
export function quantityText(value: number | null, unit: QuantityUnit): string {
  const figure = figureText(value, unit);
  return unit === 'ms' && figure !== unknownText ? `${figure} ms` : figure;
}

/** The same without `ms`, for columns whose head names the unit. */
export function figureText(value: number | null, unit: QuantityUnit): string {
  if (value === null || !Number.isFinite(value)) return unknownText;
  return unit === 'usd-per-minute'
    ? `$${barely(value, unit)}`
    : `${barely(value, unit)}${unit === 'fraction' ? '%' : ''}`;
}

/** Both ends of an estimate's interval, such as `10.1–14.9%`; `null` if it has none. */
export function intervalText(estimate: Estimate, unit: QuantityUnit): string | null {
  const figures = intervalFigures(estimate, unit);
  return unit === 'ms' && figures !== null ? `${figures} ms` : figures;
}

/** The same without `ms`. */
export function intervalFigures({ interval }: Pick<Estimate, 'interval'>, unit: QuantityUnit): string | null {
  if (interval === null) return null;
  const low = barely(interval.low, unit);
  const high = barely(interval.high, unit);
  // A minus sign beside the dash of a range would be misread.
  const range = low.startsWith('−') || high.startsWith('−') ? `${low} to ${high}` : `${low}–${high}`;
  return unit === 'usd-per-minute' ? `$${range}` : `${range}${unit === 'fraction' ? '%' : ''}`;
}

/** A value with its interval, such as `12.3% (10.1–14.9%)`. */
export function estimateText(estimate: Estimate | undefined, unit: QuantityUnit): string {
  if (estimate === undefined) return unknownText;
  const interval = intervalText(estimate, unit);
  const value = quantityText(estimate.value, unit);
  return interval === null ? value : `${value} (${interval})`;
}

/** A difference of rates in percentage points, with its sign, such as `+1.2 points`. */
export function pointsText(difference: number): string {
  const points = (difference * 100).toFixed(1);
  return `${points.startsWith('-') ? `−${points.slice(1)}` : `+${points}`} points`;
}

/** The margin of comparisons, or their range where it is not the same in all, such as `0.5 points`. */
export function marginText(comparisons: readonly { readonly margin: number }[]): string {
  const points = comparisons.map(({ margin }) => margin * 100);
  const [least, most] = [Math.min(...points).toFixed(1), Math.max(...points).toFixed(1)];
  return least === most ? `${least} points` : `${least} to ${most} points, by setting`;
}

/** A length of audio, such as `42 s`, `3.5 min` or `12.1 h`. */
export function audioLengthText(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(1)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** A sum of money, such as `$12.80`, `$0.0043` or `–` where it is not known. */
export function usdText(value: number | null): string {
  if (value === null) return '–';
  return value > 0 && value < 0.0001 ? 'under $0.0001' : `$${value.toFixed(value < 0.1 ? 4 : 2)}`;
}

/** A count with its noun, such as `1 cell` or `1,204 utterances`. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped.format(count)} ${count === 1 ? noun : plural}`;
}

/** With a true minus sign, and none before a zero. */
function barely(value: number, unit: QuantityUnit): string {
  const digits = digitsOf(value, unit);
  if (!digits.startsWith('-')) return digits;
  return /[1-9]/.test(digits) ? `−${digits.slice(1)}` : digits.slice(1);
}

function digitsOf(value: number, unit: QuantityUnit): string {
  switch (unit) {
    case 'fraction':
      return (value * 100).toFixed(1);
    case 'ms':
      return Math.abs(value) < 10 ? value.toFixed(1) : grouped.format(value);
    case 'ratio':
      return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3);
    case 'usd-per-minute':
      return significantText(value);
    case 'count':
      return grouped.format(value);
  }
}

/** Two significant digits and at least cents. */
function significantText(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(2, 1 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toPrecision(2)).toFixed(digits);
}
