import type { SumMetric } from './metric.ts';

/** Unstable partial word ratio. */
export const upwr: SumMetric = {
  kind: 'sums',
  name: 'upwr',
  title: 'Unstable partial words',
  unit: 'ratio',
  better: 'lower',
  description:
    'Words of a partial transcript behind its longest common beginning with the next one, summed over all partials, ' +
    'over words of the final transcripts; growth alone gives 0 (after Shangguan et al., arXiv 2006.01416).',
  missing: 'no stream with partial transcripts',
  timed: false,
  terms: ({ stream }) => stream && [stream.withdrawnWords, stream.finalWords],
  value: ([withdrawn = 0, final = 0]) => (final === 0 ? null : withdrawn / final),
};
