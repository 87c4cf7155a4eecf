import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { idOfAudio, locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { readDelimited } from './delimited-rows.ts';
import { toRow, unstated } from './rows.ts';
import { firstLine, NOT_UTF8, readLines } from './text-lines.ts';

/** What people call these columns, in the order in which they are tried. */
export const columnNames = {
  audio: ['audio', 'audio_path', 'audio_file', 'path', 'file', 'file_name', 'filename', 'wav', 'wav_filename'],
  text: ['text', 'sentence', 'normalized_text', 'transcript', 'transcription', 'reference', 'raw_transcription'],
  id: ['id', 'utterance', 'utterance_id'],
  language: ['language', 'lang', 'locale'],
  speaker: ['speaker', 'speaker_id', 'client_id'],
  session: ['session', 'session_id', 'meeting_id'],
  duration: ['duration', 'duration_seconds', 'durationSec', 'duration_s'],
} as const;

/** Names under which a table lies in a folder; `metadata` is that of Hugging Face's audio folders. */
const names = [
  'metadata.csv',
  'metadata.tsv',
  'metadata.jsonl',
  'transcripts.csv',
  'transcripts.tsv',
  'manifest.csv',
  'manifest.tsv',
  'manifest.jsonl',
];

/** A table with an audio and a text column, as people keep their own recordings. */
export const table: CorpusLayout = {
  name: 'table',
  summary: 'CSV, TSV or JSONL with an audio (or path, file_name) and a text (or sentence, transcription) column',

  async recognizes(path) {
    const found = await tableIn(path);
    if (found === null) return false;
    const columns = await columnsOf(found);
    return pick(columns, 'audio') !== null && pick(columns, 'text') !== null;
  },

  async open(path, options) {
    const found = resolve((await tableIn(path))!);
    return { ...(await readCard(dirname(found))), rows: () => readRows(found, options) };
  },
};

async function tableIn(path: string): Promise<string | null> {
  const candidates = /\.(csv|tsv|jsonl)(\.gz)?$/.test(path) ? [path] : names.map((name) => join(path, name));
  for (const candidate of candidates) {
    if ((await stat(candidate).catch(() => null))?.isFile()) return candidate;
  }
  return null;
}

/** The first of the names for a column that is there. */
export function pick(columns: readonly string[], column: keyof typeof columnNames): string | null {
  return columnNames[column].find((name) => columns.includes(name)) ?? null;
}

async function columnsOf(path: string): Promise<readonly string[]> {
  const line = await firstLine(path);
  if (!path.includes('.jsonl')) return line.split(delimiterOf(path, line)).map((name) => name.replace(/"/g, '').trim());
  try {
    return Object.keys(JSON.parse(line) as object);
  } catch {
    return [];
  }
}

function delimiterOf(path: string, header: string): ',' | '\t' | ';' {
  if (path.includes('.tsv')) return '\t';
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

async function* readRows(path: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  if (path.includes('.jsonl')) yield* readJsonRows(path, options);
  else yield* readDelimitedRows(path, options);
}

async function* readDelimitedRows(path: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  const delimiter = delimiterOf(path, await firstLine(path));
  for await (const rows of readDelimited(path, { delimiter, columns: null, quoted: true })) {
    yield rows.map((row) =>
      toRow(row.where, () => {
        if ('problem' in row) throw new UserError(row.problem);
        return toUtterance(row.fields, dirname(path), options);
      }),
    );
  }
}

async function* readJsonRows(path: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  for await (const lines of readLines(path)) {
    yield lines
      .filter(({ text }) => text.trim() !== '')
      .map(({ number, text, isIntact }) =>
        toRow(`${path}:${number}`, () => {
          if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
          return toUtterance(parseObject(text), dirname(path), options);
        }),
      );
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const json = JSON.parse(text) as unknown;
    if (json instanceof Object) return json as Readonly<Record<string, unknown>>;
  } catch {
    // Said below, as for any line that is no object.
  }
  throw new UserError('not a JSON object; every line is one');
}

function toUtterance(fields: Readonly<Record<string, unknown>>, folder: string, options: OpenOptions): StatedUtterance {
  const file = stated(fields, 'audio');
  if (file === null) throw new UserError('names no audio file; fill in the column or remove the row');
  const reference = stated(fields, 'text');
  if (reference === null) throw new UserError('has no text column; add it or remove the row');
  return {
    ...unstated,
    id: stated(fields, 'id') || idOfAudio(file),
    audio: { path: locateAudio(file, folder, options), offsetSeconds: 0, durationSeconds: null },
    ...statedMatters(fields),
    reference,
  };
}

/** What a row says of itself besides audio, text and id. */
export function statedMatters(fields: Readonly<Record<string, unknown>>, language = '') {
  const duration = stated(fields, 'duration');
  const used = new Set(
    Object.keys(columnNames).map((column) => pick(Object.keys(fields), column as keyof typeof columnNames)),
  );
  const rest = Object.entries(fields).filter(([key, value]) => !used.has(key) && isPlain(value));
  return {
    durationSeconds: duration === null || duration === '' ? null : secondsOf(duration),
    language: stated(fields, 'language') || language,
    speaker: stated(fields, 'speaker') || null,
    session: stated(fields, 'session') || null,
    attributes: Object.fromEntries(rest) as Record<string, string | number | boolean>,
  };
}

function secondsOf(duration: string): number {
  const seconds = Number(duration);
  if (seconds > 0 && seconds < Infinity) return seconds;
  throw new UserError(`duration: ${JSON.stringify(duration)} is no number of seconds above 0; correct it`);
}

/** A column's value as text; `null` when the row does not have it. */
export function stated(fields: Readonly<Record<string, unknown>>, column: keyof typeof columnNames): string | null {
  const name = pick(Object.keys(fields), column);
  const value = name === null ? null : fields[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
}
