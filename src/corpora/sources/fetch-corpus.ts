import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../../errors.ts';
import { walkFiles } from '../walk-files.ts';
import { download, getJson, type DownloadOptions } from '../../transfer/download.ts';
import { listHub } from './hub.ts';
import type { FetchRequest, LaidOut, PublicCorpus, Remote } from './source.ts';

/** How to fetch, and where keys of the user's are. */
export interface FetchOptions extends DownloadOptions {
  readonly secret: (name: string) => string | null;
}

/**
 * Fetches a public corpus, or a part of it, into a folder. What is there of it stays in place until the new part is
 * whole; what arrived of an interrupted download is gone on with.
 */
export async function fetchCorpus(
  corpus: PublicCorpus,
  request: FetchRequest,
  folder: string,
  options: FetchOptions,
): Promise<LaidOut> {
  if (request.archive !== null && !existsSync(request.archive))
    throw new UserError(`there is no archive ${request.archive}; name one that was downloaded`);
  await mkdir(folder, { recursive: true });
  const downloads = join(folder, '.downloads');
  try {
    return await fetchInto(folder, downloads, corpus, request, options);
  } finally {
    // What arrived stays, to go on with; a refusal leaves no empty folder.
    for (const empty of [downloads, folder]) await rmdir(empty).catch(() => undefined);
  }
}

async function fetchInto(
  folder: string,
  downloads: string,
  corpus: PublicCorpus,
  request: FetchRequest,
  options: FetchOptions,
): Promise<LaidOut> {
  const remote: Remote = {
    listHub: (dataset, path) => listHub((url) => getJson(url, options), dataset, path),
    secret: options.secret,
    postJson: (url, headers) => getJson(url, options, { method: 'POST', headers }),
  };
  const files = await corpus.files(request, remote);
  if (files.length === 0 && request.archive === null) {
    throw new UserError(`${corpus.name} has no ${request.split} in ${request.language}; see ${corpus.homepage}`);
  }
  const arrived = [];
  for (const file of files) {
    const path = join(downloads, file.name);
    await download(file, path, options);
    arrived.push({ file, path });
  }
  const staging = await mkdtemp(join(folder, '.staging-'));
  try {
    const laidOut = await corpus.layOut(arrived, request, staging);
    await publish(staging, folder);
    await writeCard(corpus, folder);
    for (const { path } of arrived) await rm(path, { force: true });
    return laidOut;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const audio = /\.(wav|flac|mp3|ogg|opus|sph|parquet)$/;

/** Moves files into place, those that name others last: a table never names audio that is not there. */
async function publish(staging: string, folder: string): Promise<void> {
  for (const areTables of [false, true]) {
    for await (const path of walkFiles(staging, /./)) {
      if (audio.test(path) === areTables) continue;
      const target = join(folder, relative(staging, path));
      await mkdir(dirname(target), { recursive: true });
      await rename(path, target);
    }
  }
}

/** The folder tells of itself, and keeps itself out of a repository that it may lie in. */
async function writeCard({ description, license, languages }: PublicCorpus, folder: string): Promise<void> {
  const card = {
    description,
    license,
    synthetic: false,
    ...(languages.length === 1 ? { language: languages[0] } : {}),
  };
  await writeFile(join(folder, 'corpus.json'), JSON.stringify(card, null, 2));
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore) && (await stat(folder)).isDirectory()) await writeFile(ignore, '*\n');
}
