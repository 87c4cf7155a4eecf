import { existsSync } from 'node:fs';
import { z } from 'zod';
import { NOT_UTF8, readLines } from './corpora/text-lines.ts';
import { UserError } from './errors.ts';
import type { ResultRecord } from './types.ts';

/** A NeMo manifest's row that carries a transcript in `pred_text`. */
const rowSchema = z.object({
  id: z.string().optional(),
  audio_filepath: z.string().optional(),
  duration: z.number().positive().optional(),
  text: z.string(),
  pred_text: z.string(),
  lang: z.string().optional(),
  speaker: z.union([z.string(), z.number()]).nullish(),
});

/**
 * Reads transcripts that exist already, as records whose times are unknown.
 * @param language of rows that do not name theirs.
 * @throws UserError naming file and line of a row that cannot be scored.
 */
export async function readTranscripts(path: string, language: string | null): Promise<readonly ResultRecord[]> {
  if (!existsSync(path)) throw new UserError(`cannot read ${path}; give a JSONL manifest with text and pred_text`);
  const records: ResultRecord[] = [];
  for await (const lines of readLines(path)) {
    for (const { number, text, isIntact } of lines) {
      if (!isIntact) throw new UserError(`the line ${NOT_UTF8}`, `${path}:${number}`);
      if (text.trim() !== '') records.push(toRecord(text, path, number, language));
    }
  }
  if (records.length === 0)
    throw new UserError('no rows to score; every line is a JSON object with text and pred_text', path);
  return records;
}

function toRecord(text: string, path: string, line: number, defaultLanguage: string | null): ResultRecord {
  const where = `${path}:${line}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError('not a JSON object; every line of a manifest is one', where);
  }
  const parsed = rowSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${issue!.path.join('.') || 'row'}: ${issue!.message}`, where);
  }
  const row = parsed.data;
  const language = row.lang ?? defaultLanguage;
  if (language === null) throw new UserError('the row names no lang; add it or use --language', where);
  const id = row.id ?? row.audio_filepath ?? `line-${line}`;
  return {
    key: `${line}`,
    cell: { language, acceleration: 'none', backend: '', corpus: '', languageHint: 'given' },
    utterance: id,
    status: row.pred_text.trim() === '' ? 'empty' : 'ok',
    text: row.pred_text,
    reference: row.text,
    durationSeconds: row.duration ?? 0,
    speaker: row.speaker === null || row.speaker === undefined ? null : String(row.speaker),
    session: null,
    sentence: null,
    referenceWords: null,
    attributes: {},
    delivery: null,
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: null,
    spans: {},
    costUsd: null,
    error: null,
    audioSha256: null,
    audioPath: row.audio_filepath ?? '',
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: 0,
    finishedAtMs: 0,
  };
}
