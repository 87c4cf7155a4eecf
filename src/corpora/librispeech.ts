import { basename, dirname, join, resolve } from 'node:path';
import type { CorpusLayout, CorpusRow, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { toRow, unstated } from './rows.ts';
import { NOT_UTF8, readLines } from './text-lines.ts';
import { findFile, walkFiles } from './walk-files.ts';
import { UserError } from '../errors.ts';

const transcripts = /^\d+-\d+\.trans\.txt$/;

/** LibriSpeech as it is unpacked, the whole of it or one of its parts. */
export const librispeech: CorpusLayout = {
  name: 'librispeech',
  summary: 'LibriSpeech: <speaker>/<chapter>/<speaker>-<chapter>.trans.txt beside FLAC files',

  async recognizes(path) {
    return (await findFile(path, transcripts).catch(() => null)) !== null;
  },

  async open(path) {
    const folder = resolve(path);
    const card = await readCard(folder);
    return {
      ...card,
      description: card.description || 'LibriSpeech: read English audiobooks',
      license: card.description === '' ? 'CC BY 4.0' : card.license,
      rows: () => readRows(folder),
    };
  },
};

async function* readRows(folder: string): AsyncGenerator<readonly CorpusRow[]> {
  const genders = await readGenders(folder);
  for await (const path of walkFiles(folder, transcripts)) {
    for await (const lines of readLines(path)) {
      yield lines
        .filter(({ text }) => text.trim() !== '')
        .map(({ number, text, isIntact }) =>
          toRow(`${path}:${number}`, () => {
            if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
            return toUtterance(path, text, genders);
          }),
        );
    }
  }
}

function toUtterance(path: string, line: string, genders: ReadonlyMap<string, string>): StatedUtterance {
  const [, id = '', reference = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const [speaker = '', chapter = ''] = basename(path).split(/[-.]/);
  if (!id.startsWith(`${speaker}-${chapter}-`)) {
    throw new UserError(`${id} is no utterance of ${speaker}-${chapter}; correct the row`);
  }
  const gender = genders.get(speaker);
  return {
    ...unstated,
    id,
    audio: { path: join(dirname(path), `${id}.flac`), offsetSeconds: 0, durationSeconds: null },
    language: 'en-US',
    reference,
    speaker,
    session: `${speaker}-${chapter}`,
    attributes: { ...(gender === undefined ? {} : { gender }), split: basename(resolve(dirname(path), '../..')) },
  };
}

/** `SPEAKERS.TXT` lies at the top, which may be above the part that is opened. */
async function readGenders(folder: string): Promise<ReadonlyMap<string, string>> {
  const genders = new Map<string, string>();
  for (const path of [folder, dirname(folder), dirname(dirname(folder))].map((place) => join(place, 'SPEAKERS.TXT'))) {
    try {
      for await (const lines of readLines(path)) {
        for (const { text } of lines) {
          const [id = '', sex = ''] = text.split('|').map((field) => field.trim());
          if (/^\d+$/.test(id)) genders.set(id, sex === 'M' ? 'male' : 'female');
        }
      }
      return genders;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return genders;
}
