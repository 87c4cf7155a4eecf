import type { Definition } from '../figure-table.ts';

/** What the figures of a comparison mean. */
export const gateDefinitions: readonly Definition[] = [
  {
    id: 'answer',
    title: 'Verdict',
    text:
      'Worse: worse by more than the margin. Not worse: not worse by the margin; better, where there is a difference too. ' +
      'Each is shown at 5%, after Holm’s adjustment for all cells compared. Cannot tell: neither is shown, or a gate found ' +
      'too few of the baseline’s answers again; no sign of equality.',
  },
  {
    id: 'rate',
    title: 'Error rate',
    text:
      'Substitutions, deletions and insertions ÷ words of the references, or characters in languages that are counted so, ' +
      'over the utterances that both answered. Lower is better.',
  },
  {
    id: 'difference',
    title: 'Difference',
    text:
      'Error rate of the candidate − that of the baseline on the same utterances, in percentage points, with its 90% ' +
      'interval from one bootstrap that draws whole speakers (else sessions, sentences or utterances) of both together.',
  },
  {
    id: 'margin',
    title: 'Margin',
    text: 'A difference of fewer points does not matter; a trade-off may have widened it for what the candidate saves.',
  },
  {
    id: 'margin-test',
    title: 'p of “not worse” and of “worse”',
    text:
      'The chance of a difference at least as far on this side of the margin if the truth were on the other one, by ' +
      'inverting the bootstrap interval; adjusted by Holm for all cells compared.',
  },
  {
    id: 'any-difference',
    title: 'p of any difference',
    text:
      'The chance of a difference at least as large either way if the two did not differ, by swapping their answers for ' +
      'whole speakers at random; adjusted by Holm for all cells compared.',
  },
  {
    id: 'pairs',
    title: 'Pairs',
    text: 'Utterances that both answered against the same reference. Only they are compared.',
  },
  {
    id: 'unpaired',
    title: 'Without a partner',
    text: 'Utterances of either side that failed or are missing on the other one, or have another reference there.',
  },
  { id: 'alike', title: 'Transcripts alike', text: 'Pairs in which both wrote the same, before any normalization.' },
  {
    id: 'failed',
    title: 'Failed, missing',
    text: 'Of the candidate’s cell: utterances without an answer after all retries, and those that were never tried.',
  },
  {
    id: 'resampled',
    title: 'Resampled',
    text: 'What the bootstrap draws, and how many of it there are: the fewer, the rougher the interval.',
  },
];
