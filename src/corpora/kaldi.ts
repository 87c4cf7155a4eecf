import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { cacheOnce } from './audio-cache.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { toRow, unstated } from './rows.ts';
import { NOT_UTF8, readLines } from './text-lines.ts';

/** Kaldi data directories. Their tables are sorted and small beside their audio, and are held in memory but `text`. */
export const kaldi: CorpusLayout = {
  name: 'kaldi',
  summary: 'Kaldi data directory: wav.scp and text, with segments, utt2spk, spk2gender, utt2lang, utt2dur',

  async recognizes(path) {
    return (await isFile(join(path, 'wav.scp'))) && (await isFile(join(path, 'text')));
  },

  async open(path, options) {
    const folder = resolve(path);
    return { ...(await readCard(folder)), rows: () => readRows(folder, options) };
  },
};

interface Tables {
  readonly recordings: ReadonlyMap<string, string>;
  /** `null` when every utterance is a whole recording. */
  readonly segments: ReadonlyMap<string, string> | null;
  readonly speakers: ReadonlyMap<string, string>;
  readonly genders: ReadonlyMap<string, string>;
  readonly languages: ReadonlyMap<string, string>;
  readonly utteranceSeconds: ReadonlyMap<string, string>;
  readonly recordingSeconds: ReadonlyMap<string, string>;
}

async function* readRows(folder: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  const table = async (name: string) =>
    (await isFile(join(folder, name))) ? readTable(join(folder, name)) : new Map();
  const tables: Tables = {
    recordings: await table('wav.scp'),
    segments: (await isFile(join(folder, 'segments'))) ? await table('segments') : null,
    speakers: await table('utt2spk'),
    genders: await table('spk2gender'),
    languages: await table('utt2lang'),
    utteranceSeconds: await table('utt2dur'),
    recordingSeconds: await table('reco2dur'),
  };
  const transcripts = join(folder, 'text');
  for await (const lines of readLines(transcripts)) {
    yield lines
      .filter(({ text }) => text.trim() !== '')
      .map(({ number, text, isIntact }) =>
        readRow(`${transcripts}:${number}`, text, isIntact, tables, folder, options),
      );
  }
}

/** A table of two columns, the second to the end of the line. */
async function readTable(path: string): Promise<Map<string, string>> {
  const table = new Map<string, string>();
  for await (const lines of readLines(path)) {
    for (const { text } of lines) {
      const [key, value] = splitFirst(text);
      if (key !== '') table.set(key, value);
    }
  }
  return table;
}

function readRow(
  where: string,
  line: string,
  isIntact: boolean,
  tables: Tables,
  folder: string,
  options: OpenOptions,
): CorpusRow {
  const made: { command: string | null } = { command: null };
  const row = toRow(where, () => {
    if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
    const [id, reference] = splitFirst(line);
    const segment = segmentOf(id, tables);
    const source = tables.recordings.get(segment.recording);
    if (source === undefined) throw new UserError(`wav.scp has no recording ${segment.recording}; add it`);
    const command = source.endsWith('|') ? source.slice(0, -1).trim() : null;
    if (command !== null && !options.allowPipes) {
      throw new UserError(
        `wav.scp makes ${segment.recording} by a command, which is not run; write audio files, or allow it by allowPipes (--allow-pipes)`,
      );
    }
    made.command = command;
    const path = command === null ? locateAudio(source, folder, options) : pathOfOutput(command, folder, options);
    return toUtterance(id, reference, segment, path, tables);
  });
  const { command } = made;
  if (command === null || 'rejection' in row) return row;
  const { path } = row.utterance.audio;
  return { ...row, extract: () => cacheOnce(path, (part) => runCommand(command, part, folder)) };
}

interface Segment {
  readonly recording: string;
  readonly startSeconds: number;
  /** `null`: to the end. */
  readonly seconds: number | null;
  readonly isPart: boolean;
}

function segmentOf(id: string, { segments }: Tables): Segment {
  if (segments === null) return { recording: id, startSeconds: 0, seconds: null, isPart: false };
  const stated = segments.get(id);
  if (stated === undefined) throw new UserError(`segments has no ${id}; add it`);
  const [recording, start, end] = stated.split(/\s+/);
  const [startSeconds, endSeconds] = [Number(start), Number(end)];
  if (recording === undefined || !(startSeconds >= 0) || Number.isNaN(endSeconds)) {
    throw new UserError(`segments: ${id} ${stated} is no recording, start and end; correct it`);
  }
  // By Kaldi's rule, an end of -1 is the end of the recording.
  const seconds = endSeconds === -1 ? null : endSeconds - startSeconds;
  if (seconds !== null && seconds <= 0) throw new UserError(`segments: ${id} ends before it starts; correct it`);
  return { recording, startSeconds, seconds, isPart: true };
}

function toUtterance(id: string, reference: string, segment: Segment, path: string, tables: Tables): StatedUtterance {
  const speaker = tables.speakers.get(id) ?? null;
  const whole = tables.recordingSeconds.get(segment.recording);
  const stated = tables.utteranceSeconds.get(id) ?? (segment.isPart ? undefined : whole);
  const gender = speaker === null ? undefined : tables.genders.get(speaker);
  return {
    ...unstated,
    id,
    audio: { path, offsetSeconds: segment.startSeconds, durationSeconds: segment.seconds },
    durationSeconds: segment.seconds ?? (stated === undefined ? null : Number(stated)),
    language: tables.languages.get(id) ?? '',
    reference,
    speaker,
    session: segment.isPart ? segment.recording : null,
    attributes: gender === undefined ? {} : { gender: { m: 'male', f: 'female' }[gender] ?? gender },
  };
}

function pathOfOutput(command: string, folder: string, { cacheFolder }: OpenOptions): string {
  const digest = createHash('sha256').update(`${folder}\n${command}`).digest('hex');
  return join(cacheFolder, digest.slice(0, 2), `${digest}.wav`);
}

/** Runs what `wav.scp` says in its folder's shell, as Kaldi does. */
async function runCommand(command: string, path: string, folder: string): Promise<void> {
  const child = spawn(command, { shell: true, cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolveCode) => child.on('close', resolveCode));
  await pipeline(child.stdout, createWriteStream(path));
  const code = await ended;
  if (code !== 0)
    throw new UserError(`command of wav.scp ended with ${code ?? 'a signal'}: ${command}; run it by hand`);
}

function splitFirst(line: string): readonly [first: string, rest: string] {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*([^]*)$/.exec(line.trimEnd()) ?? [];
  return [first, rest];
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
