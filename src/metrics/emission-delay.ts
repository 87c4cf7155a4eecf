import type { MeasurableRecord, QuantileMetric } from './metric.ts';
import { isMistimed } from './mistimed.ts';

function emissionDelays(record: MeasurableRecord): readonly number[] {
  return record.delivery === 'batch' || isMistimed(record) ? [] : (record.stream?.emissionDelaysMs ?? []);
}

function emissionDelay(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `emissionDelay${label}`,
    title: `Emission delay ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'Per correctly recognized word: from its end in the audio to when it was first shown and then stayed ' +
      '(FastEmit, arXiv 2010.11148). Negative values are kept: a word may be shown before it is over.',
    missing: 'needs partial transcripts and the times of the reference words',
    timed: true,
    quantile,
    samplesPerRecord: 'many',
    samples: emissionDelays,
  };
}

export const emissionDelayP50 = emissionDelay(0.5, 'P50');
export const emissionDelayP90 = emissionDelay(0.9, 'P90');
