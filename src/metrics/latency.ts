import type { QuantileMetric } from './metric.ts';

function latency(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `latency${label}`,
    title: `Latency ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'From the request to the answer (batch) or from the end of the audio to the final transcript (streaming). ' +
      'Negative values are kept: a final transcript may come before the audio ends.',
    missing: 'no latency was measured',
    timed: true,
    quantile,
    samplesPerRecord: 'one',
    samples: (record) => (record.status === 'failed' || record.latencyMs === null ? [] : [record.latencyMs]),
  };
}

export const latencyP50 = latency(0.5, 'P50');
export const latencyP90 = latency(0.9, 'P90');
export const latencyP95 = latency(0.95, 'P95');
export const latencyP99 = latency(0.99, 'P99');
