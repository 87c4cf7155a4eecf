import type { MeasurableRecord } from './metrics/metric.ts';
import { streamFacts, type PartialWords } from './metrics/stream-facts.ts';
import { UserError } from './errors.ts';
import { normalize, normalizerId } from './normalizers/index.ts';
import type { Normalizer } from './normalizers/normalizer.ts';
import { overlayId, overlayLookup } from './overlay.ts';
import { alignTokens, countSteps } from './text/align.ts';
import { parseNotation, readingOf, type Notated } from './text/alternations.ts';
import { countTextErrors, countTokens } from './text/count-tokens.ts';
import { chooseBranches, type Lattice } from './text/lattice.ts';
import { wholePartials } from './text/partials.ts';
import { remember } from './text/remember.ts';
import { tokenize } from './text/tokens.ts';
import { primaryUnitOf } from './text/units.ts';
import type { CharacterUnit, Overlay, ResultRecord, ScoringUnit, ShownPartial, WordTime } from './types.ts';

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
    const hypothesis = record.status === 'failed' || record.text === null ? null : reader.answer(record.text);

    const entry = entryOf(record);
    const notation = entry?.reference ?? record.reference;
    const notated = entry !== null || alternations ? notatedBy(notation, record) : [notation];
    const hasAlternatives = notated.some((part) => typeof part !== 'string');
    const choices =
      hasAlternatives && hypothesis !== null
        ? chooseBranches(
            toLattice(notated, (text) => reader.reference(text).tokens),
            hypothesis.tokens,
          )
        : [];
    const reading = entry === null && !alternations ? notation : readingOf(notated, choices);
    const reference = reader.reference(reading);

    const alignment = hypothesis && alignTokens(reference.tokens, hypothesis.tokens);
    const primary = alignment && countSteps(alignment);
    const otherUnit = primaryUnit === 'word' ? 'character' : 'word';
    const other = hypothesis && countTextErrors(reference.normalized, hypothesis.normalized, otherUnit, characters);
    const otherCount = countTokens(reference.normalized, otherUnit, characters);
    return scoredAs(record, {
      reference: reading,
      normalizer: id,
      overlay: stamp,
      characters,
      notatedReference: hasAlternatives ? notation : null,
      primaryUnit,
      normalizedReference: reference.normalized,
      normalizedHypothesis: hypothesis && hypothesis.normalized,
      word: primaryUnit === 'word' ? primary : other,
      character: primaryUnit === 'character' ? primary : other,
      referenceWordCount: primaryUnit === 'word' ? reference.tokens.length : otherCount,
      referenceCharacterCount: primaryUnit === 'character' ? reference.tokens.length : otherCount,
      alignment,
      stream: hypothesis && streamOf(record, hypothesis.tokens, reference.tokens, reader),
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

/** What is read of a text. */
interface ReadText {
  readonly normalized: string;
  /** In the primary unit. */
  readonly tokens: readonly string[];
}

/** Reads the texts of one language; the three differ in how long what they read is kept. */
interface Reader {
  /** For good: every setting has the same references, and words of them. */
  readonly reference: (text: string) => ReadText;
  /** For the settings that a run tries on a clip one after the other. */
  readonly answer: (text: string) => ReadText;
  /** Not at all. */
  readonly partial: (text: string) => ReadText;
}

/** Answers kept: as many settings as a sweep may have. */
const MOST_ANSWERS = 64;

function readerOf(language: string, unit: ScoringUnit, characters: CharacterUnit, normalizer: Normalizer): Reader {
  const read = (text: string): ReadText => {
    const normalized = normalize(normalizer, text, language);
    return { normalized, tokens: tokenize(normalized, unit, characters) };
  };
  return { reference: remember(read, Infinity), answer: remember(read, MOST_ANSWERS), partial: read };
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

/** What the partials showed; `null` where there are none. */
function streamOf(
  record: ResultRecord,
  hypothesis: readonly string[],
  reference: readonly string[],
  reader: Reader,
): MeasurableRecord['stream'] {
  if (record.partials === null) return null;
  const ends =
    record.referenceWords && wordEnds(reference, record.referenceWords, (word) => reader.reference(word).tokens);
  const partials = partialWords(record.partials, record.text, hypothesis, (text) => reader.partial(text).tokens);
  return streamFacts(partials, ends && { words: reference, ends });
}

/** Most chunks of a stream add nothing, and the last partial is the transcript: neither is normalized again. */
function partialWords(
  partials: readonly ShownPartial[],
  final: string | null,
  finalTokens: readonly string[],
  tokensIn: (text: string) => readonly string[],
): readonly PartialWords[] {
  let last = { text: final, words: finalTokens };
  return wholePartials(partials).map(({ atMs, text }) => {
    if (text === final) last = { text, words: finalTokens };
    else if (text !== last.text) last = { text, words: tokensIn(text) };
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
  referenceWords: readonly WordTime[],
  tokensIn: (word: string) => readonly string[],
): (number | null)[] {
  const timed = referenceWords.flatMap(({ word, endSeconds }) =>
    tokensIn(word).map((part, index, parts) => ({
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
