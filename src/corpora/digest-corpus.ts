import { createHash } from 'node:crypto';
import { decodeAudio } from '../audio/decode-audio.ts';
import { checkedRows, problemOfLength } from './checked-rows.ts';
import type { OpenCorpus, Rejection } from './corpus.ts';
import { reasonOf } from './rows.ts';
import { digestible } from './survey.ts';

/** What a corpus is, down to its samples. */
export interface CorpusDigest {
  readonly utterances: number;
  readonly rejected: number;
  /** Over every usable row and the samples that a recognizer would hear, hex. */
  readonly sha256: string;
}

/** Decodes a whole corpus, one clip at a time. */
export async function digestCorpus(
  corpus: OpenCorpus,
  name: string,
  onRejection: (rejection: Rejection) => void,
): Promise<CorpusDigest> {
  const digest = createHash('sha256');
  const counts = { utterances: 0, rejected: 0 };
  const reject = (rejection: Rejection) => {
    counts.rejected++;
    onRejection(rejection);
  };
  for await (const row of checkedRows(corpus, name)) {
    if ('reason' in row) {
      reject(row);
      continue;
    }
    try {
      await row.extract?.();
      const { sha256, durationSeconds } = await decodeAudio(row.utterance.audio);
      const problem = problemOfLength(row.utterance, row.utterance.audio.offsetSeconds + durationSeconds);
      if (problem !== null) {
        reject({ where: row.where, reason: `corpus ${name}, utterance ${row.utterance.id}: ${problem}` });
        continue;
      }
      digest.update(digestible(row.utterance) + sha256);
      counts.utterances++;
    } catch (error) {
      reject({ where: row.where, reason: reasonOf(error) });
    }
  }
  return { ...counts, sha256: digest.digest('hex') };
}
