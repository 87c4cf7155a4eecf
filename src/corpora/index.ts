import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { commonVoice } from './common-voice.ts';
import type { CorpusLayout, OpenCorpus, OpenOptions } from './corpus.ts';
import { fleurs } from './fleurs.ts';
import { kaldi } from './kaldi.ts';
import { lhotse } from './lhotse.ts';
import { librispeech } from './librispeech.ts';
import { mls } from './mls.ts';
import { nemoManifest } from './nemo-manifest.ts';
import { parquet } from './parquet.ts';
import { stm } from './stm.ts';
import { table } from './table.ts';
import { textBesideAudio } from './text-beside-audio.ts';
import { voxpopuli } from './voxpopuli.ts';
import { publicCorpora } from './sources/index.ts';

/** Every layout, in the order in which they are tried: those with a telling shape before those that fit much. */
export const corpusLayouts: readonly CorpusLayout[] = [
  lhotse,
  nemoManifest,
  kaldi,
  commonVoice,
  fleurs,
  mls,
  voxpopuli,
  librispeech,
  table,
  stm,
  parquet,
  textBesideAudio,
];

/**
 * Finds the layout of whatever corpus lies at a path.
 * @throws UserError when nothing is there or its layout is unknown.
 */
export async function recognizeLayout(name: string, path: string): Promise<CorpusLayout> {
  if ((await stat(path).catch(() => null)) === null) {
    throw new UserError(`corpus ${name}: nothing at ${path}; ${howToGet(path)}`);
  }
  for (const layout of corpusLayouts) {
    if (await layout.recognizes(path)) return layout;
  }
  const table = (await readdir(path).catch(() => [])).find((file) => /\.(csv|tsv|jsonl?|stm)(\.gz)?$/.test(file));
  const instead = table === undefined ? '' : `; name its table, such as ${join(path, table)}`;
  const layouts = corpusLayouts.map((layout) => layout.summary).join('; ');
  throw new UserError(`corpus ${name}: the layout of ${path} is not known${instead}; supported: ${layouts}`);
}

/** What to do about a corpus that is not there: those of public names are fetched. */
export function howToGet(path: string): string {
  const folders = path.split(/[/\\]/);
  const known = publicCorpora.find(({ name }) => folders.includes(name));
  if (known === undefined) return 'give the path of a manifest or of its folder';
  const language = known.languages.length === 1 ? '' : ' --language LOCALE';
  const split = known.splits.find((name) => folders.includes(name));
  return `fetch it by: earshot corpora fetch ${known.name}${language}${split === undefined ? '' : ` --split ${split}`}`;
}

/**
 * Opens whatever corpus lies at a path.
 * @throws UserError when nothing is there or its layout is unknown.
 */
export async function openCorpus(name: string, path: string, options: OpenOptions): Promise<OpenCorpus> {
  return (await recognizeLayout(name, path)).open(path, options);
}
