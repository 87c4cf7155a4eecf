import { stat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import type { CorpusLayout, OpenCorpus } from './corpus.ts';
import { nemoManifest } from './nemo-manifest.ts';

/** Every layout, in the order in which they are tried. */
export const corpusLayouts: readonly CorpusLayout[] = [nemoManifest];

/**
 * Opens whatever corpus lies at a path.
 * @throws UserError when nothing is there or its layout is unknown.
 */
export async function openCorpus(name: string, path: string): Promise<OpenCorpus> {
  if ((await stat(path).catch(() => null)) === null) {
    throw new UserError(`corpus ${name}: nothing at ${path}; give the path of a manifest or of its folder`);
  }
  for (const layout of corpusLayouts) {
    if (await layout.recognizes(path)) return layout.open(path);
  }
  const layouts = corpusLayouts.map((layout) => layout.summary).join('; ');
  throw new UserError(`corpus ${name}: the layout of ${path} is not known; supported: ${layouts}`);
}
