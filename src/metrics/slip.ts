import type { QuantileMetric } from './metric.ts';

function slip(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `slip${label}`,
    title: `Slip ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'Most that a stream in real time was fed late, the work of the recognizer aside. Streams that slipped by more than ' +
      'a chunk have no latencies.',
    missing: 'no stream in real time',
    timed: true,
    quantile,
    samplesPerRecord: 'one',
    samples: ({ pacing }) => (pacing === undefined ? [] : [pacing.slipMs]),
  };
}

export const slipP50 = slip(0.5, 'P50');
export const slipP99 = slip(0.99, 'P99');
