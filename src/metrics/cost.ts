import type { SumMetric } from './metric.ts';

/** Cost of a minute of audio. */
export const costPerMinuteUsd: SumMetric = {
  kind: 'sums',
  name: 'costPerMinuteUsd',
  title: 'Cost per audio minute',
  unit: 'usd-per-minute',
  better: 'lower',
  description:
    'Σ cost ÷ Σ audio minutes over answered utterances, from billed units or the price of the machine. Unknown as ' +
    'soon as the cost of one answer is.',
  missing: 'the cost of at least one answer is unknown',
  timed: false,
  terms: ({ status, costUsd, durationSeconds }) =>
    status === 'failed' ? null : [costUsd ?? 0, durationSeconds / 60, costUsd === null ? 1 : 0],
  value: ([usd = 0, minutes = 0, unknown = 0]) => (unknown > 0 || minutes === 0 ? null : usd / minutes),
};
