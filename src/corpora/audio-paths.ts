import { basename, extname, isAbsolute, normalize, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { OpenOptions } from './corpus.ts';

/**
 * The absolute path of audio that a row names.
 *
 * An absolute path is its author's plain word and is followed. A relative one that climbs out of the corpus is refused,
 * since a corpus that came from elsewhere could reach anything with it. With `audioRoot`, both must lie in there.
 *
 * @throws UserError for a path that is refused.
 */
export function locateAudio(stated: string, folder: string, { audioRoot }: Pick<OpenOptions, 'audioRoot'>): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(stated)) {
    throw new UserError(`${stated} is no local file; download it and name the file`);
  }
  if (audioRoot === null && !isAbsolute(stated) && !stated.includes('..')) return `${folder}/${stated}`;
  const path = resolve(folder, stated);
  const root = audioRoot ?? folder;
  if (isInside(root, path) || (audioRoot === null && isAbsolute(stated))) return path;
  throw new UserError(
    `${stated} lies outside ${root}; move it there or name a folder that holds all audio as audioRoot`,
  );
}

/**
 * What a row without an id goes by: the path of its audio in the corpus without its ending, since files of two folders
 * often have one name. Of an absolute path the name alone, which is the same on another machine.
 */
export function idOfAudio(stated: string): string {
  const path = isAbsolute(stated) ? basename(stated) : normalize(stated);
  return path.slice(0, path.length - extname(path).length);
}

/** Whether a path lies in a folder or is it, by the letter of both. */
export function isInside(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return between === '' || (between !== '..' && !between.startsWith('../') && !isAbsolute(between));
}
