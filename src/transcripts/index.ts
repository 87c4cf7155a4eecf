import { ctm } from './ctm.ts';
import { nemo } from './nemo.ts';
import { stm } from './stm.ts';
import { table } from './table.ts';
import type { TranscriptFormat } from './transcript.ts';
import { trn } from './trn.ts';

/** Every form of file that transcripts are read from, by name. */
export const transcriptFormats = { nemo, trn, stm, ctm, table } as const satisfies Readonly<
  Record<string, TranscriptFormat>
>;

/** By the end of the file's name; NeMo's manifest where that tells nothing. */
export function formatOf(path: string): TranscriptFormat {
  return Object.values(transcriptFormats).find(({ files }) => files.test(path)) ?? nemo;
}
