import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { digestOf, download, getJson, type DownloadOptions, type RemoteFile } from '../transfer/download.ts';
import { MODEL_HUB, type PublicModel } from './public-models.ts';

/** What has become of a fetched model. */
export interface FetchedModel {
  readonly folder: string;
  /** Files that were believed because nobody publishes their digests: what they are is on record from now on. */
  readonly trustedOnFirstUse: readonly string[];
}

interface TreeEntry {
  readonly type: string;
  readonly path: string;
  readonly size: number;
  readonly lfs?: { readonly oid: string; readonly size: number };
}

/** SHA-256 by file name, hex. */
type Digests = Readonly<Record<string, string>>;

/**
 * Fetches a public model into `<cache>/<name>`, which appears when all of it has arrived and been verified, and not
 * before: by the SHA-256 that the Hub publishes for large files, by that of the first time for the others. The record of
 * both outlives the model. What has arrived of an interrupted download is gone on with.
 *
 * @throws UserError for files that are not what was published or first seen, and where host or disk fail.
 */
export async function fetchModel(model: PublicModel, cache: string, options: DownloadOptions): Promise<FetchedModel> {
  const folder = join(cache, model.name);
  if (existsSync(folder)) return { folder, trustedOnFirstUse: [] };
  const recordPath = join(cache, '.digests', `${model.name}.json`);
  const recorded = await readRecord(recordPath);
  const staging = join(cache, '.downloads', model.name);
  await mkdir(staging, { recursive: true });
  const digests: Record<string, string> = {};
  const trusted: string[] = [];
  for (const published of await listModel(model, options)) {
    const { name } = published;
    const known = recorded[name];
    const digest = published.digest ?? (known === undefined ? null : { algorithm: 'sha256' as const, hex: known });
    if (known !== undefined && digest!.hex !== known) {
      throw new UserError(
        `${model.name}: ${name} is no longer what was fetched before; delete ${recordPath} to accept the new one`,
      );
    }
    const path = join(staging, name);
    await download({ ...published, digest }, path, options);
    if (digest === null) trusted.push(name);
    digests[name] = digest?.hex ?? (await digestOf(path, 'sha256'));
  }
  await mkdir(dirname(recordPath), { recursive: true });
  await writeFile(recordPath, `${JSON.stringify(digests, null, 2)}\n`);
  await rename(staging, folder);
  return { folder, trustedOnFirstUse: trusted };
}

/** Graphs, their weights and the vocabulary; not the samples and pages that a repository has besides. */
const WANTED = /^[^/]+\.(onnx|data|weights)$|^tokens\.txt$/;

async function listModel({ name, repository }: PublicModel, options: DownloadOptions): Promise<readonly RemoteFile[]> {
  const entries = await getJson(`${MODEL_HUB}/api/models/${repository}/tree/main`, options);
  const listed = Array.isArray(entries) ? (entries as readonly TreeEntry[]) : [];
  const files = listed.filter(({ type, path }) => type === 'file' && WANTED.test(path));
  if (!files.some(({ path }) => path === 'tokens.txt')) {
    throw new UserError(`${name} is not at ${MODEL_HUB}/${repository} any more; look for it there`);
  }
  return files.map(({ path, size, lfs }) => ({
    url: `${MODEL_HUB}/${repository}/resolve/main/${path}`,
    name: path,
    bytes: lfs?.size ?? size,
    digest: lfs === undefined ? null : { algorithm: 'sha256', hex: lfs.oid.replace(/^sha256:/, '') },
  }));
}

async function readRecord(path: string): Promise<Digests> {
  const content = await readFile(path, 'utf8').catch(() => null);
  return content === null ? {} : (JSON.parse(content) as Digests);
}
