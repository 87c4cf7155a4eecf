import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { isInside } from './audio-paths.ts';
import type { Rejection } from './corpus.ts';
import { digestOf } from '../transfer/download.ts';
import { readLines } from './text-lines.ts';
import { walkFiles } from './walk-files.ts';

/** What `sha256sum` writes and checks. */
const SUMS = 'SHA256SUMS';

/** How many files are as they were, and which are not. */
export interface SumsCheck {
  readonly checked: number;
  readonly problems: readonly Rejection[];
}

/** Compares the files of a folder with its `SHA256SUMS`; `null` when it has none. */
export async function checkSums(folder: string): Promise<SumsCheck | null> {
  const sums = join(folder, SUMS);
  if (!existsSync(sums)) return null;
  const problems: Rejection[] = [];
  let checked = 0;
  for await (const lines of readLines(sums)) {
    for (const { number, text } of lines) {
      const [, expected, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(text) ?? [];
      if (expected === undefined || name === undefined) continue;
      checked++;
      const problem = await problemOf(resolve(folder, name), folder, expected);
      if (problem !== null) problems.push({ where: `${sums}:${number}`, reason: `${name} ${problem}` });
    }
  }
  return { checked, problems };
}

async function problemOf(path: string, folder: string, expected: string): Promise<string | null> {
  if (!isInside(folder, path)) return 'lies outside of the folder; remove the line';
  if (!existsSync(path)) return 'is missing; restore it';
  return (await digestOf(path, 'sha256')) === expected
    ? null
    : 'is not what it was; restore it, or note the digests anew';
}

/** Writes `SHA256SUMS` over every file of a folder. @returns their number. */
export async function writeSums(folder: string): Promise<number> {
  const lines: string[] = [];
  for await (const path of walkFiles(folder, /^[^.]/)) {
    if (basename(path) !== SUMS) lines.push(`${await digestOf(path, 'sha256')}  ${relative(folder, path)}\n`);
  }
  await writeFile(join(folder, SUMS), lines.join(''));
  return lines.length;
}
