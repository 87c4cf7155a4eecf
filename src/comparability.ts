import type { ComparableRecord } from './compare.ts';
import { UserError } from './errors.ts';

/**
 * Makes sure that two sets of records can be held against each other.
 * @throws UserError that says why not: another normalizer, no common speech, or changed references.
 */
export function refuseIncomparable(
  baseline: readonly ComparableRecord[],
  candidate: readonly ComparableRecord[],
  names: { readonly baseline: string; readonly candidate: string },
): void {
  const [was, is] = [baseline, candidate].map((records) => [...new Set(records.map(({ normalizer }) => normalizer))]);
  if (was!.join() !== is!.join()) {
    throw new UserError(
      `${names.baseline} was scored with the normalizer ${was!.join(', ')} and ${names.candidate} with ${is!.join(', ')}; ` +
        'give both the same one, or write the baseline again',
    );
  }
  const known = new Set(baseline.map(utteranceId));
  if (!candidate.some((record) => known.has(utteranceId(record)))) {
    throw new UserError(
      `${names.candidate} (${speechText(candidate)}) and ${names.baseline} (${speechText(baseline)}) have no utterance in ` +
        'common; compare runs over the same corpus and languages',
    );
  }
  const changed = changedReferences(baseline, candidate);
  if (changed.length > 0) {
    throw new UserError(
      `the references of ${changed.length} utterances changed since ${names.baseline}, such as that of ${changed[0]!}; measure ` +
        'both on the same corpus, or write the baseline again',
    );
  }
}

/** Utterances that both sides have, with another reference. */
export function changedReferences(
  baseline: readonly ComparableRecord[],
  candidate: readonly ComparableRecord[],
): readonly string[] {
  const references = new Map(baseline.map((record) => [utteranceId(record), record.reference]));
  const changed = candidate.filter((record) => {
    const before = references.get(utteranceId(record));
    return before !== undefined && before !== record.reference;
  });
  return [...new Set(changed.map(({ utterance }) => utterance))];
}

function utteranceId({ cell, utterance }: ComparableRecord): string {
  return JSON.stringify([cell.corpus, cell.language, utterance]);
}

function speechText(records: readonly ComparableRecord[]): string {
  return [...new Set(records.map(({ cell }) => `${cell.corpus} ${cell.language}`))].slice(0, 4).join(', ') || 'nothing';
}
