import { statSync } from 'node:fs';
import type { Utterance } from '../types.ts';
import { headerOfFile } from '../audio/audio-header.ts';
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

function finish(
  utterance: StatedUtterance,
  language: string,
  { where, subject }: { readonly where: string; readonly subject: string },
): Utterance | Rejection {
  const durationSeconds = utterance.durationSeconds ?? measureSeconds(utterance);
  if (durationSeconds === null) {
    return {
      where,
      reason: `${subject}: the length of ${utterance.audio.path} is not in its header; state a duration`,
    };
  }
  if (!(durationSeconds > 0 && durationSeconds <= LONGEST_SECONDS)) {
    return { where, reason: `${subject}: a duration of ${durationSeconds} s cannot be; give seconds` };
  }
  return { ...utterance, language, durationSeconds };
}

function measureSeconds({ audio }: StatedUtterance): number | null {
  const whole = headerOfFile(audio.path)?.seconds ?? null;
  return whole === null ? null : (audio.durationSeconds ?? whole - audio.offsetSeconds);
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
