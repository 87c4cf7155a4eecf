import { UserError } from '../../errors.ts';
import type { RemoteFile } from '../../transfer/download.ts';

/** Where public data sets lie. */
export const HUB = 'https://huggingface.co';

/** The address of one file of a data set. */
export function hubFile(dataset: string, path: string): string {
  return `${HUB}/datasets/${dataset}/resolve/main/${path}`;
}

interface TreeEntry {
  readonly type: string;
  readonly path: string;
  readonly size: number;
  readonly lfs?: { readonly oid: string; readonly size: number };
}

/** Lists a folder of a data set with the sizes and digests that the Hub publishes. */
export async function listHub(
  getJson: (url: string) => Promise<unknown>,
  dataset: string,
  folder: string,
): Promise<readonly RemoteFile[]> {
  const entries = await getJson(`${HUB}/api/datasets/${dataset}/tree/main/${folder}`);
  if (!Array.isArray(entries))
    throw new UserError(`${dataset} does not list ${folder}; see ${HUB}/datasets/${dataset}`);
  return (entries as TreeEntry[])
    .filter(({ type }) => type === 'file')
    .map(({ path, size, lfs }) => ({
      url: hubFile(dataset, path),
      name: path.replaceAll('/', '-'),
      bytes: lfs?.size ?? size,
      digest: lfs === undefined ? null : { algorithm: 'sha256', hex: lfs.oid.replace(/^sha256:/, '') },
    }));
}
