import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RemoteFile } from '../../transfer/download.ts';
import type { Downloaded, FetchRequest, LaidOut, Remote } from './source.ts';

/** The Parquet files of one split in a folder of the Hub, as many as a limit asks for. */
export async function parquetFiles(
  remote: Remote,
  place: { readonly dataset: string; readonly folder: string; readonly rowsPerFile: number },
  { split, limit }: FetchRequest,
): Promise<readonly RemoteFile[]> {
  const files = await remote.listHub(place.dataset, place.folder);
  const ofSplit = files.filter(({ url }) => basename(url).startsWith(`${split}-`) && url.endsWith('.parquet'));
  return limit === null ? ofSplit : ofSplit.slice(0, Math.ceil(limit / place.rowsPerFile));
}

/** Parquet files are taken whole; a card beside them says what language they are in. */
export async function keepParquet(
  downloads: readonly Downloaded[],
  folder: string,
  part: string,
  card: { readonly description: string; readonly license: string; readonly language: string },
): Promise<LaidOut> {
  const home = join(folder, part);
  await mkdir(home, { recursive: true });
  for (const { file, path } of downloads) await cp(path, join(home, basename(new URL(file.url).pathname)));
  await writeFile(join(home, 'corpus.json'), JSON.stringify({ ...card, synthetic: false }, null, 2));
  return { utterances: null, refusedMembers: [] };
}
