import { score } from '../score.ts';
import { normalizers, type NormalizerName } from '../normalizers/index.ts';
import type { Cell, ResultRecord } from '../types.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';

export const cell: Cell = {
  language: 'en',
  acceleration: 'none',
  backend: 'local',
  corpus: 'speech',
  languageHint: 'given',
};

/** A record of one answered clip of 10 s sent at once; `text: null` makes it a failure, `''` an empty answer. */
export function record(changed: Partial<ResultRecord> = {}): ResultRecord {
  const merged = { text: 'a b c d', ...changed };
  const failed = merged.text === null;
  return {
    key: `${JSON.stringify(merged.cell ?? cell)} ${merged.utterance ?? 'u'}`,
    cell,
    utterance: 'u',
    status: failed ? 'failed' : merged.text === '' ? 'empty' : 'ok',
    reference: 'a b c d',
    durationSeconds: 10,
    speaker: null,
    session: null,
    sentence: null,
    referenceWords: null,
    attributes: {},
    delivery: failed ? null : 'batch',
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: failed ? null : 500,
    spans: {},
    costUsd: null,
    error: failed ? { kind: 'timeout', message: 'no answer', retryable: true } : null,
    audioSha256: null,
    audioPath: 'u.wav',
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: 0,
    finishedAtMs: 500,
    ...merged,
  };
}

/** Records made of the changes, each of an utterance of its own, scored. */
export function scoredWith(normalizer: NormalizerName, records: readonly Partial<ResultRecord>[]): MeasurableRecord[] {
  return score(
    records.map((changed, i) => record({ utterance: `u${i}`, ...changed })),
    { normalizer: normalizers[normalizer] },
  );
}

/** The same with the default normalizer. */
export function scored(...records: readonly Partial<ResultRecord>[]): MeasurableRecord[] {
  return scoredWith('earshot', records);
}
