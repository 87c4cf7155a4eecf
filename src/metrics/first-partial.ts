import type { QuantileMetric } from './metric.ts';
import { isMistimed } from './mistimed.ts';

function firstPartial(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `firstPartial${label}`,
    title: `First text ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'To the first text shown that is not empty: from the start of the audio where it came in chunks as it was spoken, ' +
      'from the request where the whole clip was given at once. It includes the silence before the first word, so ' +
      'compare it on equal clips only.',
    missing: 'no stream with partial transcripts',
    timed: true,
    quantile,
    samplesPerRecord: 'one',
    samples: (record) => {
      const atMs = isMistimed(record) ? null : (record.stream?.firstTextAtMs ?? null);
      return atMs === null ? [] : [atMs];
    },
  };
}

export const firstPartialP50 = firstPartial(0.5, 'P50');
export const firstPartialP95 = firstPartial(0.95, 'P95');
