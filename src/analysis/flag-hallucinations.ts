import { tokenize } from '../text/tokens.ts';
import type { ScoredRecord } from '../types.ts';
import type { HallucinationFlag } from './analysis.ts';
import { hallucinations } from './hallucinations/index.ts';

/** Characters of a text as written that are looked at: a runaway transcript shows itself long before. */
const MOST_CHARACTERS = 10_000;

const known = new WeakMap<ScoredRecord, readonly HallucinationFlag[]>();

/** Every sign of hallucination that an answer shows; none for a failure. */
export function flagHallucinations(record: ScoredRecord): readonly HallucinationFlag[] {
  const flags = known.get(record) ?? findFlags(record);
  known.set(record, flags);
  return flags;
}

function findFlags({
  cell: { language },
  text,
  reference,
  normalizedReference,
  normalizedHypothesis,
  primaryUnit,
  characters,
}: ScoredRecord): readonly HallucinationFlag[] {
  if (text === null || normalizedHypothesis === null || normalizedHypothesis === '') return [];
  const answer = {
    language,
    text: text.slice(0, MOST_CHARACTERS),
    reference: reference.slice(0, MOST_CHARACTERS),
    tokens: tokenize(normalizedHypothesis, primaryUnit, characters),
    referenceTokens: tokenize(normalizedReference, primaryUnit, characters),
    unit: primaryUnit,
  };
  return hallucinations.flatMap((hallucination) => {
    const reason = hallucination.find(answer);
    return reason === null ? [] : { kind: hallucination.kind, reason };
  });
}
