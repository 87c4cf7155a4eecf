import type { RemoteFile } from '../../transfer/download.ts';

/** What of a public corpus is wanted. */
export interface FetchRequest {
  /** One of the endpoint's locales. */
  readonly language: string;
  readonly split: string;
  /** Most utterances; the same ones for the same seed. Whole Parquet files are fetched until they hold as many. */
  readonly limit: number | null;
  readonly seed: number;
  /** An archive that its user has downloaded already. */
  readonly archive: string | null;
}

/** How a corpus is asked for what it has. */
export interface Remote {
  /** The Hub's files in a folder of a data set, with sizes and SHA-256. */
  listHub(dataset: string, folder: string): Promise<readonly RemoteFile[]>;
  /** A secret of the environment, or `null`. */
  secret(name: string): string | null;
  postJson(url: string, headers: Readonly<Record<string, string>>): Promise<unknown>;
}

/** A downloaded file: which it was, and where it lies now. */
export interface Downloaded {
  readonly file: RemoteFile;
  readonly path: string;
}

/** What was made of the downloads. */
export interface LaidOut {
  /** `null` where files were taken whole, without looking into them. */
  readonly utterances: number | null;
  /** Members of archives that would have left the folder, or were links. */
  readonly refusedMembers: readonly string[];
}

/** A corpus that is fetched by its name. One file per corpus and one line in the table of `index.ts`. */
export interface PublicCorpus {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly homepage: string;
  /** The locales that it has, of the endpoint's. */
  readonly languages: readonly string[];
  /** The one to measure on first. */
  readonly splits: readonly string[];
  /** What a person must know of the size before a download, such as `350 MB`. */
  readonly size: string;
  files(request: FetchRequest, remote: Remote): Promise<readonly RemoteFile[]>;
  /** Lays what was downloaded out in an empty folder, as the corpus's layout has it. */
  layOut(downloads: readonly Downloaded[], request: FetchRequest, folder: string): Promise<LaidOut>;
}
