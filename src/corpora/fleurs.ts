import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { CorpusLayout, CorpusRow, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { readDelimited } from './delimited-rows.ts';
import { languageOfFleurs } from './locales.ts';
import { toRow, unstated } from './rows.ts';
import { firstLine } from './text-lines.ts';
import { walkFiles } from './walk-files.ts';

/** The tables have no header. */
const columns = ['id', 'file', 'raw', 'transcription', 'characters', 'samples', 'gender'];
const SAMPLE_RATE = 16_000;
const splits = /^(test|dev|train)\.tsv$/;

/** FLEURS as it is published: `<language>/test.tsv` and `<language>/audio/test/`. */
export const fleurs: CorpusLayout = {
  name: 'fleurs',
  summary: 'FLEURS: <language>/<split>.tsv without header, and <language>/audio/<split>/',

  async recognizes(path) {
    for await (const table of tablesIn(path)) {
      const fields = (await firstLine(table)).split('\t');
      if (fields.length === columns.length && /^\d+$/.test(fields[5]!) && /\.wav$/.test(fields[1]!)) return true;
    }
    return false;
  },

  async open(path) {
    const place = resolve(path);
    const card = await readCard(place.endsWith('.tsv') ? dirname(place) : place);
    return {
      ...card,
      description: card.description || 'FLEURS: sentences of Wikipedia read aloud; several readers share a sentence',
      license: card.description === '' ? 'CC BY 4.0' : card.license,
      rows: () => readRows(place),
    };
  },
};

/** One table per language: of several splits the one to measure on. */
async function* tablesIn(path: string): AsyncGenerator<string> {
  if (path.endsWith('.tsv')) {
    yield path;
    return;
  }
  if (!(await stat(path).catch(() => null))?.isDirectory()) return;
  const folders = new Map<string, string>();
  for await (const table of walkFiles(path, splits)) {
    const chosen = folders.get(dirname(table));
    if (chosen === undefined || rank(table) < rank(chosen)) folders.set(dirname(table), table);
  }
  yield* folders.values();
}

function rank(table: string): number {
  return ['test.tsv', 'dev.tsv', 'train.tsv'].indexOf(basename(table));
}

async function* readRows(path: string): AsyncGenerator<readonly CorpusRow[]> {
  for await (const table of tablesIn(path)) {
    for await (const rows of readDelimited(table, { delimiter: '\t', columns, quoted: false })) {
      yield rows.map((row) =>
        toRow(row.where, () => {
          if ('problem' in row) throw new UserError(row.problem);
          return toUtterance(row.fields, table);
        }),
      );
    }
  }
}

function toUtterance(fields: Readonly<Record<string, string>>, table: string): StatedUtterance {
  const { id = '', file = '', raw = '', samples = '', gender = '' } = fields;
  if (!/^[\w.-]+$/.test(file)) throw new UserError(`${JSON.stringify(file)} is no file name; correct the row`);
  const count = Number(samples);
  if (!(count > 0)) throw new UserError(`${JSON.stringify(samples)} is no number of samples; correct the row`);
  const split = basename(table, '.tsv');
  const code = basename(dirname(resolve(table)));
  return {
    ...unstated,
    // Numbers of recordings are unique within a language only.
    id: `${code}/${file.replace(/\.wav$/, '')}`,
    audio: { path: join(dirname(table), 'audio', split, file), offsetSeconds: 0, durationSeconds: null },
    durationSeconds: count / SAMPLE_RATE,
    language: languageOfFleurs(code),
    reference: raw,
    sentence: `${code}/${id}`,
    attributes: { gender: gender.toLowerCase() },
  };
}
