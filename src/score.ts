import type { MeasurableRecord } from './metrics/metric.ts';
import { normalize, normalizerId } from './normalizers/index.ts';
import type { Normalizer } from './normalizers/normalizer.ts';
import { alignTokens, countErrors, countSteps } from './text/align.ts';
import { tokenize, words } from './text/tokens.ts';
import { primaryUnitOf } from './text/units.ts';
import type { AlignmentStep, ResultRecord, ScoringUnit } from './types.ts';

/** How to score. */
export interface ScoreOptions {
  readonly normalizer: Normalizer;
  /** Overrides the unit that each language is counted in. */
  readonly unit?: ScoringUnit;
}

/**
 * Scores records: normalizes both sides by the cell's language, aligns them, and counts errors in words and
 * characters. A failed record keeps `null` counts; an empty transcript is a result, all deletions.
 */
export function score(records: readonly ResultRecord[], { normalizer, unit }: ScoreOptions): MeasurableRecord[] {
  const id = normalizerId(normalizer);
  return records.map((record) => {
    const { language } = record.cell;
    const normalized = (text: string): string => normalize(normalizer, text, language);
    const primaryUnit = unit ?? primaryUnitOf(language);
    const otherUnit = primaryUnit === 'word' ? 'character' : 'word';
    const reference = normalized(record.reference);
    const text = record.status === 'failed' ? null : record.text;
    const hypothesis = text === null ? null : normalized(text);
    const alignment: AlignmentStep[] | null =
      hypothesis === null ? null : alignTokens(tokenize(reference, primaryUnit), tokenize(hypothesis, primaryUnit));
    const primary = alignment && countSteps(alignment);
    const other =
      hypothesis === null ? null : countErrors(tokenize(reference, otherUnit), tokenize(hypothesis, otherUnit));
    return {
      ...record,
      normalizer: id,
      primaryUnit,
      normalizedReference: reference,
      normalizedHypothesis: hypothesis,
      word: primaryUnit === 'word' ? primary : other,
      character: primaryUnit === 'character' ? primary : other,
      referenceWordCount: words(reference).length,
      referenceCharacterCount: tokenize(reference, 'character').length,
      alignment,
      partialWords:
        hypothesis === null || record.partials === null
          ? null
          : record.partials.map((partial) => ({
              atMs: partial.atMs,
              words: tokenize(normalized(partial.text), primaryUnit),
            })),
      referenceWordEnds: wordEnds(tokenize(reference, primaryUnit), record, (word) =>
        tokenize(normalized(word), primaryUnit),
      ),
    };
  });
}

/**
 * The ends of the normalized reference's words (characters, where these are the primary unit). Normalizing a word by itself may give another result than normalizing
 * it in its sentence ("twenty one" → "21"), so times pass only through words that both have in common.
 */
function wordEnds(
  reference: readonly string[],
  { referenceWords }: ResultRecord,
  tokensOf: (word: string) => readonly string[],
): (number | null)[] | null {
  if (referenceWords === null) return null;
  const timed = referenceWords.flatMap(({ word, endSeconds }) =>
    tokensOf(word).map((part, index, parts) => ({
      part,
      // Only the last part of a word that falls apart ends where the word does.
      endSeconds: index === parts.length - 1 ? endSeconds : null,
    })),
  );
  const ends: (number | null)[] = [];
  let index = 0;
  for (const step of alignTokens(
    reference,
    timed.map(({ part }) => part),
  )) {
    if (step.operation !== 'insertion') ends.push(step.operation === 'hit' ? timed[index]!.endSeconds : null);
    if (step.operation !== 'deletion') index++;
  }
  return ends;
}
