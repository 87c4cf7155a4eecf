import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { WordTime } from '../types.ts';
import { idOfAudio, locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { TarShards } from './nemo-shards.ts';
import { toRow } from './rows.ts';
import { pick } from './table.ts';
import { firstLine, NOT_UTF8, readLines, type TextLine } from './text-lines.ts';

/** The fields of NeMo's ASR manifests, besides which a row may carry anything. Tools write `null` for what is not there. */
interface NemoRow extends Readonly<Record<string, unknown>> {
  readonly id?: string | null;
  readonly audio_filepath?: string | null;
  readonly audio_filename?: string | null;
  readonly duration: number;
  readonly offset?: number | null;
  readonly text?: string | null;
  readonly normalized_text?: string | null;
  readonly text_filepath?: string | null;
  readonly lang?: string | null;
  readonly speaker?: string | number | null;
  readonly session?: string | number | null;
  readonly sentence_id?: string | number | null;
  readonly shard_id?: number | null;
  readonly words?: readonly { readonly word: string; readonly start?: number | null; readonly end: number }[] | null;
}

const texts = ['id', 'audio_filepath', 'audio_filename', 'text', 'normalized_text', 'text_filepath', 'lang'];
const names = ['speaker', 'session', 'sentence_id'];
const named = new Set([...texts, ...names, 'duration', 'offset', 'shard_id', 'words']);

/** Names under which a manifest lies in a folder, in the order in which they are tried. */
const manifestNames = ['manifest.jsonl', 'manifest.json', 'tarred_audio_manifest.json'];

/** NeMo JSONL manifests: one utterance per line, audio paths relative to the manifest's folder. */
export const nemoManifest: CorpusLayout = {
  name: 'nemo-manifest',
  summary: 'NeMo JSONL: audio_filepath, duration, text, lang, speaker; with offsets or tarred shards',

  async recognizes(path) {
    const manifest = await manifestIn(path);
    return manifest !== null && isOfNemo(await firstLine(manifest));
  },

  async open(path, options) {
    const manifest = resolve((await manifestIn(path))!);
    const card = await readCard(dirname(manifest));
    return { ...card, rows: () => readRows(manifest, options) };
  },
};

async function manifestIn(path: string): Promise<string | null> {
  const candidates = /\.jsonl?(\.gz)?$/.test(path) ? [path] : manifestNames.map((name) => join(path, name));
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}

/** A line without any column for audio is taken for NeMo's, whose rows say what is wrong with them. */
function isOfNemo(line: string): boolean {
  try {
    const columns = Object.keys(JSON.parse(line) as object);
    return columns.includes('audio_filepath') || pick(columns, 'audio') === null;
  } catch {
    return true;
  }
}

async function* readRows(manifest: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  const shards = new TarShards(manifest, options.cacheFolder);
  for await (const lines of readLines(manifest)) {
    const filled = lines.filter(({ text }) => text.trim() !== '');
    yield filled.map((line) => readRow(line, manifest, shards, options));
  }
}

function readRow(line: TextLine, manifest: string, shards: TarShards, options: OpenOptions): CorpusRow {
  const found: { place: { readonly shard: number; readonly member: string } | null } = { place: null };
  const row = toRow(`${manifest}:${line.number}`, () => {
    const fields = parseFields(line);
    const file = fields.audio_filepath ?? fields.audio_filename;
    if (!file) throw new UserError('audio_filepath is missing; it names the audio file');
    const reference = referenceOf(fields, dirname(manifest), options);
    const shard = fields.shard_id ?? null;
    if (shard === null) return toUtterance(fields, reference, file, locateAudio(file, dirname(manifest), options));
    found.place = { shard, member: file };
    return toUtterance(fields, reference, file, shards.pathOf(shard, file));
  });
  const { place } = found;
  if (place === null || 'rejection' in row) return row;
  return { ...row, extract: () => shards.extract(place.shard, place.member) };
}

function parseFields({ text, isIntact }: TextLine): NemoRow {
  if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Said below, as for any line that is no object.
  }
  if (!(json instanceof Object) || Array.isArray(json)) {
    throw new UserError('not a JSON object; every line of a manifest is one');
  }
  const problem = problemOf(json as Record<string, unknown>);
  if (problem !== null) throw new UserError(problem);
  return json as NemoRow;
}

/** Checked by hand: a schema library takes longer for a million rows than reading them does. */
function problemOf(row: Readonly<Record<string, unknown>>): string | null {
  const { duration, draft } = row;
  const offset = row['offset'] ?? 0;
  const shard = row['shard_id'] ?? 0;
  const words = row['words'] ?? null;
  if (draft === true) return "text: is a model's draft; correct it by ear and remove draft";
  if (typeof duration !== 'number' || !(duration > 0)) {
    return `duration: ${duration === undefined ? 'nothing' : JSON.stringify(duration)} is no number of seconds above 0; correct it`;
  }
  if (typeof offset !== 'number' || !(offset >= 0)) {
    return `offset: ${JSON.stringify(offset)} is no number of seconds; correct it`;
  }
  if (!(Number.isInteger(shard) && (shard as number) >= 0)) {
    return `shard_id: ${JSON.stringify(shard)} is no number of a shard; correct it`;
  }
  for (const name of texts) {
    const value = row[name] ?? '';
    if (typeof value !== 'string') return `${name}: ${JSON.stringify(value)} is no text; correct it`;
  }
  for (const name of names) {
    const value = row[name] ?? '';
    if (typeof value !== 'string' && typeof value !== 'number')
      return `${name}: ${JSON.stringify(value)} is no name; correct it`;
  }
  return words === null || isWordList(words) ? null : 'words: not a list of word, start and end; correct it';
}

function isWordList(words: unknown): boolean {
  return (
    Array.isArray(words) &&
    words.every(
      (word: Partial<Record<string, unknown>>) => typeof word['word'] === 'string' && typeof word['end'] === 'number',
    )
  );
}

function toUtterance(row: NemoRow, reference: string, file: string, path: string): StatedUtterance {
  return {
    id: row.id || idOfAudio(file) + (row.offset ? `@${row.offset}` : ''),
    audio: {
      path,
      offsetSeconds: row.offset ?? 0,
      durationSeconds: typeof row.offset === 'number' ? row.duration : null,
    },
    durationSeconds: row.duration,
    language: row.lang ?? '',
    reference,
    speaker: stringOrNull(row.speaker),
    session: stringOrNull(row.session),
    sentence: stringOrNull(row.sentence_id),
    words: row.words?.map(toWordTime) ?? null,
    attributes: attributesOf(row),
  };
}

function referenceOf(row: NemoRow, folder: string, options: OpenOptions): string {
  const reference = row.text ?? row.normalized_text ?? null;
  if (reference !== null) return reference;
  if (!row.text_filepath) throw new UserError('text is missing; give the transcript');
  return wordsIn(locateAudio(row.text_filepath, folder, options));
}

function wordsIn(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UserError(`text_filepath: no text at ${path}; restore it or remove the row`);
  }
  const text = bytes.toString();
  if (text.includes('\uFFFD')) throw new UserError(`text_filepath: ${path} ${NOT_UTF8}`);
  return text.replace('\uFEFF', '').trim().replace(/\s+/g, ' ');
}

function attributesOf(row: Readonly<Record<string, unknown>>): StatedUtterance['attributes'] {
  const attributes: Record<string, string | number | boolean | null> = {};
  for (const key in row) {
    if (named.has(key)) continue;
    const value = row[key];
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
      attributes[key] = value as string | number | boolean | null;
    }
  }
  return attributes;
}

function toWordTime(word: NonNullable<NemoRow['words']>[number]): WordTime {
  return { word: word.word, startSeconds: word.start ?? null, endSeconds: word.end };
}

function stringOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
