import type { CellMetric, SumMetric } from './metric.ts';

/** Failed attempts over all attempts. */
export const failureRate: SumMetric = {
  kind: 'sums',
  name: 'failureRate',
  title: 'Failures',
  unit: 'fraction',
  better: 'lower',
  description: 'Share of the tried utterances to which the backend gave no answer.',
  missing: 'nothing was tried',
  timed: false,
  terms: (record) => [record.status === 'failed' ? 1 : 0, 1],
  value: ([failed = 0, tried = 0]) => (tried === 0 ? null : failed / tried),
};

/** Empty transcripts over all answers. */
export const emptyRate: SumMetric = {
  kind: 'sums',
  name: 'emptyRate',
  title: 'Empty answers',
  unit: 'fraction',
  better: 'lower',
  description: 'Share of the answered utterances whose transcript is empty; such an answer counts as all deletions.',
  missing: 'no answered utterance',
  timed: false,
  terms: (record) => (record.status === 'failed' ? null : [record.status === 'empty' ? 1 : 0, 1]),
  value: ([empty = 0, answered = 0]) => (answered === 0 ? null : empty / answered),
};

/** Answered over planned utterances. */
export const coverage: CellMetric = {
  kind: 'cell',
  name: 'coverage',
  title: 'Coverage',
  unit: 'fraction',
  better: 'higher',
  description: 'Share of the planned utterances that were answered: neither failed nor missing.',
  missing: 'nothing was planned',
  timed: false,
  value: (records, plannedUtterances) =>
    plannedUtterances === 0 ? null : records.filter((record) => record.status !== 'failed').length / plannedUtterances,
};
