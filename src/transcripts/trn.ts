import { UserError } from '../errors.ts';
import { intactLines } from './intact-lines.ts';
import { unstatedRow, type TranscriptFormat } from './transcript.ts';

/** Sclite's transcripts. */
export const trn: TranscriptFormat = {
  name: 'trn',
  summary: 'sclite TRN: words and (speaker-utterance)',
  files: /\.trn(\.gz)?$/i,
  isNotated: true,
  async *read(path) {
    for await (const { where, text } of intactLines(path)) {
      if (text.startsWith(';;')) continue;
      const [, words, id] = /^(.*)\(([^()\s]+)\)\s*$/.exec(text) ?? [];
      if (words === undefined || id === undefined) {
        throw new UserError('the line does not end in (speaker-utterance); add it', where);
      }
      // NIST writes the speaker before the first dash or underscore.
      const [, speaker = null] = /^([^-_]+)[-_]/.exec(id) ?? [];
      yield { ...unstatedRow, where, id, text: words.trim(), speaker };
    }
  },
};
