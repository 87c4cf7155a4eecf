import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A clip that lies at the host. */
interface StoredClip {
  readonly url: string;
  readonly expiresAt: number;
}

/** Near its end a file may be gone by the time that the host fetches it. */
const safetyMs = 600_000;

/**
 * Remembers which clips lie at the host, by the digest of their bytes, so that each is uploaded once: in this process, and
 * with a file, across processes.
 */
export class UploadCache {
  readonly #file: string | null;
  readonly #place: string;
  readonly #now: () => number;
  readonly #known = new Map<string, Promise<StoredClip>>();

  /**
   * @param place host that the URLs belong to; those of another one are of no use here.
   * @param now wall clock, milliseconds.
   */
  constructor(file: string | null, place: string, now: () => number) {
    this.#file = file;
    this.#place = place;
    this.#now = now;
    if (file === null || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const row = readRow(line);
      if (row?.place === place) this.#known.set(row.sha256, Promise.resolve(row));
    }
  }

  /** The URL of a clip, uploading it unless it lies there; clips that several calls want at once are uploaded once. */
  async urlOf(
    sha256: string,
    lifetimeMs: number,
    upload: () => Promise<string>,
  ): Promise<{ readonly url: string; readonly isNew: boolean }> {
    for (;;) {
      const stored = this.#known.get(sha256);
      if (stored === undefined) break;
      const known = await stored.catch(() => null);
      if (known && known.expiresAt - safetyMs > this.#now()) return { url: known.url, isNew: false };
      // Who finds it expired first makes way; the others then wait for the upload that follows. Nothing is awaited from
      // here on until that is known.
      if (this.#known.get(sha256) === stored) this.#known.delete(sha256);
    }
    const expiresAt = this.#now() + lifetimeMs;
    const storing = upload().then((url) => ({ url, expiresAt }));
    this.#known.set(sha256, storing);
    try {
      const { url } = await storing;
      this.#remember({ place: this.#place, sha256, url, expiresAt });
      return { url, isNew: true };
    } catch (error) {
      if (this.#known.get(sha256) === storing) this.#known.delete(sha256);
      throw error;
    }
  }

  /** Forgets a clip that the host cannot find any more. */
  forget(sha256: string): void {
    this.#known.delete(sha256);
    this.#remember({ place: this.#place, sha256, url: '', expiresAt: 0 });
  }

  #remember(row: Row): void {
    if (this.#file === null) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(row)}\n`);
  }
}

const caches = new Map<string, UploadCache>();

/**
 * The cache that all share who send to a place, also one after the other.
 * @param recording file that the exchanges go to, if any: it has to hold its own uploads.
 */
export function uploadsAt(place: string, file: string | null, recording: string | null): UploadCache {
  const id = JSON.stringify([place, file, recording]);
  const cache = caches.get(id) ?? new UploadCache(file, place, Date.now);
  caches.set(id, cache);
  return cache;
}

interface Row extends StoredClip {
  readonly place: string;
  readonly sha256: string;
}

/** A process that was killed may have left half a line. */
function readRow(line: string): Row | null {
  try {
    return JSON.parse(line) as Row;
  } catch {
    return null;
  }
}
