import { stat } from 'node:fs/promises';
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
    throw new UserError(`corpus ${name}: nothing at ${path}; give the path of a manifest or of its folder`);
  }
  for (const layout of corpusLayouts) {
    if (await layout.recognizes(path)) return layout;
  }
  const layouts = corpusLayouts.map((layout) => layout.summary).join('; ');
  throw new UserError(`corpus ${name}: the layout of ${path} is not known; supported: ${layouts}`);
}

/**
 * Opens whatever corpus lies at a path.
 * @throws UserError when nothing is there or its layout is unknown.
 */
export async function openCorpus(name: string, path: string, options: OpenOptions): Promise<OpenCorpus> {
  return (await recognizeLayout(name, path)).open(path, options);
}
