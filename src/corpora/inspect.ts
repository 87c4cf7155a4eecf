import type { Utterance } from '../types.ts';
import { checkedRows } from './checked-rows.ts';
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
  /** Files that are called what they are not. */
  readonly mislabeled: number;
}

/**
 * Reads a whole corpus with the headers of its audio files, and tells of every row that cannot be used and of
 * every file that is not what its name says.
 * Memory does not grow with the corpus but for fingerprints.
 */
export async function inspectCorpus(
  corpus: OpenCorpus,
  name: string,
  onRejection: (rejection: Rejection) => void,
  onRemark: (where: string, remark: string) => void,
): Promise<Inspection> {
  const sums = { rows: 0, rejected: 0, utterances: 0, audioSeconds: 0, speakers: 0, mislabeled: 0 };
  const languages = new Map<string, { utterances: number; audioSeconds: number }>();
  const [speakers, mislabeledPaths] = [new SeenIds(), new SeenIds()];
  const take = (utterance: Utterance) => {
    sums.utterances++;
    sums.audioSeconds += utterance.durationSeconds;
    if (utterance.speaker !== null && !speakers.add(utterance.speaker)) sums.speakers++;
    const language = languages.get(utterance.language) ?? { utterances: 0, audioSeconds: 0 };
    language.utterances++;
    language.audioSeconds += utterance.durationSeconds;
    languages.set(utterance.language, language);
  };
  for await (const row of checkedRows(corpus, name)) {
    sums.rows++;
    if ('reason' in row) {
      sums.rejected++;
      onRejection(row);
      continue;
    }
    take(row.utterance);
    if (row.remark !== null && !mislabeledPaths.add(row.utterance.audio.path)) {
      sums.mislabeled++;
      onRemark(row.where, row.remark);
    }
  }
  return { ...sums, languages };
}
