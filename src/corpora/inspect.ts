import { extname } from 'node:path';
import type { Utterance } from '../types.ts';
import { headerOfFile, type AudioHeader } from '../audio/audio-header.ts';
import { checkAudioOnce, completeRow } from './complete-row.ts';
import type { OpenCorpus, Rejection } from './corpus.ts';
import { SeenIds } from './seen-ids.ts';

/** What lies in a corpus. */
export interface Inspection {
  readonly rows: number;
  readonly rejected: number;
  readonly utterances: number;
  readonly audioSeconds: number;
  readonly speakers: number;
  /** Usable utterances and their seconds by the tag that rows bear; an empty tag is none. */
  readonly languages: ReadonlyMap<string, { readonly utterances: number; readonly audioSeconds: number }>;
  /** Files that are called what they are not. They are read by what they are. */
  readonly mislabeled: { readonly count: number; readonly first: string | null };
}

/** Endings that say what is inside. */
const formatsByExtension: Readonly<Record<string, string>> = {
  '.wav': 'WAV',
  '.flac': 'FLAC',
  '.mp3': 'MP3',
  '.ogg': 'Ogg',
  '.opus': 'Ogg',
  '.m4a': 'MP4',
  '.aiff': 'AIFF',
  '.webm': 'WebM',
  '.sph': 'SPHERE',
};

/** A manifest rounds; more than this is another recording or another unit. */
const TOLERATED_SECONDS = 0.5;

/**
 * Reads a whole corpus with the headers of its audio files, and tells of every row that cannot be used.
 * Memory does not grow with the corpus but for fingerprints.
 */
export async function inspectCorpus(
  corpus: OpenCorpus,
  name: string,
  onRejection: (rejection: Rejection) => void,
): Promise<Inspection> {
  const sums = { rows: 0, rejected: 0, utterances: 0, audioSeconds: 0, speakers: 0 };
  const languages = new Map<string, { utterances: number; audioSeconds: number }>();
  const mislabeled: { count: number; first: string | null } = { count: 0, first: null };
  const [ids, speakers, mislabeledPaths] = [new SeenIds(), new SeenIds(), new SeenIds()];
  const problemOf = checkAudioOnce();
  const reject = (rejection: Rejection) => {
    sums.rejected++;
    onRejection(rejection);
  };
  const take = (utterance: Utterance) => {
    sums.utterances++;
    sums.audioSeconds += utterance.durationSeconds;
    if (utterance.speaker !== null && !speakers.add(utterance.speaker)) sums.speakers++;
    const language = languages.get(utterance.language) ?? { utterances: 0, audioSeconds: 0 };
    language.utterances++;
    language.audioSeconds += utterance.durationSeconds;
    languages.set(utterance.language, language);
  };
  for await (const rows of corpus.rows()) {
    for (const row of rows) {
      sums.rows++;
      if ('rejection' in row) {
        reject(row.rejection);
        continue;
      }
      const { where, utterance } = row;
      if (ids.add(utterance.id)) {
        reject({ where, reason: `utterance id ${JSON.stringify(utterance.id)} stands on two rows; make ids unique` });
        continue;
      }
      const subject = `corpus ${name}, utterance ${utterance.id}`;
      const completed = await completeRow(row, utterance.language, subject, problemOf);
      if ('reason' in completed) {
        reject(completed);
        continue;
      }
      const found = row.extract === undefined ? lookInside(completed) : { problem: null, isMislabeled: false };
      if (found.problem !== null) reject({ where, reason: `${subject}: ${found.problem}` });
      else take(completed);
      if (found.isMislabeled && !mislabeledPaths.add(completed.audio.path)) {
        mislabeled.count++;
        mislabeled.first ??= completed.audio.path;
      }
    }
  }
  return { ...sums, languages, mislabeled };
}

function lookInside(utterance: Utterance): { readonly problem: string | null; readonly isMislabeled: boolean } {
  const { path } = utterance.audio;
  const expected = formatsByExtension[extname(path).toLowerCase()];
  let header: AudioHeader | null;
  try {
    header = headerOfFile(path);
  } catch (error) {
    return { problem: `${path} cannot be read (${(error as Error).message}); mend it`, isMislabeled: false };
  }
  if (header === null) {
    // Raw samples and rare formats have no beginning that is known; a decoder may still read them.
    const problem =
      expected === undefined ? null : `${path} is no audio, though it is called so; fetch or record it again`;
    return { problem, isMislabeled: false };
  }
  const isMislabeled = expected !== undefined && expected !== header.format;
  const problem =
    header.problem === null ? problemOfLength(utterance, header.seconds) : `${path} ${header.problem}; fetch it again`;
  return { problem, isMislabeled };
}

function problemOfLength({ audio, durationSeconds }: Utterance, seconds: number | null): string | null {
  if (seconds === null) return null;
  const stated = `${round(audio.offsetSeconds + durationSeconds)} s`;
  if (audio.offsetSeconds + durationSeconds > seconds + TOLERATED_SECONDS) {
    return `the row goes to ${stated}, but ${audio.path} has ${round(seconds)} s; correct the duration`;
  }
  if (audio.durationSeconds === null && audio.offsetSeconds === 0 && durationSeconds < seconds - TOLERATED_SECONDS) {
    return `a duration of ${stated} is stated, but ${audio.path} has ${round(seconds)} s; correct it or give an offset`;
  }
  return null;
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
