import { z } from 'zod';
import { UserError } from '../errors.ts';
import { intactLines } from './intact-lines.ts';
import type { TranscriptFormat } from './transcript.ts';

const rowSchema = z.object({
  id: z.string().optional(),
  audio_filepath: z.string().optional(),
  offset: z.number().optional(),
  duration: z.number().positive().optional(),
  text: z.string().optional(),
  /** `null` is no answer, which is not an empty one. */
  pred_text: z.string().nullish(),
  lang: z.string().optional(),
  speaker: z.union([z.string(), z.number()]).nullish(),
});

/** NeMo's manifest. */
export const nemo: TranscriptFormat = {
  name: 'nemo',
  summary: 'NeMo JSONL with text and pred_text; optional id, audio_filepath, duration, lang, speaker',
  files: /\.(json|jsonl|manifest)(\.gz)?$/i,
  isNotated: false,
  async *read(path) {
    for await (const { where, number, text } of intactLines(path)) {
      const row = parseRow(text, where);
      yield {
        where,
        id: row.id ?? placeOf(row) ?? `line-${number}`,
        text: row.text ?? null,
        predicted: row.pred_text ?? null,
        ...(row.pred_text === null && { isFailure: true }),
        language: row.lang ?? null,
        speaker: row.speaker === null || row.speaker === undefined ? null : String(row.speaker),
        session: null,
        durationSeconds: row.duration ?? null,
        audioPath: row.audio_filepath ?? null,
      };
    }
  },
};

/** Several rows may be parts of one file. */
function placeOf({ audio_filepath: path, offset }: z.output<typeof rowSchema>): string | null {
  return path === undefined ? null : offset === undefined ? path : `${path}@${offset}`;
}

function parseRow(text: string, where: string): z.output<typeof rowSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError('not a JSON object; every line of a manifest is one', where);
  }
  const parsed = rowSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`${issue!.path.join('.') || 'row'}: ${issue!.message}`, where);
}
