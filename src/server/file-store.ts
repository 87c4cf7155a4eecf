import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** Files and the parts of those that are coming; what would pass these is refused, or the oldest is forgotten. */
export interface StoreLimits {
  /** Of one file, in whatever pieces it comes. */
  readonly maxBytes: number;
  /** Of all files together. */
  readonly maxTotalBytes: number;
}

interface StoredFile {
  readonly name: string;
  readonly contentType: string;
  bytes: Buffer | null;
  readonly parts: Map<number, Buffer>;
}

/** Uploaded clips in memory, and a folder for those that the recognizer is reading. Gone when the server ends. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'earshot-serve-'));
  readonly #limits: StoreLimits;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  /** Makes a place for a file; its id is part of the URL that it is known by. */
  reserve(name: string, contentType: string): string {
    const id = randomUUID();
    this.#files.set(id, { name, contentType, bytes: null, parts: new Map() });
    return id;
  }

  put(id: string, bytes: Buffer): void {
    const file = this.#find(id);
    file.bytes = bytes;
    this.#makeRoom(file);
  }

  /** @throws Refusal when the parts so far are more than a file may have. */
  putPart(id: string, number: number, bytes: Buffer): void {
    const file = this.#find(id);
    const others = sizeOf(file) - (file.parts.get(number)?.length ?? 0);
    if (others + bytes.length > this.#limits.maxBytes) {
      this.forget(id);
      throw new Refusal(413, { detail: `The parts exceed ${this.#limits.maxBytes} bytes` });
    }
    file.parts.set(number, bytes);
    this.#makeRoom(file);
  }

  /** @throws Refusal unless every part came. */
  complete(id: string, numbers: readonly number[]): void {
    const file = this.#find(id);
    const parts = numbers.map((number) => file.parts.get(number));
    if (parts.length === 0 || parts.some((part) => part === undefined))
      throw new Refusal(400, { detail: 'A part is missing' });
    file.bytes = Buffer.concat(parts as Buffer[]);
    file.parts.clear();
  }

  /** `null` where there is no such file (any more). */
  read(id: string): { readonly bytes: Buffer; readonly contentType: string } | null {
    const file = this.#files.get(id);
    return file?.bytes ? { bytes: file.bytes, contentType: file.contentType } : null;
  }

  forget(id: string): void {
    this.#files.delete(id);
  }

  /** Puts audio where a recognizer can read it. */
  async lendPath(bytes: Buffer): Promise<{ readonly path: string; giveBack(): void }> {
    const path = join(this.#folder, randomUUID());
    await writeFile(path, bytes);
    return { path, giveBack: () => rmSync(path, { force: true }) };
  }

  close(): void {
    this.#files.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Forgets the oldest files, as they expire at the host; never the one that has just come. */
  #makeRoom(newest: StoredFile): void {
    let total = [...this.#files.values()].reduce((sum, file) => sum + sizeOf(file), 0);
    for (const [id, file] of this.#files) {
      if (total <= this.#limits.maxTotalBytes) return;
      if (file === newest || sizeOf(file) === 0) continue;
      total -= sizeOf(file);
      this.forget(id);
    }
  }

  #find(id: string): StoredFile {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal(404, { detail: 'No such file' });
    return file;
  }
}

function sizeOf({ bytes, parts }: StoredFile): number {
  return [...parts.values()].reduce((sum, part) => sum + part.length, bytes?.length ?? 0);
}
