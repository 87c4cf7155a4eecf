import { existsSync } from 'node:fs';
import { basename, extname, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { CorpusLayout, CorpusRow } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { inBatches, reasonOf, unstated } from './rows.ts';
import { NOT_UTF8, readLines } from './text-lines.ts';
import { findFile, walkFiles } from './walk-files.ts';

/** Audio that people have. */
export const audioFiles = /\.(wav|flac|mp3|ogg|oga|opus|m4a|mp4|mov|webm|mka|aiff?|caf|aac|wma|amr|3gp|w64|sph|au)$/i;

/** A folder of `x.wav` and `x.txt`. */
export const textBesideAudio: CorpusLayout = {
  name: 'text-beside-audio',
  summary: 'folder of audio files, each with a .txt of its words beside it',

  async recognizes(path) {
    const audio = await findFile(path, audioFiles).catch(() => null);
    return audio !== null && (await findFile(path, /\.txt$/)) !== null;
  },

  async open(path) {
    const folder = resolve(path);
    return { ...(await readCard(folder)), rows: () => inBatches(readRows(folder)) };
  },
};

async function* readRows(folder: string): AsyncGenerator<CorpusRow> {
  for await (const path of walkFiles(folder, audioFiles)) {
    const id = relative(folder, path).slice(0, -extname(path).length);
    try {
      const reference = await readTranscript(path);
      const audio = { path, offsetSeconds: 0, durationSeconds: null };
      yield { where: path, utterance: { ...unstated, id, audio, language: '', reference } };
    } catch (error) {
      const reason = reasonOf(error);
      yield { rejection: { where: (error as UserError).where ?? path, reason } };
    }
  }
}

async function readTranscript(audio: string): Promise<string> {
  const path = audio.slice(0, -extname(audio).length) + '.txt';
  if (!existsSync(path)) throw new UserError(`has no ${basename(path)} beside it; write its words there or remove it`);
  const words: string[] = [];
  for await (const lines of readLines(path)) {
    for (const { number, text, isIntact } of lines) {
      if (!isIntact) throw new UserError(`line ${NOT_UTF8}`, `${path}:${number}`);
      words.push(...text.split(/\s+/).filter(Boolean));
    }
  }
  return words.join(' ');
}
