import { UserError } from '../errors.ts';
import { intactLines } from './intact-lines.ts';
import { unstatedRow, type TranscriptFormat } from './transcript.ts';

const NOT_SCORED = /^ignore_time_segment_in_scoring$/i;

/** NIST's segment time marks. Segments that are not to be scored have no text. */
export const stm: TranscriptFormat = {
  name: 'stm',
  summary: 'NIST STM: file, channel, speaker, begin, end, <label>, text',
  files: /\.stm(\.gz)?$/i,
  isNotated: true,
  async *read(path) {
    for await (const { where, number, text } of intactLines(path)) {
      if (text.startsWith(';;')) continue;
      const match = /^(\S+)\s+(\S+)\s+(\S+)\s+([\d.]+)\s+([\d.]+)\s*(?:<[^>]*>)?\s*(.*)$/.exec(text);
      if (match === null) throw new UserError('not file, channel, speaker, begin, end, <label> and text', where);
      const [, file = '', channel = '', speaker = '', begin, end, reference = ''] = match;
      const span = { recording: `${file} ${channel}`, beginSeconds: Number(begin), endSeconds: Number(end) };
      if (!(span.endSeconds > span.beginSeconds)) {
        throw new UserError(`ends (${end} s) before it begins (${begin} s)`, where);
      }
      yield {
        ...unstatedRow,
        where,
        id: `${file}-${channel}-${number}`,
        text: NOT_SCORED.test(reference.trim()) ? null : reference.trim(),
        speaker,
        session: file,
        durationSeconds: span.endSeconds - span.beginSeconds,
        span,
      };
    }
  },
};
