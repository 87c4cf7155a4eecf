import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { WordTime } from '../types.ts';
import { locateAudio } from './audio-paths.ts';
import type { CorpusLayout, CorpusRow, OpenOptions, StatedUtterance } from './corpus.ts';
import { readCard } from './corpus-card.ts';
import { toRow } from './rows.ts';
import { firstLine, NOT_UTF8, readLines, type TextLine } from './text-lines.ts';

const alignmentSchema = z.tuple([z.string(), z.number(), z.number()]).rest(z.unknown());

const supervisionSchema = z.object({
  id: z.string(),
  start: z.number(),
  duration: z.number().positive(),
  text: z.string().nullish(),
  language: z.string().nullish(),
  speaker: z.string().nullish(),
  gender: z.string().nullish(),
  custom: z.record(z.string(), z.unknown()).nullish(),
  alignment: z.record(z.string(), z.array(alignmentSchema)).nullish(),
});

const cutSchema = z.object({
  type: z.string().optional(),
  id: z.string(),
  start: z.number().min(0),
  duration: z.number().positive(),
  channel: z.int().min(0).optional(),
  supervisions: z.array(supervisionSchema),
  recording: z.object({
    id: z.string(),
    duration: z.number().optional(),
    sources: z.array(z.object({ type: z.string(), source: z.string() })).min(1),
  }),
});

type Cut = z.output<typeof cutSchema>;

/** Names under which cuts lie in a folder. */
const names = ['cuts.jsonl.gz', 'cuts.jsonl'];

/** Lhotse's cuts: an utterance for each supervision. */
export const lhotse: CorpusLayout = {
  name: 'lhotse',
  summary: 'Lhotse cuts: JSONL (gzipped or not) with supervisions and recording',

  async recognizes(path) {
    const cuts = await cutsIn(path);
    return cuts !== null && /"supervisions"|"MonoCut"/.test(await firstLine(cuts).catch(() => ''));
  },

  async open(path, options) {
    const cuts = resolve((await cutsIn(path))!);
    return { ...(await readCard(dirname(cuts))), rows: () => readRows(cuts, options) };
  },
};

async function cutsIn(path: string): Promise<string | null> {
  for (const candidate of /\.jsonl(\.gz)?$/.test(path) ? [path] : names.map((name) => join(path, name))) {
    if ((await stat(candidate).catch(() => null))?.isFile()) return candidate;
  }
  return null;
}

async function* readRows(cuts: string, options: OpenOptions): AsyncGenerator<readonly CorpusRow[]> {
  for await (const lines of readLines(cuts)) {
    yield lines.filter(({ text }) => text.trim() !== '').flatMap((line) => readCut(line, cuts, options));
  }
}

function readCut(line: TextLine, file: string, options: OpenOptions): CorpusRow[] {
  const where = `${file}:${line.number}`;
  let cut: Cut;
  try {
    cut = parseCut(line);
  } catch (error) {
    if (error instanceof UserError) return [{ rejection: { where, reason: error.message } }];
    throw error;
  }
  return cut.supervisions.map((supervision) =>
    toRow(where, () => toUtterance(cut, supervision, dirname(file), options)),
  );
}

function parseCut({ text, isIntact }: TextLine): Cut {
  if (!isIntact) throw new UserError(`row ${NOT_UTF8}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError('not a JSON object; every line is a cut');
  }
  const parsed = cutSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${issue!.path.join('.') || 'cut'}: ${issue!.message}`);
  }
  const { type } = parsed.data;
  if (type !== undefined && type !== 'MonoCut') throw new UserError(`cuts of type ${type} are not read; MonoCut is`);
  return parsed.data;
}

function toUtterance(
  cut: Cut,
  supervision: Cut['supervisions'][number],
  folder: string,
  options: OpenOptions,
): StatedUtterance {
  const [source] = cut.recording.sources;
  if (source!.type !== 'file') {
    throw new UserError(`recording ${cut.recording.id} is a ${source!.type}, not a file; store it as a file`);
  }
  if (typeof supervision.text !== 'string') throw new UserError(`supervision ${supervision.id} has no text; add it`);
  // A supervision's start counts from its cut's.
  const startSeconds = Math.max(0, cut.start + supervision.start);
  const { duration } = cut.recording;
  const isWhole = startSeconds === 0 && duration !== undefined && Math.abs(duration - supervision.duration) < 1e-3;
  return {
    id: supervision.id,
    audio: {
      path: locateAudio(source!.source, folder, options),
      offsetSeconds: startSeconds,
      durationSeconds: isWhole ? null : supervision.duration,
      ...(cut.channel === undefined ? {} : { channel: cut.channel }),
    },
    durationSeconds: supervision.duration,
    language: supervision.language ?? '',
    reference: supervision.text,
    speaker: supervision.speaker ?? null,
    session: cut.recording.id,
    sentence: null,
    words: wordsOf(supervision),
    attributes: attributesOf(supervision),
  };
}

function wordsOf({ alignment, start }: Cut['supervisions'][number]): readonly WordTime[] | null {
  const words = alignment?.['word'];
  if (!words) return null;
  return words.map(([word, at, seconds]) => ({ word, startSeconds: at - start, endSeconds: at - start + seconds }));
}

function attributesOf({ gender, custom }: Cut['supervisions'][number]): StatedUtterance['attributes'] {
  const plain = Object.entries(custom ?? {}).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return { ...(Object.fromEntries(plain) as Record<string, string | number | boolean>), ...(gender ? { gender } : {}) };
}
