import type { MeasurableRecord, PartialWords } from './metrics/metric.ts';
import { UserError } from './errors.ts';
import { normalize, normalizerId } from './normalizers/index.ts';
import type { Normalizer } from './normalizers/normalizer.ts';
import { overlayId, overlayLookup } from './overlay.ts';
import { alignTokens, countErrors, countSteps } from './text/align.ts';
import { parseNotation, readingOf, type Notated } from './text/alternations.ts';
import { chooseBranches, type Lattice } from './text/lattice.ts';
import { wholePartials } from './text/partials.ts';
import { remember } from './text/remember.ts';
import { tokenize } from './text/tokens.ts';
import { primaryUnitOf } from './text/units.ts';
import type { CharacterUnit, Overlay, ResultRecord, ScoringUnit } from './types.ts';

/** How to score. */
export interface ScoreOptions {
  readonly normalizer: Normalizer;
  /** Overrides the unit that each language is counted in. */
  readonly unit?: ScoringUnit;
  /** What the character error rate counts; code points when left out. */
  readonly characters?: CharacterUnit;
  /** Whether references are in NIST's notation: `{a / b / @}` and `(uh)`. */
  readonly alternations?: boolean;
  /** References to score against instead of the corpus's own, in that notation. */
  readonly overlay?: Overlay | null;
}

/**
 * Scores records: normalizes both sides by the cell's language, aligns them, and counts errors in words and
 * characters. A failed record keeps `null` counts; an empty transcript is a result, all deletions.
 *
 * Of a reference with alternatives the reading with fewest errors in the primary unit is scored; the reference's
 * length is that of the reading.
 *
 * @throws UserError for a reference whose notation is broken.
 */
export function score(records: readonly ResultRecord[], options: ScoreOptions): MeasurableRecord[] {
  const { normalizer, unit, characters = 'code-point', alternations = false, overlay = null } = options;
  const id = normalizerId(normalizer);
  const stamp = overlay && overlayId(overlay);
  const entryOf = overlayLookup(overlay);
  const readers = new Map<string, Reader>();
  return records.map((record) => {
    const { language } = record.cell;
    const primaryUnit = unit ?? primaryUnitOf(language);
    const reader = readers.get(language) ?? readerOf(language, primaryUnit, characters, normalizer);
    readers.set(language, reader);
    const { normalized, tokensOf } = reader;
    const hypothesis = record.status === 'failed' || record.text === null ? null : normalized(record.text);
    const hypothesisTokens = hypothesis === null ? null : tokensOf(hypothesis);

    const entry = entryOf(record);
    const notation = entry?.reference ?? record.reference;
    const notated = entry !== null || alternations ? notatedBy(notation, record) : [notation];
    const hasAlternatives = notated.some((part) => typeof part !== 'string');
    const choices =
      hasAlternatives && hypothesisTokens !== null
        ? chooseBranches(
            toLattice(notated, (text) => tokensOf(normalized(text))),
            hypothesisTokens,
          )
        : [];
    const reading = entry === null && !alternations ? notation : readingOf(notated, choices);
    const reference = normalized(reading);
    const referenceTokens = tokensOf(reference);

    const alignment = hypothesisTokens && alignTokens(referenceTokens, hypothesisTokens);
    const primary = alignment && countSteps(alignment);
    const otherUnit = primaryUnit === 'word' ? 'character' : 'word';
    const otherReference = tokenize(reference, otherUnit, characters);
    const other = hypothesis === null ? null : countErrors(otherReference, tokenize(hypothesis, otherUnit, characters));
    return scoredAs(record, {
      reference: reading,
      normalizer: id,
      overlay: stamp,
      characters,
      notatedReference: hasAlternatives ? notation : null,
      primaryUnit,
      normalizedReference: reference,
      normalizedHypothesis: hypothesis,
      word: primaryUnit === 'word' ? primary : other,
      character: primaryUnit === 'character' ? primary : other,
      referenceWordCount: (primaryUnit === 'word' ? referenceTokens : otherReference).length,
      referenceCharacterCount: (primaryUnit === 'character' ? referenceTokens : otherReference).length,
      alignment,
      partialWords: hypothesisTokens && partialWords(record, hypothesisTokens, (text) => tokensOf(normalized(text))),
      referenceWordEnds: wordEnds(referenceTokens, record, (word) => tokensOf(normalized(word))),
    });
  });
}

/**
 * The record with what scoring found. What is the same in all comes first: V8 gives every record that is spread into a
 * literal a hidden class of its own, which made a hundred thousand of them cost twice the time and memory.
 */
function scoredAs(record: ResultRecord, found: Found): MeasurableRecord {
  return Object.assign(found, record, { reference: found.reference });
}

/** What scoring adds to a record, and the reading that it was scored against. */
type Found = Omit<MeasurableRecord, Exclude<keyof ResultRecord, 'reference'>>;

/** What texts of one language become. The settings of a clip have most of its texts in common. */
interface Reader {
  readonly normalized: (text: string) => string;
  /** Of normalized text, in the primary unit. */
  readonly tokensOf: (text: string) => readonly string[];
}

function readerOf(language: string, unit: ScoringUnit, characters: CharacterUnit, normalizer: Normalizer): Reader {
  // A frequent word is kept once, not as often as it was said.
  const shared = remember((token) => token, 65_536);
  return {
    normalized: remember((text) => normalize(normalizer, text, language)),
    tokensOf: remember((text) => tokenize(text, unit, characters).map(shared)),
  };
}

function notatedBy(notation: string, { utterance }: ResultRecord): Notated {
  try {
    return parseNotation(notation);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`the reference of utterance ${utterance}: ${error.message}`);
  }
}

function toLattice(notated: Notated, tokensOf: (text: string) => readonly string[]): Lattice {
  return notated.map((part) =>
    typeof part === 'string'
      ? tokensOf(part)
      : { branches: part.branches.map((branch) => toLattice(branch, tokensOf)) },
  );
}

/** Most chunks of a stream add nothing, and the last partial is the transcript: neither is normalized again. */
function partialWords(
  { partials, text: final }: ResultRecord,
  finalTokens: readonly string[],
  tokensOf: (text: string) => readonly string[],
): readonly PartialWords[] | null {
  if (partials === null) return null;
  let last = { text: final, words: finalTokens };
  return wholePartials(partials).map(({ atMs, text }) => {
    if (text === final) last = { text, words: finalTokens };
    else if (text !== last.text) last = { text, words: tokensOf(text) };
    return { atMs, words: last.words };
  });
}

/**
 * The ends of the normalized reference's words (characters, where these are the primary unit). Normalizing a word by
 * itself may give another result than normalizing it in its sentence ("twenty one" → "21"), so times pass only through
 * words that both have in common.
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
