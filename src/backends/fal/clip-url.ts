import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { BackendError } from '../../errors.ts';
import type { AudioSource } from '../../types.ts';

/** Where the clips of a folder can be fetched from. */
export interface PublishedFolder {
  readonly root: string;
  readonly base: string;
}

/** @throws BackendError for a clip that lies outside the folder or is only a part of its file. */
export function publishedUrl(audio: AudioSource, { root, base }: PublishedFolder): string {
  const { path, offsetSeconds, durationSeconds, channel } = audio;
  const below = relative(root, path);
  if (offsetSeconds > 0 || durationSeconds !== null || channel !== undefined) {
    throw new BackendError('audio', 'only a part of this file is meant, and a URL gives all of it', false);
  }
  if (below.startsWith('..')) throw new BackendError('audio', 'the clip does not lie in urlRoot', false);
  const address = below.split(sep).map(encodeURIComponent).join('/');
  return new URL(address, base.endsWith('/') ? base : `${base}/`).href;
}

/**
 * Fetches what a URL gives and holds it against the clip, before anything is paid for.
 * @throws BackendError unless the bytes are the same.
 */
export async function checkPublished(url: string, { path }: AudioSource, timeoutMs: number): Promise<void> {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    const { code = 'no answer' } = ((error as Error).cause ?? {}) as { code?: string };
    throw new BackendError('audio-url', `${url} cannot be fetched (${code})`, true);
  });
  if (!response.ok) throw new BackendError('audio-url', `${url} answers ${response.status}`, response.status >= 500);
  const [there, here] = await Promise.all([response.arrayBuffer(), readFile(path)]);
  if (digest(new Uint8Array(there)) !== digest(here)) {
    throw new BackendError('audio-url', `${url} is another file than the clip here; upload it again`, false);
  }
}
