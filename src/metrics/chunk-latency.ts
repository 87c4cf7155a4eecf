import type { QuantileMetric } from './metric.ts';
import { isMistimed } from './mistimed.ts';

function chunkLatency(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `chunkLatency${label}`,
    title: `Chunk latency ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'Per chunk of a stream: from when its last sample was spoken to its result, waiting for earlier chunks and other ' +
      'streams included.',
    missing: 'no stream whose chunks were timed',
    timed: true,
    quantile,
    samplesPerRecord: 'many',
    samples: (record) => (record.status === 'failed' || isMistimed(record) ? [] : (record.chunkLatenciesMs ?? [])),
  };
}

export const chunkLatencyP50 = chunkLatency(0.5, 'P50');
export const chunkLatencyP99 = chunkLatency(0.99, 'P99');
