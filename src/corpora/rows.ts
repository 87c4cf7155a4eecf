import { UserError } from '../errors.ts';
import type { CorpusRow, Rejection, StatedUtterance } from './corpus.ts';

/** Makes a row of what `read` returns, or a rejection of the `UserError` that it throws. */
export function toRow(where: string, read: () => StatedUtterance): CorpusRow {
  try {
    return { where, utterance: read() };
  } catch (error) {
    return { rejection: { where, reason: reasonOf(error) } };
  }
}

/** @throws whatever is no `UserError`: that is no fault of a row. */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}

/** The rejection of a row whose id an earlier one has. */
export function repeatedId({ where, utterance }: Extract<CorpusRow, { readonly utterance: unknown }>): Rejection {
  return { where, reason: `utterance id ${JSON.stringify(utterance.id)} stands on two rows; make ids unique` };
}

/** Rows of one small file or folder at a time, gathered into batches. */
export async function* inBatches(rows: AsyncIterable<CorpusRow>): AsyncGenerator<readonly CorpusRow[]> {
  let batch: CorpusRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < 256) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What most layouts do not know of an utterance. */
export const unstated = {
  durationSeconds: null,
  speaker: null,
  session: null,
  sentence: null,
  words: null,
  attributes: {},
} as const;
