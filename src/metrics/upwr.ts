import type { SumMetric } from './metric.ts';

function commonPrefixLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

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
  terms: ({ partialWords }) => {
    const final = partialWords?.at(-1);
    if (partialWords === null || final === undefined) return null;
    let withdrawn = 0;
    for (let k = 0; k + 1 < partialWords.length; k++) {
      const shown = partialWords[k]!.words;
      withdrawn += shown.length - commonPrefixLength(shown, partialWords[k + 1]!.words);
    }
    return [withdrawn, final.words.length];
  },
  value: ([withdrawn = 0, final = 0]) => (final === 0 ? null : withdrawn / final),
};
