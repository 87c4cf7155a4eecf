import { UserError } from '../errors.ts';
import type { TranscriptRow } from './transcript.ts';

/** A reference with what was heard; `predicted` is `null` where nothing came. */
export interface PairedRows {
  readonly rows: readonly TranscriptRow[];
  /** Ids that only one side has, and words outside of every segment; none is dropped without being told. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly wordsOutside: number;
}

/**
 * Brings references and hypotheses from two files together: by id, or words with times by the segment that holds their
 * middle.
 *
 * @throws UserError for an id that stands twice in a file.
 */
export function pairRows(references: readonly TranscriptRow[], hypotheses: readonly TranscriptRow[]): PairedRows {
  if (hypotheses.some(({ words }) => words !== undefined)) return pairByTime(references, hypotheses);
  const heard = byId(hypotheses);
  const said = byId(references.filter(({ text }) => text !== null));
  const rows = [...said.values()].map((row) => {
    const hypothesis = heard.get(row.id);
    return {
      ...row,
      language: row.language ?? hypothesis?.language ?? null,
      predicted: hypothesis === undefined ? null : (hypothesis.predicted ?? hypothesis.text),
    };
  });
  return {
    rows,
    missing: rows.filter(({ predicted }) => predicted === null).map(({ id }) => id),
    extra: [...heard.keys()].filter((id) => !said.has(id)),
    wordsOutside: 0,
  };
}

function byId(rows: readonly TranscriptRow[]): Map<string, TranscriptRow> {
  const known = new Map<string, TranscriptRow>();
  for (const row of rows) {
    const earlier = known.get(row.id);
    if (earlier !== undefined) {
      throw new UserError(`id ${row.id} stands at ${earlier.where} already; give each utterance its own`, row.where);
    }
    known.set(row.id, row);
  }
  return known;
}

function pairByTime(references: readonly TranscriptRow[], hypotheses: readonly TranscriptRow[]): PairedRows {
  const untimed = references.find(({ span }) => span === undefined);
  if (untimed !== undefined) {
    throw new UserError('words with times need a reference with times; give it as STM', untimed.where);
  }
  const segments = new Map<string, TranscriptRow[]>();
  for (const row of references) {
    const ofRecording = segments.get(row.span!.recording);
    if (ofRecording === undefined) segments.set(row.span!.recording, [row]);
    else ofRecording.push(row);
  }
  const heard = new Map(references.map((row) => [row, [] as string[]]));
  let wordsOutside = 0;
  for (const { id, words } of hypotheses) {
    const ofRecording = segments.get(id) ?? [];
    for (const { word, startSeconds, endSeconds } of words ?? []) {
      const middle = ((startSeconds ?? endSeconds) + endSeconds) / 2;
      const segment = ofRecording.find(({ span }) => middle >= span!.beginSeconds && middle < span!.endSeconds);
      if (segment === undefined) wordsOutside++;
      else heard.get(segment)!.push(word);
    }
  }
  const recordings = new Set(hypotheses.map(({ id }) => id));
  const rows = references
    .filter(({ text }) => text !== null)
    .map((row) => ({
      ...row,
      predicted: recordings.has(row.span!.recording) ? heard.get(row)!.join(' ') : null,
    }));
  return {
    rows,
    missing: rows.filter(({ predicted }) => predicted === null).map(({ id }) => id),
    extra: [...recordings].filter((recording) => !segments.has(recording)),
    wordsOutside,
  };
}
