import { existsSync } from 'node:fs';
import { languageTag } from '../corpora/locales.ts';
import { UserError } from '../errors.ts';
import { transcriptRecord } from '../transcript-record.ts';
import type { ResultRecord } from '../types.ts';
import { formatOf } from './index.ts';
import { pairRows } from './pair-rows.ts';
import type { TableColumns, TranscriptRow } from './transcript.ts';

/** Where transcripts lie. */
export interface TranscriptSource {
  /** Hypotheses; both sides where there is no other file. */
  readonly path: string;
  /** A file of references by themselves. */
  readonly reference?: string | undefined;
  readonly columns?: TableColumns;
  /** Of rows that do not name theirs. */
  readonly language: string | null;
}

export interface Transcripts {
  /** Records whose times are unknown. A reference without hypothesis is a failure: it has no answer. */
  readonly records: readonly ResultRecord[];
  /** Whether the references are in NIST's notation. */
  readonly isNotated: boolean;
  /** What was not paired and what became of it, in sentences. */
  readonly remarks: readonly string[];
}

/** A text longer than this is no utterance; aligning it would take hours. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Reads transcripts that exist already.
 * @throws UserError naming file and line of a row that cannot be scored.
 */
export async function readTranscripts({
  path,
  reference,
  columns = {},
  language,
}: TranscriptSource): Promise<Transcripts> {
  const hypotheses = await readAll(path, columns);
  const both = reference === undefined ? null : pairRows(await readAll(reference, columns), hypotheses);
  const rows = both?.rows ?? hypotheses;
  if (rows.length === 0) throw new UserError('no rows to score', reference ?? path);
  const seen = new Map<string, string>();
  const records = rows.map((row) => {
    const earlier = seen.get(row.id);
    if (earlier !== undefined) {
      throw new UserError(`id ${row.id} stands at ${earlier} already; give each utterance its own`, row.where);
    }
    seen.set(row.id, row.where);
    return toRecord(row, language, both !== null);
  });
  const remarks = both === null ? [] : remarksOn(both, records.length);
  return { records, isNotated: formatOf(reference ?? path).isNotated, remarks };
}

async function readAll(path: string, columns: TableColumns): Promise<readonly TranscriptRow[]> {
  if (!existsSync(path)) throw new UserError(`cannot read ${path}; give a file of transcripts`);
  const rows: TranscriptRow[] = [];
  for await (const row of formatOf(path).read(path, columns)) rows.push(row);
  return rows;
}

function remarksOn({ missing, extra, wordsOutside }: ReturnType<typeof pairRows>, total: number): string[] {
  const some = (ids: readonly string[]): string => `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;
  return [
    ...(missing.length === 0
      ? []
      : [
          `${missing.length} of ${total} references have no hypothesis (${some(missing)}); ` +
            'left out of the rates, counted as deletions in those with failures',
        ]),
    ...(extra.length === 0 ? [] : [`${extra.length} hypotheses have no reference (${some(extra)}); left out`]),
    ...(wordsOutside === 0 ? [] : [`${wordsOutside} words lie outside of every segment; left out`]),
  ];
}

function toRecord(row: TranscriptRow, defaultLanguage: string | null, mayBeMissing: boolean): ResultRecord {
  const { where } = row;
  const reference = checked(row.text, 'text (the reference)', where);
  const isMissing = row.predicted === null && (mayBeMissing || row.isFailure === true);
  const text = isMissing ? null : checked(row.predicted, 'pred_text (the hypothesis)', where);
  const language = row.language ?? defaultLanguage;
  if (language === null) throw new UserError('the row names no lang; add it or use --language', where);
  const { id, speaker, session, durationSeconds } = row;
  return {
    ...transcriptRecord({
      id,
      language: languageTag(language, where),
      reference,
      hypothesis: text,
      speaker,
      session,
      durationSeconds,
    }),
    audioPath: row.audioPath ?? '',
  };
}

function checked(text: string | null, name: string, where: string): string {
  if (text === null)
    throw new UserError(`${name}: the row has none; complete it or give the other side by --reference`, where);
  if (text.length > MOST_CHARACTERS) {
    throw new UserError(
      `${name} of ${text.length} characters; cut it into utterances of at most ${MOST_CHARACTERS}`,
      where,
    );
  }
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone !== null) {
    const code = lone[0].charCodeAt(0).toString(16);
    throw new UserError(
      `${name} has half of a surrogate pair (\\u${code}), which is no character; write it again`,
      where,
    );
  }
  return text;
}
