import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { cacheOnce } from './audio-cache.ts';

/** Where a member lies in an archive. */
interface Place {
  readonly at: number;
  readonly bytes: number;
}

const BLOCK = 512;

/** Shards whose tables are kept; rows come shard by shard. */
const OPEN_SHARDS = 4;

/** The tar files of a tarred NeMo data set, `audio_<shard>.tar` beside their manifest. Only headers are read. */
export class TarShards {
  readonly #folder: string;
  readonly #cacheFolder: string;
  readonly #versions = new Map<number, string>();
  readonly #tables = new Map<number, Promise<ReadonlyMap<string, Place>>>();

  constructor(manifest: string, cacheFolder: string) {
    this.#folder = dirname(manifest);
    this.#cacheFolder = cacheFolder;
  }

  /**
   * Where a member will lie once extracted: a name made of digests, so that no member can choose its place and none of a
   * shard that was replaced is taken for its successor.
   */
  pathOf(shardId: number, member: string): string {
    const digest = createHash('sha256')
      .update(`${this.#shardPath(shardId)}\n${this.#versionOf(shardId)}\n${member}`)
      .digest('hex');
    return join(this.#cacheFolder, digest.slice(0, 2), digest + extname(member));
  }

  /** @throws UserError when the shard or the member is not there. */
  async extract(shardId: number, member: string): Promise<void> {
    await cacheOnce(this.pathOf(shardId, member), async (part) => {
      const shard = this.#shardPath(shardId);
      const place = (await this.#table(shardId)).get(member);
      if (place === undefined) throw new UserError(`${shard} has no member ${member}; fetch the shard again`);
      const file = await open(shard);
      try {
        await writeFile(part, await readExactly(file, place, shard));
      } finally {
        await file.close();
      }
    });
  }

  #versionOf(shardId: number): string {
    let version = this.#versions.get(shardId);
    if (version === undefined) {
      const found = statSync(this.#shardPath(shardId), { throwIfNoEntry: false });
      version = `${found?.size} ${found?.mtimeMs}`;
      this.#versions.set(shardId, version);
    }
    return version;
  }

  #shardPath(shardId: number): string {
    return join(this.#folder, `audio_${shardId}.tar`);
  }

  #table(shardId: number): Promise<ReadonlyMap<string, Place>> {
    const known = this.#tables.get(shardId);
    if (known) return known;
    const table = readTable(this.#shardPath(shardId));
    this.#tables.set(shardId, table);
    const [oldest] = this.#tables.keys();
    if (this.#tables.size > OPEN_SHARDS) this.#tables.delete(oldest!);
    return table;
  }
}

/** The members of a plain tar file, by name. */
async function readTable(path: string): Promise<ReadonlyMap<string, Place>> {
  const file = await open(path).catch(() => {
    throw new UserError(`there is no shard ${path}; put the tar files beside their manifest`);
  });
  try {
    const table = new Map<string, Place>();
    const header = Buffer.alloc(BLOCK);
    let longName: string | null = null;
    for (let at = 0; ;) {
      const { bytesRead } = await file.read(header, 0, BLOCK, at);
      if (bytesRead < BLOCK || header[0] === 0) return table;
      const bytes = Number.parseInt(header.toString('latin1', 124, 136), 8);
      if (!Number.isFinite(bytes)) throw new UserError(`${path} is no tar file, or a damaged one; fetch it again`);
      const place = { at: at + BLOCK, bytes };
      const kind = String.fromCharCode(header[156]!);
      if (kind === 'L') longName = textOf(await readExactly(file, place, path));
      else {
        const prefix = textOf(header.subarray(345, 500));
        const name = textOf(header.subarray(0, 100));
        table.set(longName ?? (prefix === '' ? name : `${prefix}/${name}`), place);
        longName = null;
      }
      at += BLOCK + Math.ceil(bytes / BLOCK) * BLOCK;
    }
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, { at, bytes }: Place, path: string): Promise<Buffer> {
  const content = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(content, 0, bytes, at);
  if (bytesRead < bytes) throw new UserError(`${path} is cut short; fetch it again`);
  return content;
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}
