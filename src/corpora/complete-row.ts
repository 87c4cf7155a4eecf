import { statSync } from 'node:fs';
import type { Utterance } from '../types.ts';
import { headerOfFile } from '../audio/audio-header.ts';
import { TARGET_RATE } from '../audio/decode-audio.ts';
import { streamAudio } from '../audio/stream-audio.ts';
import type { CorpusRow, Rejection, StatedUtterance } from './corpus.ts';
import { reasonOf } from './rows.ts';
import { SeenIds } from './seen-ids.ts';

/** Nobody speaks longer in one utterance; a larger figure is in other units. */
const LONGEST_SECONDS = 24 * 3600;

/**
 * Makes an utterance of a usable row: its audio is there, its duration is stated or read from the audio's header.
 * @param subject names corpus and utterance in messages.
 * @param problemOf see {@link checkAudioOnce}.
 */
export function completeRow(
  row: Extract<CorpusRow, { readonly utterance: unknown }>,
  language: string,
  subject: string,
  problemOf: AudioCheck,
): Promise<Utterance | Rejection> | Utterance | Rejection {
  const { utterance, where } = row;
  if (row.extract !== undefined) return completeExtracted(row, language, subject);
  const problem = problemOf(utterance.audio.path);
  if (problem !== null) return { where, reason: `${subject}: ${problem}` };
  return finish(utterance, language, { where, subject });
}

/** Audio in an archive comes out only when it is needed to tell how long it is. */
async function completeExtracted(
  row: Extract<CorpusRow, { readonly utterance: unknown }>,
  language: string,
  subject: string,
): Promise<Utterance | Rejection> {
  const { utterance, where } = row;
  try {
    if (utterance.durationSeconds === null) await row.extract!();
  } catch (error) {
    return { where, reason: `${subject}: ${reasonOf(error)}` };
  }
  return finish(utterance, language, { where, subject });
}

interface Place {
  readonly where: string;
  readonly subject: string;
}

function finish(
  utterance: StatedUtterance,
  language: string,
  place: Place,
): Promise<Utterance | Rejection> | Utterance | Rejection {
  const { path } = utterance.audio;
  if (utterance.durationSeconds !== null) return withDuration(utterance, language, utterance.durationSeconds, place);
  try {
    const whole = headerOfFile(path)?.seconds ?? null;
    if (whole === null) return measured(utterance, language, place);
    return withDuration(utterance, language, partOf(utterance, whole), place);
  } catch (error) {
    const reason = `${path} cannot be read (${(error as Error).message}); mend it or remove the row`;
    return { where: place.where, reason: `${place.subject}: ${reason}` };
  }
}

function partOf({ audio }: StatedUtterance, wholeSeconds: number): number {
  return audio.durationSeconds ?? wholeSeconds - audio.offsetSeconds;
}

/** Headers of browsers' recordings and of formats that ffmpeg decodes do not tell their length: all of it is decoded. */
async function measured(utterance: StatedUtterance, language: string, place: Place): Promise<Utterance | Rejection> {
  const { where, subject } = place;
  try {
    const { pieces } = await streamAudio({ path: utterance.audio.path, offsetSeconds: 0, durationSeconds: null });
    let samples = 0;
    for await (const piece of pieces) samples += piece.length;
    return withDuration(utterance, language, partOf(utterance, samples / TARGET_RATE), place);
  } catch (error) {
    return { where, reason: `${subject}: ${reasonOf(error)}` };
  }
}

function withDuration(
  utterance: StatedUtterance,
  language: string,
  durationSeconds: number,
  { where, subject }: Place,
): Utterance | Rejection {
  if (!(durationSeconds > 0 && durationSeconds <= LONGEST_SECONDS)) {
    return {
      where,
      reason: `${subject}: a duration of ${durationSeconds} s cannot be; give seconds, and of a longer recording its parts`,
    };
  }
  return { ...utterance, language, durationSeconds };
}

/** Says what is wrong with an audio file, or `null`. */
export type AudioCheck = (path: string) => string | null;

/** Recordings of which rows are parts are looked at once. */
export function checkAudioOnce(): AudioCheck {
  const sound = new SeenIds();
  return (path) => {
    if (sound.has(path)) return null;
    const problem = lookAt(path);
    if (problem === null) sound.add(path);
    return problem;
  };
}

function lookAt(path: string): string | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return `no audio file at ${path}; restore it or remove the row`;
    return found.size === 0 ? `${path} is empty; restore it or remove the row` : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') return `${path} is a symbolic link that leads in a circle; mend the link or remove the row`;
    return `${path} cannot be read (${code ?? String(error)}); mend it or remove the row`;
  }
}
