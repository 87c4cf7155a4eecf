import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';

/** A file that is downloaded. */
export interface RemoteFile {
  readonly url: string;
  /** How it is called while it is being worked with. */
  readonly name: string;
  /** `null` where nobody publishes it. */
  readonly bytes: number | null;
  readonly digest: { readonly algorithm: 'sha256' | 'md5'; readonly hex: string } | null;
}

export interface DownloadOptions {
  /** Another origin that has the same paths; the file's own when `null`. */
  readonly mirror: string | null;
  /** Sent to Hugging Face alone. */
  readonly hubToken: string | null;
  /** Wait before the second attempt; doubled for each further one. */
  readonly retryWaitMs: number;
  readonly onProgress: (name: string, receivedBytes: number, totalBytes: number | null) => void;
}

const mostAttempts = 5;

/**
 * Downloads a file, going on with what an earlier attempt left, and proves it by its size and digest.
 * It stands at `path` when it is whole, and not before.
 */
export async function download(file: RemoteFile, path: string, options: DownloadOptions): Promise<void> {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true });
  await checkSpace(file, dirname(path));
  const part = `${path}.part`;
  for (let attempt = 1; ; attempt++) {
    try {
      await receive(file, part, options);
      break;
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      if (isFull || error instanceof UserError || attempt === mostAttempts) throw asUserError(error, file);
      await new Promise((resolve) => setTimeout(resolve, options.retryWaitMs * 2 ** (attempt - 1)));
    }
  }
  await verify(file, part);
  await rename(part, path);
  await rm(`${part}.json`, { force: true });
}

/** Asks for JSON, with the same patience. */
export async function getJson(
  url: string,
  options: DownloadOptions,
  {
    method = 'GET',
    headers = {},
  }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await request(url, headers, options, method);
      return await response.json();
    } catch (error) {
      if (error instanceof UserError || attempt === mostAttempts) throw asUserError(error, { url });
      await new Promise((resolve) => setTimeout(resolve, options.retryWaitMs * 2 ** (attempt - 1)));
    }
  }
}

/** A failure that may be gone at the next attempt. */
class Passing extends Error {}

async function receive(file: RemoteFile, part: string, options: DownloadOptions): Promise<void> {
  const { start, etag } = await earlierPart(file, part);
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-`, 'if-range': etag } : {};
  const response = await request(file.url, headers, options);
  if (response.status === 416) {
    // Nothing is left to send; the digest will tell whether it is the file.
    await response.body?.cancel();
    return;
  }
  const isContinued = response.status === 206;
  const received = isContinued ? start : 0;
  const left = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = file.bytes ?? (Number.isFinite(left) ? received + left : null);
  await writeFile(`${part}.json`, JSON.stringify({ url: withoutQuery(file.url), etag: response.headers.get('etag') }));
  if (response.body === null) throw new Passing('an empty answer');
  let bytes = received;
  const handle = await open(part, isContinued ? 'a' : 'w');
  try {
    // Each piece is on disk before the next is asked for, so that a lost connection loses nothing that arrived.
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      await handle.writeFile(chunk);
      bytes += chunk.length;
      options.onProgress(file.name, bytes, total);
    }
  } finally {
    await handle.close();
  }
  if (total !== null && bytes < total) throw new Passing(`the connection ended after ${bytes} of ${total} bytes`);
}

/** What is there already, if it is known to be of the same file: only a strong tag proves that. */
async function earlierPart(file: RemoteFile, part: string): Promise<{ readonly start: number; readonly etag: string }> {
  const none = { start: 0, etag: '' };
  const noted = await readFile(`${part}.json`, 'utf8').catch(() => null);
  if (noted === null || !existsSync(part)) return none;
  const { url, etag } = noteIn(noted);
  if (url !== withoutQuery(file.url) || etag === null || etag.startsWith('W/')) return none;
  return { start: statSync(part).size, etag };
}

/** A kill may have cut the note short; what it told of is then fetched anew. */
function noteIn(text: string): { readonly url: string | null; readonly etag: string | null } {
  try {
    return JSON.parse(text) as { readonly url: string; readonly etag: string | null };
  } catch {
    return { url: null, etag: null };
  }
}

async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  { mirror, hubToken }: DownloadOptions,
  method = 'GET',
): Promise<Response> {
  const { pathname, search, hostname } = new URL(url);
  const address = mirror === null ? url : new URL(pathname + search, mirror).href;
  const isHub = hostname === 'huggingface.co';
  const authorization = hubToken !== null && isHub ? { authorization: `Bearer ${hubToken}` } : {};
  const response = await fetch(address, {
    method,
    headers: { 'accept-encoding': 'identity', ...authorization, ...headers },
  });
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  if (response.status === 429 || response.status >= 500) throw new Passing(`HTTP ${response.status}`);
  const remedy =
    response.status === 401 || response.status === 403
      ? `accept its terms on its page and ${isHub ? 'set HF_TOKEN' : 'look at the key'}`
      : 'see whether it moved; --mirror names another origin';
  throw new UserError(`${withoutQuery(address)} answers HTTP ${response.status}; ${remedy}`);
}

/** Queries hold signatures, which open the file to whoever has them and differ with each address that is given out. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function checkSpace({ name, bytes }: RemoteFile, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes === null || bavail * bsize > bytes) return;
  const gib = (count: number) => `${(count / 2 ** 30).toFixed(1)} GiB`;
  throw new UserError(
    `${name} has ${gib(bytes)}, but only ${gib(bavail * bsize)} are free in ${folder}; make room or choose another folder`,
  );
}

async function verify({ name, bytes, digest }: RemoteFile, path: string): Promise<void> {
  const { size } = statSync(path);
  const problem =
    bytes !== null && size !== bytes
      ? `has ${size} bytes instead of ${bytes}`
      : digest !== null && (await digestOf(path, digest.algorithm)) !== digest.hex
        ? `does not have the ${digest.algorithm} that is published`
        : null;
  if (problem === null) return;
  for (const left of [path, `${path}.json`]) await rm(left, { force: true });
  throw new UserError(`${name} ${problem}; it was removed, fetch it again`);
}

/** Digest of a file's content, hex. */
export async function digestOf(path: string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const digest = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), digest);
  return digest.digest('hex');
}

function asUserError(error: unknown, { url }: Pick<RemoteFile, 'url'>): UserError {
  if (error instanceof UserError) return error;
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? cause.message : message;
  return new UserError(`${withoutQuery(url)} cannot be fetched (${reason}); what has arrived is kept, try again`);
}
