import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { readDelimited } from './delimited-rows.ts';
import { toRow, unstated } from './rows.ts';
import { firstLine } from './text-lines.ts';
import { withSubfolders } from './walk-files.ts';

/** The tables of a release, the one to measure on first. */
const tables = ['test.tsv', 'validated.tsv', 'dev.tsv', 'train.tsv'];

/** Common Voice: quotes in its tables are characters like any other. */
export const commonVoice: CorpusLayout = {
  name: 'common-voice',
  summary: 'Common Voice: <language>/test.tsv (or another table) with client_id, path, sentence, and clips/',

  async recognizes(path) {
    for await (const table of tablesIn(path)) return table !== '';
    return false;
  },

  async open(path, options) {
    const place = resolve(path);
    const card = await readCard(place.endsWith('.tsv') ? dirname(place) : place);
    return {
      ...card,
      description: card.description || 'Common Voice: sentences read by volunteers',
      license: card.description === '' ? 'CC0-1.0' : card.license,
      rows: () => readAll(place, options),
    };
  },
};

async function* readAll(place: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  for await (const table of tablesIn(place)) yield* readRows(table, options);
}

/** One table of a language, or of each that lies in a folder. */
async function* tablesIn(path: string): AsyncGenerator<string> {
  for (const folder of path.endsWith('.tsv') ? [path] : await withSubfolders(path)) {
    const table = await tableIn(folder);
    if (table === null) continue;
    yield table;
    if (folder === path) return;
  }
}

async function tableIn(path: string): Promise<string | null> {
  const candidates = path.endsWith('.tsv') ? [path] : tables.map((name) => join(path, name));
  for (const candidate of candidates) {
    if (!(await stat(candidate).catch(() => null))?.isFile()) continue;
    const columns = (await firstLine(candidate)).replace(/^\uFEFF/, '').split('\t');
    if (['client_id', 'path', 'sentence'].every((name) => columns.includes(name))) return candidate;
  }
  return null;
}

async function* readRows(table: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  const seconds = await readDurations(join(dirname(table), 'clip_durations.tsv'));
  for await (const rows of readDelimited(table, { delimiter: '\t', columns: null, quoted: false })) {
    yield rows.map((row) =>
      toRow(row.where, () => {
        if ('problem' in row) throw new UserError(row.problem);
        return toUtterance(row.fields, dirname(table), seconds, options);
      }),
    );
  }
}

/** Newer releases state how long each clip is. */
async function readDurations(path: string): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map<string, number>();
  if (!(await stat(path).catch(() => null))?.isFile()) return seconds;
  for await (const rows of readDelimited(path, { delimiter: '\t', columns: ['clip', 'ms'], quoted: false })) {
    for (const row of rows) {
      if ('fields' in row && Number(row.fields['ms']) > 0)
        seconds.set(row.fields['clip']!, Number(row.fields['ms']) / 1000);
    }
  }
  return seconds;
}

function toUtterance(
  fields: Readonly<Record<string, string>>,
  folder: string,
  seconds: ReadonlyMap<string, number>,
  options: OpenOptions,
): StatedUtterance {
  const { path = '', sentence = '', client_id, sentence_id, locale, age, gender, accents, accent, variant } = fields;
  if (path === '') throw new UserError('path is empty; name the clip or remove the row');
  const file = /\.\w+$/.test(path) ? path : `${path}.mp3`;
  const attributes = { age, gender, accent: accents ?? accent, variant };
  return {
    ...unstated,
    id: basename(path).replace(/\.\w+$/, ''),
    audio: { path: locateAudio(file, join(folder, 'clips'), options), offsetSeconds: 0, durationSeconds: null },
    durationSeconds: seconds.get(file) ?? null,
    language: locale || basename(folder),
    reference: sentence,
    speaker: client_id || null,
    sentence: sentence_id || null,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value)) as Record<string, string>,
  };
}
