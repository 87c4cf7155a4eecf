import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { CorpusLayout, CorpusRow, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { readDelimited } from './delimited-rows.ts';
import { toRow, unstated } from './rows.ts';
import { withSubfolders } from './walk-files.ts';

/** Per split, as its own preparation and Hugging Face write it; else the annotations of a language. */
const tables = [/^asr_test\.tsv$/, /^asr_dev\.tsv$/, /^asr_train\.tsv$/, /^asr_[a-z]{2}(_accented)?\.tsv(\.gz)?$/];

/** VoxPopuli, a language of it or several: `asr_test.tsv`, or the annotations `asr_de.tsv.gz`. */
export const voxpopuli: CorpusLayout = {
  name: 'voxpopuli',
  summary: 'VoxPopuli: <language>/asr_<split>.tsv or asr_<language>.tsv.gz with the segments beside it',

  async recognizes(path) {
    for await (const table of tablesIn(path)) return table !== '';
    return false;
  },

  async open(path) {
    const place = resolve(path);
    const card = await readCard(isTable(place) ? dirname(place) : place);
    return {
      ...card,
      description: card.description || 'VoxPopuli: speeches in the European Parliament',
      license: card.description === '' ? 'CC0-1.0' : card.license,
      rows: () => readAll(place),
    };
  },
};

async function* readAll(place: string): AsyncGenerator<readonly CorpusRow[]> {
  for await (const table of tablesIn(place)) yield* readRows(table);
}

/** One table of a language, or of each that lies in a folder. */
async function* tablesIn(path: string): AsyncGenerator<string> {
  for (const folder of isTable(path) ? [path] : await withSubfolders(path)) {
    const table = await tableIn(folder);
    if (table === null) continue;
    yield table;
    if (folder === path) return;
  }
}

function isTable(path: string): boolean {
  return tables.some((name) => name.test(basename(path)));
}

async function tableIn(path: string): Promise<string | null> {
  if (isTable(path)) return existsSync(path) ? path : null;
  const names = await readdir(path).catch(() => []);
  for (const pattern of tables) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) return join(path, found);
  }
  return null;
}

async function* readRows(table: string): AsyncGenerator<readonly CorpusRow[]> {
  const isAnnotations = !/^asr_(test|dev|train)\.tsv$/.test(basename(table));
  const delimiter = isAnnotations ? '|' : '\t';
  const language = isAnnotations ? basename(table).slice(4, 6) : basename(dirname(table));
  for await (const rows of readDelimited(table, { delimiter, columns: null, quoted: isAnnotations })) {
    yield rows
      .filter((row) => 'problem' in row || isScored(row.fields))
      .map((row) =>
        toRow(row.where, () => {
          if ('problem' in row) throw new UserError(row.problem);
          return toUtterance(row.fields, dirname(table), language);
        }),
      );
  }
}

/** Annotations hold rows outside of every split, which have no audio. */
function isScored({ split }: Readonly<Record<string, string>>): boolean {
  return split !== 'invalid' && split !== 'additional';
}

function toUtterance(fields: Readonly<Record<string, string>>, folder: string, language: string): StatedUtterance {
  const { session_id, id_, audio_id, original_text, normed_text, raw_text, normalized_text } = fields;
  const { speaker_id, gender, accent, split = '' } = fields;
  const id = session_id === undefined ? (fields['id'] ?? audio_id ?? '') : `${session_id}-${id_ ?? ''}`;
  if (!/^[\w.:-]+$/.test(id)) throw new UserError(`${JSON.stringify(id)} is no id of a segment; correct the row`);
  // The original spelling is missing on some rows; the normalized one is lower-cased words.
  const reference = original_text || raw_text || normed_text || normalized_text;
  if (!reference) throw new UserError('has no text; remove the row');
  const attributes = { gender, accent: accent === 'None' ? '' : accent, split };
  return {
    ...unstated,
    id,
    audio: { path: findSegment(folder, id, split), offsetSeconds: 0, durationSeconds: null },
    language,
    reference,
    speaker: speaker_id && speaker_id !== 'None' ? speaker_id : null,
    session: session_id ?? id.split('_')[0]!,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value)) as Record<string, string>,
  };
}

/** By year as VoxPopuli's own preparation cuts them, by split as Hugging Face's archives hold them. */
function findSegment(folder: string, id: string, split: string): string {
  const places = [join(id.slice(0, 4), `${id}.ogg`), join(split, `${id}.wav`)].map((place) => join(folder, place));
  return places.find((place) => existsSync(place)) ?? places[0]!;
}
