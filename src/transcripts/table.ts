import { readDelimited } from '../corpora/delimited-rows.ts';
import { firstLine } from '../corpora/text-lines.ts';
import { UserError } from '../errors.ts';
import { suggest } from '../config-issues.ts';
import { columnRoles, unstatedRow, type ColumnRole, type TableColumns, type TranscriptFormat } from './transcript.ts';

/** What people call these columns, in the order in which they are tried. */
const usualNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  id: ['id', 'utterance', 'utterance_id', 'utt', 'audio_filepath', 'audio', 'path', 'file', 'file_name', 'filename'],
  reference: ['reference', 'ref', 'text', 'sentence', 'transcript', 'transcription', 'normalized_text'],
  hypothesis: ['hypothesis', 'hyp', 'pred_text', 'prediction', 'predicted', 'recognized', 'asr', 'output'],
  language: ['language', 'lang', 'locale'],
  speaker: ['speaker', 'speaker_id', 'client_id'],
  session: ['session', 'session_id', 'meeting_id'],
  duration: ['duration', 'duration_seconds', 'durationSeconds'],
};

/** A table with a line of column names. */
export const table: TranscriptFormat = {
  name: 'table',
  summary: 'CSV or TSV with a line of column names, such as id, reference and hypothesis',
  files: /\.(csv|tsv)(\.gz)?$/i,
  isNotated: false,
  async *read(path, columns) {
    const header = await firstLine(path);
    const delimiter = /\.tsv/i.test(path) ? '\t' : header.includes(';') && !header.includes(',') ? ';' : ',';
    let names: Partial<Record<ColumnRole, string>> | null = null;
    for await (const rows of readDelimited(path, { delimiter, columns: null, quoted: delimiter !== '\t' })) {
      for (const row of rows) {
        const { where } = row;
        if ('problem' in row) throw new UserError(row.problem, where);
        names ??= findColumns(Object.keys(row.fields), columns, path);
        const field = (role: ColumnRole): string | null =>
          names?.[role] === undefined ? null : (row.fields[names[role]] ?? null);
        const duration = field('duration');
        yield {
          ...unstatedRow,
          where,
          id: field('id') ?? `line-${where.slice(where.lastIndexOf(':') + 1)}`,
          text: field('reference'),
          predicted: field('hypothesis'),
          language: field('language') || null,
          speaker: field('speaker') || null,
          session: field('session') || null,
          durationSeconds: Number(duration) > 0 ? Number(duration) : null,
        };
      }
    }
  },
};

function findColumns(there: readonly string[], asked: TableColumns, path: string): Partial<Record<ColumnRole, string>> {
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const role of columnRoles) {
    const name = asked[role];
    if (name !== undefined && !there.includes(name)) {
      throw new UserError(`no column ${name} for ${role}; ${suggest(name, there)}`, path);
    }
    const chosen = name ?? usualNames[role].find((usual) => there.includes(usual));
    if (chosen !== undefined) found[role] = chosen;
  }
  if (found.reference === undefined && found.hypothesis === undefined) {
    throw new UserError(
      `no column of texts among ${there.join(', ')}; name them by --columns reference=…,hypothesis=…`,
      path,
    );
  }
  return found;
}
