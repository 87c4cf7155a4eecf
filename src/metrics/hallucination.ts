import { flagHallucinations } from '../analysis/flag-hallucinations.ts';
import type { SumMetric } from './metric.ts';

/** Answers that look made up over all answers. */
export const hallucinationRate: SumMetric = {
  kind: 'sums',
  name: 'hallucinationRate',
  title: 'Answers that look made up',
  unit: 'fraction',
  better: 'lower',
  description:
    'Share of the answered utterances with a sign of hallucination: text on silence, much more text than was spoken, ' +
    'repeated phrases, text that compresses too well, or another script.',
  missing: 'no answered utterance',
  timed: false,
  terms: (record) => (record.status === 'failed' ? null : [flagHallucinations(record).length > 0 ? 1 : 0, 1]),
  value: ([flagged = 0, answered = 0]) => (answered === 0 ? null : flagged / answered),
};
