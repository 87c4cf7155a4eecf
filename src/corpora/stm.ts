import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { toRow, unstated } from './rows.ts';
import { NOT_UTF8, readLines } from './text-lines.ts';
import { findFile, walkFiles } from './walk-files.ts';

/** What stands instead of the text of a segment that is not to be scored. */
const NOT_SCORED = /\signore_time_segment_in_scoring\s*$/i;

const tables = /\.stm$/i;
const audioExtensions = ['.wav', '.flac', '.sph', '.mp3', '.ogg', '.opus', '.m4a'];

/** Where audio lies as seen from its table: beside it, or as in TED-LIUM. */
const audioFolders = ['.', '../sph', '../wav', '../audio', 'audio'];

/** NIST's segment time marks, as in TED-LIUM: one file or a folder of them. */
export const stm: CorpusLayout = {
  name: 'stm',
  summary: 'STM: file, channel, speaker, begin, end, <label>, text',

  async recognizes(path) {
    return tables.test(path) || (await findFile(path, tables).catch(() => null)) !== null;
  },

  async open(path, options) {
    const place = resolve(path);
    const isFile = tables.test(place);
    const card = await readCard(isFile ? dirname(place) : place);
    return { ...card, rows: () => readRows(place, isFile, options) };
  },
};

async function* readRows(place: string, isFile: boolean, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  for await (const table of isFile ? [place] : walkFiles(place, tables)) {
    const files = new Map<string, string>();
    for await (const lines of readLines(table)) {
      const rows: CorpusRow[] = [];
      for (const { number, text, isIntact } of lines) {
        if (text.trim() === '' || text.startsWith(';;') || NOT_SCORED.test(text)) continue;
        const [file = ''] = text.split(/\s/);
        if (!files.has(file)) files.set(file, await findAudio(file, table));
        rows.push(
          toRow(`${table}:${number}`, () => {
            if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
            return toUtterance(text, number, locateAudio(files.get(file)!, dirname(table), options));
          }),
        );
      }
      yield rows;
    }
  }
}

/** The table names recordings without folder and often without extension. */
async function findAudio(name: string, table: string): Promise<string> {
  const extensions = extname(name) === '' ? audioExtensions : ['', ...audioExtensions];
  for (const folder of audioFolders) {
    for (const extension of extensions) {
      const path = join(dirname(table), folder, name + extension);
      // The sibling folder is part of the layout, so a path into it does not climb out of the corpus.
      if ((await stat(path).catch(() => null))?.isFile()) return path;
    }
  }
  return name;
}

function toUtterance(line: string, number: number, path: string): StatedUtterance {
  const match = /^(\S+)\s+(\S+)\s+(\S+)\s+([\d.]+)\s+([\d.]+)\s*(?:<([^>]*)>)?\s*(.*)$/.exec(line);
  if (match === null) throw new UserError('not file, channel, speaker, begin, end, <label> and text; correct the row');
  const [, file = '', channel = '', speaker = '', begin, end, label, reference = ''] = match;
  const seconds = Number(end) - Number(begin);
  if (!(seconds > 0)) throw new UserError(`ends (${end} s) before it begins (${begin} s); correct the row`);
  return {
    ...unstated,
    id: `${basename(file)}-${channel}-${number}`,
    audio: { path, offsetSeconds: Number(begin), durationSeconds: seconds, ...channelOf(channel) },
    durationSeconds: seconds,
    language: '',
    reference,
    speaker,
    session: basename(file),
    attributes: label === undefined ? {} : { label },
  };
}

/** Channels are counted from 1 or lettered from A; anything else is no channel of a file. */
function channelOf(stated: string): { readonly channel?: number } {
  const channel = /^[1-9]$/.test(stated) ? Number(stated) - 1 : 'AB'.indexOf(stated.toUpperCase());
  return channel >= 0 ? { channel } : {};
}
