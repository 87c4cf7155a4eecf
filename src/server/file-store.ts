import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

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

  /** Makes a place for a file; its id is part of the URL that it is known by. */
  reserve(name: string, contentType: string): string {
    const id = randomUUID();
    this.#files.set(id, { name, contentType, bytes: null, parts: new Map() });
    return id;
  }

  put(id: string, bytes: Buffer): void {
    this.#find(id).bytes = bytes;
  }

  putPart(id: string, number: number, bytes: Buffer): void {
    this.#find(id).parts.set(number, bytes);
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

  #find(id: string): StoredFile {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal(404, { detail: 'No such file' });
    return file;
  }
}
