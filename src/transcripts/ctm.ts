import { UserError } from '../errors.ts';
import type { WordTime } from '../types.ts';
import { intactLines } from './intact-lines.ts';
import { unstatedRow, type TranscriptFormat } from './transcript.ts';

/** NIST's time-marked words: a row per recording and channel. */
export const ctm: TranscriptFormat = {
  name: 'ctm',
  summary: 'NIST CTM: file, channel, begin, duration, word, confidence; beside a reference in STM',
  files: /\.ctm(\.gz)?$/i,
  isNotated: false,
  async *read(path) {
    const recordings = new Map<string, { readonly where: string; readonly words: WordTime[] }>();
    for await (const { where, text } of intactLines(path)) {
      if (text.startsWith(';;')) continue;
      const [file, channel, begin, duration, word] = text.trim().split(/\s+/u);
      if (word?.startsWith('<ALT')) {
        throw new UserError('alternatives in hypotheses are not scored; keep one of them', where);
      }
      const [startSeconds, seconds] = [Number(begin), Number(duration)];
      if (word === undefined || !(startSeconds >= 0) || !(seconds >= 0)) {
        throw new UserError('not file, channel, begin, duration and word', where);
      }
      const recording = `${file!} ${channel!}`;
      const known = recordings.get(recording) ?? { where, words: [] };
      recordings.set(recording, known);
      if (word !== '@') known.words.push({ word, startSeconds, endSeconds: startSeconds + seconds });
    }
    for (const [recording, { where, words }] of recordings) {
      yield { ...unstatedRow, where, id: recording, text: null, words };
    }
  },
};
