import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { WordTime } from '../types.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { TarShards } from './nemo-shards.ts';
import { toRow } from './rows.ts';
import { pick } from './table.ts';
import { firstLine, NOT_UTF8, readLines, type TextLine } from './text-lines.ts';

const wordSchema = z.object({ word: z.string(), start: z.number().nullish(), end: z.number() });

/** The fields of NeMo's ASR manifests, besides which a row may carry anything. */
const rowSchema = z
  .object({
    id: z.string().optional(),
    audio_filepath: z.string().min(1).optional(),
    audio_filename: z.string().min(1).optional(),
    duration: z.number().positive(),
    offset: z.number().min(0).optional(),
    text: z.string().optional(),
    normalized_text: z.string().optional(),
    text_filepath: z.string().optional(),
    lang: z.string().optional(),
    speaker: z.union([z.string(), z.number()]).nullish(),
    session: z.union([z.string(), z.number()]).nullish(),
    sentence_id: z.union([z.string(), z.number()]).nullish(),
    shard_id: z.int().min(0).optional(),
    words: z.array(wordSchema).optional(),
  })
  .catchall(z.unknown());

const named = new Set(Object.keys(rowSchema.shape));

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
    if (file === undefined) throw new UserError('audio_filepath is missing; it names the audio file');
    const shard = fields.shard_id;
    if (shard === undefined) return toUtterance(fields, file, locateAudio(file, dirname(manifest), options));
    found.place = { shard, member: file };
    return toUtterance(fields, file, shards.pathOf(shard, file));
  });
  const { place } = found;
  if (place === null || 'rejection' in row) return row;
  return { ...row, extract: () => shards.extract(place.shard, place.member) };
}

function parseFields({ text, isIntact }: TextLine): z.output<typeof rowSchema> {
  if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError('not a JSON object; every line of a manifest is one');
  }
  const parsed = rowSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`${issue!.path.join('.') || 'row'}: ${issue!.message}`);
}

function toUtterance(row: z.output<typeof rowSchema>, file: string, path: string): StatedUtterance {
  return {
    id: row.id ?? basename(file).replace(/\.\w+$/, '') + (row.offset ? `@${row.offset}` : ''),
    audio: {
      path,
      offsetSeconds: row.offset ?? 0,
      durationSeconds: row.offset === undefined ? null : row.duration,
    },
    durationSeconds: row.duration,
    language: row.lang ?? '',
    reference: referenceOf(row),
    speaker: stringOrNull(row.speaker),
    session: stringOrNull(row.session),
    sentence: stringOrNull(row.sentence_id),
    words: row.words?.map(toWordTime) ?? null,
    attributes: attributesOf(row),
  };
}

function referenceOf({ text, normalized_text, text_filepath }: z.output<typeof rowSchema>): string {
  const reference = text ?? normalized_text;
  if (reference !== undefined) return reference;
  const instead = text_filepath === undefined ? 'give the transcript' : 'text_filepath is not followed; give the text';
  throw new UserError(`text is missing; ${instead}`);
}

function attributesOf(row: Readonly<Record<string, unknown>>): StatedUtterance['attributes'] {
  const attributes: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(row)) {
    if (named.has(key)) continue;
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
      attributes[key] = value as string | number | boolean | null;
    }
  }
  return attributes;
}

function toWordTime(word: z.output<typeof wordSchema>): WordTime {
  return { word: word.word, startSeconds: word.start ?? null, endSeconds: word.end };
}

function stringOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
