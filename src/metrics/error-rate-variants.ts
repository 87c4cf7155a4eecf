import { countErrors } from '../text/align.ts';
import { errorsAcrossCompounds } from '../text/compounds.ts';
import { countErrorsAsSclite } from '../text/sclite.ts';
import { mixedTokens, words } from '../text/tokens.ts';
import { hasSpacedWords } from '../text/units.ts';
import type { ErrorCounts } from '../types.ts';
import type { MeasurableRecord, SumMetric } from './metric.ts';

function variant(
  facts: Pick<SumMetric, 'name' | 'title' | 'description' | 'missing'>,
  terms: (record: MeasurableRecord, hypothesis: string) => readonly number[] | null,
): SumMetric {
  return {
    ...facts,
    kind: 'sums',
    unit: 'fraction',
    better: 'lower',
    timed: false,
    terms: (record) => (record.normalizedHypothesis === null ? null : terms(record, record.normalizedHypothesis)),
    value: ([errors = 0, tokens = 0]) => (tokens === 0 ? null : errors / tokens),
  };
}

const errorsOf = ({ substitutions, deletions, insertions }: ErrorCounts): number =>
  substitutions + deletions + insertions;

/** Word error rate with the alignment costs of NIST's sclite. */
export const werSclite = variant(
  {
    name: 'werSclite',
    title: "Word error rate, sclite's costs",
    description:
      'The word error rate of the alignment that sclite would choose (substitution 4, insertion and deletion 3), for ' +
      'comparison with its figures; seldom higher than the word error rate.',
    missing: 'no reference to score against in words',
  },
  (record, hypothesis) => {
    if (!hasSpacedWords(record.cell.language)) return null;
    const counts = countErrorsAsSclite(words(record.normalizedReference), words(hypothesis));
    return [errorsOf(counts), record.referenceWordCount];
  },
);

/** Word error rate that forgives words written together or apart. */
export const werCompounds = variant(
  {
    name: 'werCompounds',
    title: 'Word error rate, compounds forgiven',
    description: 'The word error rate when up to three words written together or apart count as the same ("some one").',
    missing: 'no reference to score against in words',
  },
  (record) =>
    record.primaryUnit === 'word' && record.alignment !== null
      ? [errorsAcrossCompounds(record.alignment), record.referenceWordCount]
      : null,
);

/** Error rate over words of alphabets and characters of Chinese and Japanese. */
export const mixedErrorRate = variant(
  {
    name: 'mixedErrorRate',
    title: 'Mixed error rate',
    description:
      'Errors over Chinese and Japanese characters and words in other scripts, for speech that switches between ' +
      'languages. Elsewhere called MER, as the match error rate is.',
    missing: 'only for languages without spaces between words',
  },
  (record, hypothesis) => {
    if (hasSpacedWords(record.cell.language)) return null;
    const reference = mixedTokens(record.normalizedReference);
    return [errorsOf(countErrors(reference, mixedTokens(hypothesis))), reference.length];
  },
);
