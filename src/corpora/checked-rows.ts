import { formatOfName, headerOfFile, type AudioHeader } from '../audio/audio-header.ts';
import type { Utterance } from '../types.ts';
import { checkAudioOnce, completeRow } from './complete-row.ts';
import type { CorpusRow, OpenCorpus, Rejection } from './corpus.ts';
import { repeatedId } from './rows.ts';
import { SeenIds } from './seen-ids.ts';

/** A manifest rounds; more than this is another recording or another unit. */
const TOLERATED_SECONDS = 0.5;

/** A row that can be used, as far as the headers of audio files tell. */
export interface CheckedRow {
  readonly where: string;
  readonly utterance: Utterance;
  readonly extract?: () => Promise<void>;
  /** What to tell of a file that is called what it is not; it is read by what it is. `null` of any other. */
  readonly remark: string | null;
}

/** Every row of a corpus in its order with what the header of its audio says, usable or not. */
export async function* checkedRows(corpus: OpenCorpus, name: string): AsyncGenerator<CheckedRow | Rejection> {
  const ids = new SeenIds();
  const problemOf = checkAudioOnce();
  for await (const rows of corpus.rows()) {
    for (const row of rows) {
      if ('rejection' in row) yield row.rejection;
      else if (ids.add(row.utterance.id)) yield repeatedId(row);
      else yield await check(row, `corpus ${name}, utterance ${row.utterance.id}`, problemOf);
    }
  }
}

async function check(
  row: Extract<CorpusRow, { readonly utterance: unknown }>,
  subject: string,
  problemOf: (path: string) => string | null,
): Promise<CheckedRow | Rejection> {
  const { where, extract } = row;
  const utterance = await completeRow(row, row.utterance.language, subject, problemOf);
  if ('reason' in utterance) return utterance;
  if (extract !== undefined) return { where, utterance, extract, remark: null };
  const { problem, remark } = lookInside(utterance);
  return problem === null ? { where, utterance, remark } : { where, reason: `${subject}: ${problem}` };
}

function lookInside(utterance: Utterance): { readonly problem: string | null; readonly remark: string | null } {
  const { path } = utterance.audio;
  const expected = formatOfName(path);
  let header: AudioHeader | null;
  try {
    header = headerOfFile(path);
  } catch (error) {
    return { problem: `${path} cannot be read (${(error as Error).message}); mend it`, remark: null };
  }
  if (header === null) {
    // Raw samples and rare formats have no beginning that is known; a decoder may still read them.
    const problem = expected === null ? null : `${path} is no audio, though it is called so; fetch or record it again`;
    return { problem, remark: null };
  }
  const remark =
    expected === null || expected === header.format
      ? null
      : `${path} is ${header.format}, though it is called ${expected}; it is read as what it is, rename it`;
  const problem =
    header.problem === null ? problemOfLength(utterance, header.seconds) : `${path} ${header.problem}; fetch it again`;
  return { problem, remark };
}

/** What is wrong with how long a row says it is, of a file or a part of one that ends after `seconds`; or `null`. */
export function problemOfLength({ audio, durationSeconds }: Utterance, seconds: number | null): string | null {
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
