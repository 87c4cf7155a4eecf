import type { ScoredRecord } from '../types.ts';
import type { CellMetric, MeasurableRecord, QuantileMetric, SumMetric } from './metric.ts';

/**
 * Seconds until one answer: the whole request for a clip sent at once, recognition alone for a stream, whose latency says
 * nothing about work. `null` when unknown or failed.
 */
export function answerSeconds(record: ScoredRecord): number | null {
  if (record.status === 'failed' || record.delivery === null) return null;
  const milliseconds = record.delivery === 'batch' ? record.latencyMs : record.spans.inferenceMs;
  return milliseconds == null ? null : milliseconds / 1000;
}

/** The same without a first request, which meets cold connections and perhaps a cold runner. */
function processingSeconds(record: MeasurableRecord): number | null {
  return record.hosted?.cold ? null : answerSeconds(record);
}

function timeAndAudio(record: MeasurableRecord): readonly number[] | null {
  const seconds = processingSeconds(record);
  return seconds === null ? null : [seconds, record.durationSeconds];
}

const FACTS = { unit: 'ratio', missing: 'no processing time was measured', timed: true } as const;

/** Processing time over audio time. */
export const rtf: SumMetric = {
  ...FACTS,
  kind: 'sums',
  name: 'rtf',
  title: 'Real-time factor',
  better: 'lower',
  description:
    'Σ processing time ÷ Σ audio time over answered utterances. Processing time is the request from sending to the ' +
    'answer (batch) or the recognition alone (streaming). Below 1 is faster than real time.',
  terms: timeAndAudio,
  value: ([seconds = 0, audio = 0]) => (audio === 0 ? null : seconds / audio),
};

/** Audio time over processing time. */
export const rtfxSerial: SumMetric = {
  ...FACTS,
  kind: 'sums',
  name: 'rtfxSerial',
  title: 'Speed, one at a time',
  better: 'higher',
  description:
    'Σ audio time ÷ Σ processing time: seconds of audio per second of processing, as if requests followed each other.',
  terms: timeAndAudio,
  value: ([seconds = 0, audio = 0]) => (seconds === 0 ? null : audio / seconds),
};

/** Audio time over the time that the host says recognition took. */
export const rtfxServer: SumMetric = {
  ...FACTS,
  kind: 'sums',
  name: 'rtfxServer',
  title: 'Speed, recognition alone',
  better: 'higher',
  description: 'Σ audio time ÷ Σ recognition time, measured locally or as the host reports it.',
  missing: 'the backend reports no recognition time',
  terms: (record) => {
    const milliseconds = record.spans.inferenceMs;
    return record.status === 'failed' || milliseconds === undefined
      ? null
      : [milliseconds / 1000, record.durationSeconds];
  },
  value: ([seconds = 0, audio = 0]) => (seconds === 0 ? null : audio / seconds),
};

function requestQuantile(quantile: number, label: string): QuantileMetric {
  return {
    ...FACTS,
    kind: 'quantile',
    name: `rtfRequest${label}`,
    title: `Real-time factor per request ${label.toLowerCase()}`,
    better: 'lower',
    description: 'Processing time ÷ audio time of each request; short clips weigh as much as long ones.',
    quantile,
    samplesPerRecord: 'one',
    samples: (record) => {
      const seconds = processingSeconds(record);
      return seconds === null || record.durationSeconds === 0 ? [] : [seconds / record.durationSeconds];
    },
  };
}

export const rtfRequestP50 = requestQuantile(0.5, 'P50');
export const rtfRequestP95 = requestQuantile(0.95, 'P95');

/** Milliseconds in which at least one of the records was in flight, stretch by stretch. */
function busyMs(records: readonly MeasurableRecord[]): number {
  const inOrder = [...records].sort((a, b) => a.stretch - b.stretch || a.startedAtMs - b.startedAtMs);
  let busy = 0;
  let stretch: number | null = null;
  let end = 0;
  for (const record of inOrder) {
    if (record.stretch !== stretch) {
      stretch = record.stretch;
      end = record.startedAtMs;
    }
    busy += Math.max(0, record.finishedAtMs - Math.max(end, record.startedAtMs));
    end = Math.max(end, record.finishedAtMs);
  }
  return busy;
}

/** Audio time over the time in which requests were in flight. */
export const rtfxThroughput: CellMetric = {
  ...FACTS,
  kind: 'cell',
  name: 'rtfxThroughput',
  title: 'Throughput',
  better: 'higher',
  description:
    'Seconds of answered audio per second in which at least one request of the cell was in flight, failed ones ' +
    'included: what the chosen concurrency achieves.',
  missing: 'nothing was answered, or audio was fed at the pace of real time',
  value: (records) => {
    const answered = records.filter((record) => record.status !== 'failed');
    // Fed at its own pace, audio takes its own time: the ratio would be 1 by construction.
    if (answered.length === 0 || answered.some((record) => record.delivery === 'streaming-real')) return null;
    const busy = busyMs(records);
    return busy === 0 ? null : answered.reduce((sum, record) => sum + record.durationSeconds, 0) / (busy / 1000);
  },
};
