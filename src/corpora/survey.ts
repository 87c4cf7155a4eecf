import { createHash } from 'node:crypto';
import { decodeAudio } from '../audio/decode-audio.ts';
import { measureClip } from '../audio/measure-clip.ts';
import { UserError } from '../errors.ts';
import { primaryUnitOf } from '../text/units.ts';
import type { Utterance } from '../types.ts';
import { byChannel, type Channels } from './channels.ts';
import type { CorpusRow, OpenCorpus, Rejection } from './corpus.ts';
import { matchLanguages } from './corpus-languages.ts';
import { checkAudioOnce, completeRow } from './complete-row.ts';
import { repeatedId } from './rows.ts';
import { passes, type RowFilter } from './filters.ts';
import { drawSample, everything, type Candidate, type Chosen, type Stratum } from './sample.ts';
import { SeenIds } from './seen-ids.ts';
import { slicesOf } from './slices.ts';

/** What a sweep needs to know of the utterances that it will use in one language. */
export interface LanguageSurvey {
  readonly utterances: number;
  readonly audioSeconds: number;
  /** Each utterance rounded up to whole minutes, as some hosts bill them. */
  readonly wholeMinutes: number;
  /** Words of the references, or characters where error rates are counted in these. */
  readonly referenceTokens: number;
}

export interface CorpusSurvey {
  readonly description: string;
  readonly license: string;
  readonly synthetic: boolean;
  /** By BCP 47 tag; only languages that were asked for and found. */
  readonly languages: ReadonlyMap<string, LanguageSurvey>;
  /** Rows in no language that was asked for, by the tag that they bear: empty where they bear none. A few tags at most. */
  readonly otherTags: ReadonlyMap<string, number>;
  /** Rows that cannot be used; they are in no figure. */
  readonly rejected: { readonly count: number; readonly first: Rejection | null };
  /** Digest over the selected rows, hex. */
  readonly sha256: string;
  /** Streams the selected utterances again, in the corpus's order. */
  selected(): AsyncIterable<Utterance>;
}

export interface SurveyOptions {
  readonly name: string;
  readonly languages: readonly string[];
  /** The language of rows that do not name theirs. */
  readonly defaultLanguage: string | null;
  /** Most utterances per language; the choice depends only on the seed and the ids. */
  readonly limit: number | null;
  readonly seed: number;
  readonly where?: RowFilter;
  readonly stratify?: readonly Stratum[];
  /** By language: the tag of the rows that stand in for it. */
  readonly standIns?: Readonly<Record<string, string>>;
  /** What is heard of recordings with several channels; their mean if absent. */
  readonly channels?: Channels;
  /** Whether selected clips are decoded for slices of loudness, clipping and noise. */
  readonly measure?: boolean;
}

/** A row that is in question, with the language that it would be measured in. */
interface UsableRow extends Candidate {
  readonly row: Extract<CorpusRow, { readonly utterance: unknown }>;
}

/**
 * Reads a corpus, checks that its audio is there, and fixes the selection that every cell will share. Nothing but the
 * ids' fingerprints grows with the corpus.
 */
export async function surveyCorpus(corpus: OpenCorpus, options: SurveyOptions): Promise<CorpusSurvey> {
  const tallies = new Map<string, Tally>();
  const digest = createHash('sha256');
  let count = 0;
  let first: Rejection | null = null;
  const otherTags = new Map<string, number>();
  const counting: PassedOver = {
    reject(rejection) {
      count++;
      first ??= rejection;
    },
    other(tag) {
      if (otherTags.has(tag) || otherTags.size < MOST_OTHER_TAGS) otherTags.set(tag, (otherTags.get(tag) ?? 0) + 1);
    },
  };
  const usable = (passedOver: PassedOver) => usableRows(corpus, options, passedOver);
  const { limit, seed, stratify = [] } = options;
  const chosen =
    limit === null
      ? everything
      : await drawSample((pass) => usable(pass === 'draw' ? counting : uncounted), { limit, seed, stratify });
  for await (const batch of completedRows(usable(limit === null ? counting : uncounted), chosen, options.name)) {
    let rows = '';
    for (const completed of batch) {
      if ('reason' in completed) counting.reject(completed);
      else {
        tally(tallies, completed.utterance);
        rows += digestible(completed.utterance);
      }
    }
    digest.update(rows);
  }
  const { description, license, synthetic } = corpus;
  return {
    description,
    license,
    synthetic,
    languages: tallies,
    otherTags,
    rejected: { count, first },
    sha256: digest.digest('hex'),
    selected: () => selected(completedRows(usable(uncounted), chosen, options.name), options.measure ?? false),
  };
}

interface CompletedRow {
  readonly utterance: Utterance;
  readonly extract?: () => Promise<void>;
}

/** The chosen rows with all that a recognizer needs; ends with the last of them. */
async function* completedRows(
  rows: AsyncIterable<readonly UsableRow[]>,
  chosen: Chosen,
  corpus: string,
): AsyncGenerator<readonly (CompletedRow | Rejection)[]> {
  const problemOf = checkAudioOnce();
  let found = 0;
  for await (const candidates of rows) {
    const batch: (CompletedRow | Rejection)[] = [];
    for (const candidate of candidates) {
      if (!chosen.has(candidate)) continue;
      found++;
      const { row, language } = candidate;
      const pending = completeRow(row, language, `corpus ${corpus}, utterance ${row.utterance.id}`, problemOf);
      // Most rows need no waiting, and a million waits for nothing would take seconds.
      const completed = pending instanceof Promise ? await pending : pending;
      if ('reason' in completed) batch.push(completed);
      else batch.push(row.extract ? { utterance: completed, extract: row.extract } : { utterance: completed });
    }
    yield batch;
    if (found === chosen.size) return;
  }
}

async function* selected(
  rows: AsyncIterable<readonly (CompletedRow | Rejection)[]>,
  measure: boolean,
): AsyncGenerator<Utterance> {
  for await (const batch of rows) {
    for (const row of batch) {
      if ('reason' in row) continue;
      // What cannot be extracted now was there before; decoding will say so of this one utterance.
      await row.extract?.().catch(onlyUserErrors);
      const measured = measure ? await measuresOf(row.utterance) : {};
      const attributes = { ...slicesOf(row.utterance), ...measured, ...row.utterance.attributes };
      yield { ...row.utterance, attributes };
    }
  }
}

/** Audio that cannot be decoded has none; its recognizer will say so. */
async function measuresOf({ audio }: Utterance): Promise<Utterance['attributes']> {
  try {
    const { samples, sampleRate } = await decodeAudio(audio);
    return { ...measureClip(samples, sampleRate) };
  } catch (error) {
    onlyUserErrors(error);
    return {};
  }
}

/** Told of rows that are not in question. */
interface PassedOver {
  reject(rejection: Rejection): void;
  other(tag: string): void;
}

/** Rows are counted when the corpus is read to its end. */
const uncounted: PassedOver = { reject: () => undefined, other: () => undefined };

/** Enough to see what a corpus is in; a column of anything else must not fill memory. */
const MOST_OTHER_TAGS = 10;

/** The rows in question; everything else is rejected or of another language. */
async function* usableRows(
  corpus: OpenCorpus,
  options: SurveyOptions,
  passedOver: PassedOver,
): AsyncGenerator<readonly UsableRow[]> {
  const match = matchLanguages(
    options.languages,
    options.defaultLanguage ?? corpus.language ?? null,
    options.standIns ?? {},
  );
  const filter = options.where ?? {};
  const seen = new SeenIds();
  const problemOf = checkAudioOnce();
  for await (const rows of corpus.rows()) {
    const batch: UsableRow[] = [];
    for (const row of rows) {
      if ('rejection' in row) {
        passedOver.reject(row.rejection);
        continue;
      }
      let { utterance } = row;
      const languages = match(utterance.language);
      if (languages.length === 0) {
        passedOver.other(utterance.language);
        continue;
      }
      if (seen.add(utterance.id)) {
        passedOver.reject(repeatedId(row));
        continue;
      }
      if (utterance.durationSeconds === null && isBySeconds(options)) {
        const subject = `corpus ${options.name}, utterance ${utterance.id}`;
        const completed = await completeRow(row, utterance.language, subject, problemOf);
        if ('reason' in completed) {
          passedOver.reject(completed);
          continue;
        }
        utterance = completed;
      }
      if (passes(utterance, filter)) {
        for (const heard of byChannel(utterance, options.channels ?? 'mix')) {
          for (const language of languages)
            batch.push({ row: { ...row, utterance: heard }, utterance: heard, language });
        }
      }
    }
    yield batch;
  }
}

/** Whether which rows are taken depends on how long they are. */
function isBySeconds({ where = {}, stratify = [] }: SurveyOptions): boolean {
  return where.minSeconds !== undefined || where.maxSeconds !== undefined || stratify.includes('duration');
}

/** Everything of an utterance that a result may depend on, but where its audio lies on this machine. */
export function digestible(utterance: Utterance): string {
  const { id, durationSeconds, language, reference, speaker, session, sentence, words, attributes, audio } = utterance;
  const { offsetSeconds, channel } = audio;
  return JSON.stringify([
    id,
    durationSeconds,
    offsetSeconds,
    language,
    reference,
    speaker,
    session,
    sentence,
    words,
    attributes,
    ...(channel === undefined ? [] : [channel]),
  ]);
}

type Tally = { -readonly [field in keyof LanguageSurvey]: LanguageSurvey[field] };

function tally(tallies: Map<string, Tally>, utterance: Utterance): void {
  let sums = tallies.get(utterance.language);
  if (sums === undefined)
    tallies.set(utterance.language, (sums = { utterances: 0, audioSeconds: 0, wholeMinutes: 0, referenceTokens: 0 }));
  sums.utterances++;
  sums.audioSeconds += utterance.durationSeconds;
  sums.wholeMinutes += Math.ceil(utterance.durationSeconds / 60);
  sums.referenceTokens += countTokens(utterance.reference, utterance.language);
}

/** In the unit that the language's error rate is counted in; of the text as it stands, before any normalizer. */
function countTokens(reference: string, language: string): number {
  return primaryUnitOf(language) === 'word'
    ? (reference.match(/\S+/g) ?? []).length
    : Array.from(reference.replace(/[\s\p{P}]/gu, '')).length;
}

function onlyUserErrors(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}
