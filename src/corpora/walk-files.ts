import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How far below a corpus's folder its files are looked for. */
const DEEPEST = 8;

/**
 * Every file in a folder and below whose name matches, in order of name. Linked folders are followed, but never in a
 * circle.
 */
export async function* walkFiles(folder: string, matches: RegExp): AsyncGenerator<string> {
  yield* walk(folder, matches, [await realpath(folder)]);
}

/** @returns the first such file, or `null`. */
export async function findFile(folder: string, matches: RegExp): Promise<string | null> {
  for await (const path of walkFiles(folder, matches)) return path;
  return null;
}

/** A folder and those right below it, in order of name: where corpora keep a language each. */
export async function withSubfolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  return [folder, ...folders.map(({ name }) => join(folder, name)).sort()];
}

async function* walk(folder: string, matches: RegExp, above: readonly string[]): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
    if (kind.isDirectory()) {
      const real = entry.isSymbolicLink() ? await realpath(path) : path;
      const isCircle = above.some((ancestor) => ancestor === real);
      if (!isCircle && above.length < DEEPEST) yield* walk(path, matches, [...above, real]);
    } else if (matches.test(entry.name)) {
      yield path;
    }
  }
}
