import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { CorpusLayout, CorpusRow, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { languageOfMls } from './locales.ts';
import { toRow, unstated } from './rows.ts';
import { NOT_UTF8, readLines } from './text-lines.ts';

const splits = ['test', 'dev', 'train'];

/** Multilingual LibriSpeech, a language of it or one of its splits. */
export const mls: CorpusLayout = {
  name: 'mls',
  summary: 'Multilingual LibriSpeech: <split>/transcripts.txt and <split>/audio/<speaker>/<book>/',

  async recognizes(path) {
    return (await splitFolder(path)) !== null;
  },

  async open(path) {
    const folder = resolve((await splitFolder(path))!);
    const card = await readCard(dirname(folder));
    return {
      ...card,
      description: card.description || 'Multilingual LibriSpeech: read audiobooks',
      license: card.description === '' ? 'CC BY 4.0' : card.license,
      rows: () => readRows(folder),
    };
  },
};

async function splitFolder(path: string): Promise<string | null> {
  for (const folder of [path, ...splits.map((split) => join(path, split))]) {
    const found = [join(folder, 'transcripts.txt'), join(folder, 'audio')].map((part) => stat(part).catch(() => null));
    const [transcripts, audio] = await Promise.all(found);
    if (transcripts?.isFile() && audio?.isDirectory()) return folder;
  }
  return null;
}

async function* readRows(folder: string): AsyncGenerator<readonly CorpusRow[]> {
  const language = languageOfMls(basename(dirname(folder))) ?? '';
  const genders = await readGenders(join(dirname(folder), 'metainfo.txt'));
  const seconds = await readSeconds(join(folder, 'segments.txt'));
  const transcripts = join(folder, 'transcripts.txt');
  const extension = await extensionOf(folder, transcripts);
  for await (const lines of readLines(transcripts)) {
    yield lines
      .filter(({ text }) => text.trim() !== '')
      .map(({ number, text, isIntact }) =>
        toRow(`${transcripts}:${number}`, () => {
          if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
          return toUtterance(text, { folder, extension, language, genders, seconds });
        }),
      );
  }
}

interface Surroundings {
  readonly folder: string;
  readonly extension: string;
  readonly language: string;
  readonly genders: ReadonlyMap<string, string>;
  readonly seconds: ReadonlyMap<string, number>;
}

function toUtterance(line: string, { folder, extension, language, genders, seconds }: Surroundings): StatedUtterance {
  const [id = '', reference] = line.split('\t');
  const [, speaker, book] = /^([^_/]+)_([^_/]+)_[^_/]+$/.exec(id) ?? [];
  if (speaker === undefined || book === undefined || reference === undefined) {
    throw new UserError('not an id <speaker>_<book>_<segment>, a tab and a text; correct the row');
  }
  const gender = genders.get(speaker);
  return {
    ...unstated,
    id,
    audio: { path: join(folder, 'audio', speaker, book, id + extension), offsetSeconds: 0, durationSeconds: null },
    durationSeconds: seconds.get(id) ?? null,
    language,
    reference,
    speaker,
    session: `${speaker}_${book}`,
    attributes: gender === undefined ? {} : { gender },
  };
}

/** There is a FLAC and an Opus edition. */
async function extensionOf(folder: string, transcripts: string): Promise<string> {
  for await (const lines of readLines(transcripts)) {
    const [id = ''] = lines[0]?.text.split('\t') ?? [];
    const [speaker = '', book = ''] = id.split('_');
    const flac = join(folder, 'audio', speaker, book, `${id}.flac`);
    return (await stat(flac).catch(() => null)) === null ? '.opus' : '.flac';
  }
  return '.flac';
}

async function readGenders(path: string): Promise<ReadonlyMap<string, string>> {
  const genders = new Map<string, string>();
  if ((await stat(path).catch(() => null)) === null) return genders;
  for await (const lines of readLines(path)) {
    for (const { text } of lines) {
      const [speaker = '', sex = ''] = text.split('|').map((field) => field.trim());
      if (/^\d+$/.test(speaker)) genders.set(speaker, sex === 'M' ? 'male' : 'female');
    }
  }
  return genders;
}

/** `segments.txt` names the part of the book's recording that became an utterance: id, address, start, end. */
async function readSeconds(path: string): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map<string, number>();
  if ((await stat(path).catch(() => null)) === null) return seconds;
  for await (const lines of readLines(path)) {
    for (const { text } of lines) {
      const [id = '', , start, end] = text.split('\t');
      const length = Number(end) - Number(start);
      if (length > 0) seconds.set(id, length);
    }
  }
  return seconds;
}
