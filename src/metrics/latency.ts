import type { MeasurableRecord, QuantileMetric } from './metric.ts';
import { isMistimed } from './mistimed.ts';

function latency(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `latency${label}`,
    title: `Latency ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'From the request to the answer (batch) or from the end of the audio to the final transcript (streaming). ' +
      'Negative values are kept: a final transcript may come before the audio ends. The first, cold requests to a host ' +
      'are left out.',
    missing: 'no latency was measured',
    ...timeOfAnswer(quantile, ({ latencyMs, hosted }) => (hosted?.cold ? null : latencyMs)),
  };
}

function timeToAnswer(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `timeToAnswer${label}`,
    title: `Time to success ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'From first trying an utterance to its answer: reading and upload of the clip, waits in the client, failed tries ' +
      'and the waits after them included.',
    missing: 'nothing was answered',
    ...timeOfAnswer(quantile, ({ timeToAnswerMs }) => timeToAnswerMs ?? null),
  };
}

function latencyFromDue(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `latencyFromDue${label}`,
    title: `Latency from the intended start ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'Where requests leave by the clock: from the moment at which one was due to its answer. A sender that falls behind ' +
      'cannot hide the waiting.',
    missing: 'requests did not leave by the clock',
    ...timeOfAnswer(quantile, ({ latencyFromDueMs }) => latencyFromDueMs ?? null),
  };
}

function timeOfAnswer(quantile: number, timeOf: (record: MeasurableRecord) => number | null) {
  return {
    timed: true,
    quantile,
    samplesPerRecord: 'one',
    samples: (record: MeasurableRecord) => {
      const ms = record.status === 'failed' || isMistimed(record) ? null : timeOf(record);
      return ms === null ? [] : [ms];
    },
  } as const;
}

export const latencyP50 = latency(0.5, 'P50');
export const latencyP90 = latency(0.9, 'P90');
export const latencyP95 = latency(0.95, 'P95');
export const latencyP99 = latency(0.99, 'P99');
export const timeToAnswerP50 = timeToAnswer(0.5, 'P50');
export const timeToAnswerP95 = timeToAnswer(0.95, 'P95');
export const latencyFromDueP50 = latencyFromDue(0.5, 'P50');
export const latencyFromDueP95 = latencyFromDue(0.95, 'P95');
export const latencyFromDueP99 = latencyFromDue(0.99, 'P99');
