import { compareText } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import { alignTokens, countSteps } from '../text/align.ts';
import { tokenize } from '../text/tokens.ts';
import type { AlignmentStep, Cell, ScoredRecord } from '../types.ts';
import { sum } from '../stats/sum.ts';

/** One clip that two backends answered in the same setting. */
export interface AgreementPair {
  readonly first: ScoredRecord;
  readonly second: ScoredRecord;
  /** Of the second's normalized text against the first's, in the primary unit. */
  readonly alignment: readonly AlignmentStep[];
  readonly errors: number;
  readonly tokens: number;
}

/** How far two backends agree in one setting; the second is held against the first. */
export interface Agreement {
  readonly first: Cell;
  readonly second: Cell;
  /** Most different first. */
  readonly pairs: readonly AgreementPair[];
  /** Σ errors ÷ Σ tokens of the first; `null` where it wrote none. */
  readonly rate: number | null;
  /** Clips by whether both backends recorded that they heard equal samples; unknown where one did not say. */
  readonly samples: { readonly equal: number; readonly different: number; readonly unknown: number };
}

/**
 * Holds what a local and a hosted backend made of the same clips against each other. A reference plays no part: two
 * backends may agree on the same mistake.
 */
export function agreements(records: readonly ScoredRecord[]): readonly Agreement[] {
  const answered = records.filter(({ status }) => status !== 'failed');
  const isHosted = ({ hosted }: ScoredRecord): boolean => hosted !== undefined;
  const settings = groupBy(answered, ({ cell }) =>
    JSON.stringify([cell.corpus, cell.language, cell.acceleration, cell.languageHint]),
  );
  return [...settings.values()].flatMap((group) => {
    const local = [
      ...groupBy(
        group.filter((record) => !isHosted(record)),
        backendOf,
      ).values(),
    ];
    const hosted = [...groupBy(group.filter(isHosted), backendOf).values()];
    return local.flatMap((ours) => hosted.flatMap((theirs) => agreementOf(ours, theirs) ?? []));
  });
}

function backendOf({ cell }: ScoredRecord): string {
  return JSON.stringify([cell.backend, cell.concurrency]);
}

function agreementOf(ours: readonly ScoredRecord[], theirs: readonly ScoredRecord[]): Agreement | null {
  const byUtterance = new Map(theirs.map((record) => [record.utterance, record]));
  const pairs = ours
    .flatMap((first) => {
      const second = byUtterance.get(first.utterance);
      return second === undefined ? [] : [pairOf(first, second)];
    })
    .toSorted(
      (left, right) =>
        right.errors / Math.max(1, right.tokens) - left.errors / Math.max(1, left.tokens) ||
        compareText(left.first.utterance, right.first.utterance),
    );
  const [one] = pairs;
  if (one === undefined) return null;
  const tokens = sum(pairs.map((pair) => pair.tokens));
  const heard = pairs.map(({ first, second }) => {
    if (first.audioSha256 === null || second.audioSha256 === null) return 'unknown';
    return first.audioSha256 === second.audioSha256 ? 'equal' : 'different';
  });
  const count = (kind: string) => heard.filter((each) => each === kind).length;
  return {
    first: one.first.cell,
    second: one.second.cell,
    pairs,
    rate: tokens === 0 ? null : sum(pairs.map(({ errors }) => errors)) / tokens,
    samples: { equal: count('equal'), different: count('different'), unknown: count('unknown') },
  };
}

function pairOf(first: ScoredRecord, second: ScoredRecord): AgreementPair {
  const tokensOf = ({ normalizedHypothesis }: ScoredRecord) => tokenize(normalizedHypothesis ?? '', first.primaryUnit);
  const alignment = alignTokens(tokensOf(first), tokensOf(second));
  const { hits, substitutions, deletions, insertions } = countSteps(alignment);
  return {
    ...{ first, second, alignment },
    errors: substitutions + deletions + insertions,
    tokens: hits + substitutions + deletions,
  };
}
