import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Utterance, WordTime } from '../types.ts';
import type { CorpusLayout, OpenCorpus } from './corpus.ts';

const attribute = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const wordSchema = z.object({ word: z.string(), start: z.number().nullish(), end: z.number() });

/** The fields of NeMo's ASR manifests, besides which a row may carry anything. */
const rowSchema = z
  .object({
    id: z.string().optional(),
    audio_filepath: z.string().min(1).optional(),
    audio_filename: z.string().min(1).optional(),
    duration: z.number().positive(),
    offset: z.number().min(0).optional(),
    text: z.string(),
    lang: z.string().optional(),
    speaker: z.union([z.string(), z.number()]).nullish(),
    session: z.union([z.string(), z.number()]).nullish(),
    sentence_id: z.union([z.string(), z.number()]).nullish(),
    words: z.array(wordSchema).optional(),
  })
  .catchall(z.unknown());

/** `corpus.json` beside a manifest: what a person must know of the corpus. */
const cardSchema = z.object({
  description: z.string(),
  license: z.string(),
  synthetic: z.boolean(),
});

const named = new Set(Object.keys(rowSchema.shape));

/** NeMo JSONL manifests: one utterance per line, audio paths relative to the manifest's folder. */
export const nemoManifest: CorpusLayout = {
  name: 'nemo-manifest',
  summary: 'NeMo JSONL: audio_filepath, duration, text, lang, speaker',

  async recognizes(path) {
    return (await manifestIn(path)) !== null;
  },

  async open(path): Promise<OpenCorpus> {
    const manifest = (await manifestIn(path))!;
    const card = await readCard(join(dirname(manifest), 'corpus.json'));
    return { ...card, utterances: () => readRows(manifest) };
  },
};

async function manifestIn(path: string): Promise<string | null> {
  const candidate = /\.jsonl?$/.test(path) ? path : join(path, 'manifest.jsonl');
  const found = await stat(candidate).catch(() => null);
  return found?.isFile() ? candidate : null;
}

async function readCard(path: string) {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return { description: '', license: 'not stated', synthetic: false };
  try {
    return cardSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError('corpus card is not valid; give description, license (strings) and synthetic (true or false)', path);
  }
}

async function* readRows(manifest: string): AsyncGenerator<Utterance> {
  const folder = dirname(resolve(manifest));
  const seen = new Set<string>();
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(manifest), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    const where = `${manifest}:${line}`;
    const utterance = parseRow(text, folder, where);
    if (seen.has(utterance.id)) {
      throw new UserError(`utterance id ${JSON.stringify(utterance.id)} stands on two rows; make ids unique`, where);
    }
    seen.add(utterance.id);
    yield utterance;
  }
}

function parseRow(text: string, folder: string, where: string): Utterance {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError('not a JSON object; every line of a manifest is one', where);
  }
  const parsed = rowSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${issue!.path.join('.') || 'row'}: ${issue!.message}`, where);
  }
  const row = parsed.data;
  const file = row.audio_filepath ?? row.audio_filename;
  if (file === undefined) throw new UserError('audio_filepath is missing; it names the audio file', where);
  const extras = Object.entries(row).filter(([key, value]) => !named.has(key) && attribute.safeParse(value).success);
  return {
    id: row.id ?? basename(file).replace(/\.\w+$/, '') + (row.offset ? `@${row.offset}` : ''),
    audio: {
      path: isAbsolute(file) ? file : join(folder, file),
      offsetSeconds: row.offset ?? 0,
      durationSeconds: row.offset === undefined ? null : row.duration,
    },
    durationSeconds: row.duration,
    language: row.lang ?? '',
    reference: row.text,
    speaker: stringOrNull(row.speaker),
    session: stringOrNull(row.session),
    sentence: stringOrNull(row.sentence_id),
    words: row.words?.map(toWordTime) ?? null,
    attributes: Object.fromEntries(extras) as Utterance['attributes'],
  };
}

function toWordTime(word: z.output<typeof wordSchema>): WordTime {
  return { word: word.word, startSeconds: word.start ?? null, endSeconds: word.end };
}

function stringOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
