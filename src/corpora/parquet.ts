import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { headerOfBytes } from '../audio/audio-header.ts';
import { writeWav } from '../audio/write-wav.ts';
import { cacheOnce } from './audio-cache.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { reasonOf, unstated } from './rows.ts';
import { columnNames, pick, stated, statedMatters } from './table.ts';
import { findFile, walkFiles } from './walk-files.ts';

const files = /\.parquet$/;

/** Rows that are read at once: their audio is in memory together. */
const ROWS_AT_ONCE = 16;

/** Parquet files with embedded audio, as Hugging Face's data sets have them. */
export const parquet: CorpusLayout = {
  name: 'parquet',
  summary:
    'Hugging Face Parquet: audio (struct of bytes and path, or of array and sampling_rate) and text (or sentence, transcription)',

  async recognizes(path) {
    return files.test(path) || (await findFile(path, files).catch(() => null)) !== null;
  },

  async open(path, options) {
    const place = resolve(path);
    const folder = files.test(place) ? dirname(place) : place;
    return { ...(await readCard(folder)), rows: () => readAll(place, folder, options) };
  },
};

async function* readAll(place: string, folder: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  for await (const path of files.test(place) ? [place] : walkFiles(place, files)) {
    try {
      yield* readFileRows(path, folder, options);
    } catch (error) {
      // One file cut short must not take the others with it.
      const reason = `is cut short or no Parquet file (${(error as Error).message}); fetch it again`;
      yield [{ rejection: { where: path, reason } }];
    }
  }
}

async function* readFileRows(path: string, folder: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const { size } = await stat(path);
  if (size < 12) throw new Error(`${size} bytes`);
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  for (const column of ['audio', 'text'] as const) {
    if (pick(columns, column) !== null) continue;
    const wanted = columnNames[column].join(', ');
    yield [
      {
        rejection: {
          where: path,
          reason: `has no ${column} column; it has ${columns.join(', ')}, and one of ${wanted} is read`,
        },
      },
    ];
    return;
  }
  // A folder per language tells each its own.
  const { language = '' } = await readCard(dirname(path));
  const total = Number(metadata.num_rows);
  for (let start = 0; start < total; start += ROWS_AT_ONCE) {
    const rowEnd = Math.min(total, start + ROWS_AT_ONCE);
    // As text, embedded audio would be damaged without a word: only annotated columns are text.
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart: start, rowEnd, utf8: false });
    yield rows.map((row, index) => toRow(row, { path, folder, language, number: start + index }, options));
  }
}

interface Place {
  readonly path: string;
  readonly folder: string;
  readonly language: string;
  readonly number: number;
}

function toRow(fields: Readonly<Record<string, unknown>>, place: Place, options: OpenOptions): CorpusRow {
  const where = `${place.path}#${place.number}`;
  try {
    const { bytes, name } = audioOf(fields);
    const utterance = toUtterance(fields, place, name);
    if (bytes === null) {
      const audio = { ...utterance.audio, path: locateAudio(name, dirname(place.path), options) };
      return { where, utterance: { ...utterance, audio } };
    }
    const path = cachePath(bytes, name, options);
    const durationSeconds = utterance.durationSeconds ?? headerOfBytes(Buffer.from(bytes))?.seconds ?? null;
    const audio = { ...utterance.audio, path };
    return {
      where,
      utterance: { ...utterance, audio, durationSeconds },
      extract: () => cacheOnce(path, (part) => writeFile(part, bytes)),
    };
  } catch (error) {
    return { rejection: { where, reason: reasonOf(error) } };
  }
}

function audioOf(fields: Readonly<Record<string, unknown>>): {
  readonly bytes: Uint8Array | null;
  readonly name: string;
} {
  const audio = fields[pick(Object.keys(fields), 'audio')!];
  if (typeof audio === 'string') return { bytes: null, name: audio };
  if (audio instanceof Uint8Array) return { bytes: audio, name: '' };
  const { bytes, path, array, sampling_rate } = (audio ?? {}) as Readonly<Record<string, unknown>>;
  const name = typeof path === 'string' ? path : '';
  if (bytes instanceof Uint8Array && bytes.length > 0) return { bytes, name };
  if (Array.isArray(array)) return { bytes: wavOf(array, Number(sampling_rate)), name };
  if (name !== '') return { bytes: null, name };
  throw new UserError('has no audio; remove the row');
}

/** Beyond this, numbers are no samples of full scale 1; decoders of compressed audio go somewhat beyond 1. */
const MOST_AMPLITUDE = 4;

/** Audio that was stored decoded. */
function wavOf(array: readonly unknown[], sampleRate: number): Uint8Array {
  if (!(sampleRate > 0)) throw new UserError('has audio without a sampling_rate; add it, or cast the column to Audio');
  const samples = Float32Array.from(array, Number);
  if (samples.every((sample) => Math.abs(sample) <= MOST_AMPLITUDE)) return writeWav(samples, sampleRate);
  throw new UserError('has audio that is not one channel of numbers from -1 to 1; cast the column to Audio');
}

function toUtterance(fields: Readonly<Record<string, unknown>>, place: Place, name: string): StatedUtterance {
  const reference = stated(fields, 'text');
  if (reference === null) throw new UserError('has no text; remove the row');
  const file = relative(place.folder, place.path).replace(files, '');
  return {
    ...unstated,
    ...statedMatters(fields, place.language),
    // Names of embedded files and numbers repeat between files; rows do not.
    id: `${file}#${place.number}${name === '' ? '' : `-${basename(name, extname(name))}`}`,
    audio: { path: '', offsetSeconds: 0, durationSeconds: null },
    reference,
  };
}

function cachePath(bytes: Uint8Array, name: string, { cacheFolder }: OpenOptions): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return join(cacheFolder, digest.slice(0, 2), digest + extname(name));
}
