import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Utterance } from '../types.ts';
import type { CorpusRow, OpenCorpus, Rejection } from './corpus.ts';
import { matchLanguages } from './corpus-languages.ts';
import { checkAudioOnce, completeRow, type AudioCheck } from './complete-row.ts';
import { passes, type RowFilter } from './filters.ts';
import { drawSample, type Candidate, type Chosen, type Stratum } from './sample.ts';
import { SeenIds } from './seen-ids.ts';

/** What a sweep needs to know of the utterances that it will use in one language. */
export interface LanguageSurvey {
  readonly utterances: number;
  readonly audioSeconds: number;
  /** White-space separated words of the references, or characters where there are no spaces to speak of. */
  readonly referenceTokens: number;
}

export interface CorpusSurvey {
  readonly description: string;
  readonly license: string;
  readonly synthetic: boolean;
  /** By BCP 47 tag; only languages that were asked for and found. */
  readonly languages: ReadonlyMap<string, LanguageSurvey>;
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
  const usable = (reject: (rejection: Rejection) => void) => usableRows(corpus, options, reject);
  const chosen: Chosen =
    options.limit === null
      ? () => true
      : await drawSample(() => usable(ignore), {
          limit: options.limit,
          seed: options.seed,
          stratify: options.stratify ?? [],
        });
  const languages = new Map<string, LanguageSurvey>();
  const digest = createHash('sha256');
  let count = 0;
  let first: Rejection | null = null;
  const reject = (rejection: Rejection) => {
    count++;
    first ??= rejection;
  };
  const problemOf = checkAudioOnce();
  for await (const batch of usable(reject)) {
    for (const candidate of batch) {
      if (!chosen(candidate)) continue;
      const pending = complete(candidate, options.name, problemOf);
      // Most rows need no waiting, and a million waits for nothing would take seconds.
      const completed = pending instanceof Promise ? await pending : pending;
      if ('reason' in completed) reject(completed);
      else {
        tally(languages, completed);
        digest.update(JSON.stringify({ ...completed, audio: undefined }));
      }
    }
  }
  const { description, license, synthetic } = corpus;
  return {
    description,
    license,
    synthetic,
    languages,
    rejected: { count, first },
    sha256: digest.digest('hex'),
    selected: () => selected(usable(ignore), chosen, options.name),
  };
}

async function* selected(
  rows: AsyncIterable<readonly UsableRow[]>,
  chosen: Chosen,
  name: string,
): AsyncGenerator<Utterance> {
  const problemOf = checkAudioOnce();
  for await (const batch of rows) {
    for (const candidate of batch) {
      if (!chosen(candidate)) continue;
      const completed = await complete(candidate, name, problemOf);
      if ('reason' in completed) continue;
      // What cannot be extracted now was there before; decoding will say so of this one utterance.
      await candidate.row.extract?.().catch(onlyUserErrors);
      yield completed;
    }
  }
}

/** The rows in question; everything else is rejected or of another language. */
async function* usableRows(
  corpus: OpenCorpus,
  options: SurveyOptions,
  reject: (rejection: Rejection) => void,
): AsyncGenerator<readonly UsableRow[]> {
  const match = matchLanguages(options.languages, options.defaultLanguage, options.standIns ?? {});
  const filter = options.where ?? {};
  const seen = new SeenIds();
  for await (const rows of corpus.rows()) {
    const batch: UsableRow[] = [];
    for (const row of rows) {
      if ('rejection' in row) {
        reject(row.rejection);
        continue;
      }
      const { where, utterance } = row;
      const languages = match(utterance.language);
      if (languages.length === 0) continue;
      if (seen.add(utterance.id)) {
        reject({ where, reason: `utterance id ${JSON.stringify(utterance.id)} stands on two rows; make ids unique` });
      } else if (passes(utterance, filter)) {
        for (const language of languages) batch.push({ row, utterance, language });
      }
    }
    yield batch;
  }
}

function complete({ row, language }: UsableRow, corpus: string, problemOf: AudioCheck) {
  return completeRow(row, language, `corpus ${corpus}, utterance ${row.utterance.id}`, problemOf);
}

function tally(languages: Map<string, LanguageSurvey>, utterance: Utterance): void {
  const before = languages.get(utterance.language) ?? { utterances: 0, audioSeconds: 0, referenceTokens: 0 };
  languages.set(utterance.language, {
    utterances: before.utterances + 1,
    audioSeconds: before.audioSeconds + utterance.durationSeconds,
    referenceTokens: before.referenceTokens + countTokens(utterance.reference),
  });
}

function countTokens(reference: string): number {
  const words = reference.split(/\s+/).filter(Boolean);
  return words.some((word) => word.length > 15 && /\p{Lo}/u.test(word))
    ? Array.from(reference.replace(/[\s\p{P}]/gu, '')).length
    : words.length;
}

function ignore(): void {
  // Counted when the corpus is read to the end.
}

function onlyUserErrors(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}
