import { checkKey } from './check-key.ts';
import { readBody, readJson, reset, sendJson, type HttpExchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { FileStore } from './file-store.ts';
import { infrastructure, Refusal } from './refusal.ts';

export interface StorageOptions {
  readonly store: FileStore;
  readonly faults: Faults;
  readonly maxBytes: number;
  /** The one key that is let in; `null` lets every key in. */
  readonly key: string | null;
  readonly origin: () => string;
}

const mediaTypes = /^(audio|video|image)\//;

/** Uploads in one piece or several, and the files themselves. */
export class StorageRoutes {
  readonly #options: StorageOptions;

  constructor(options: StorageOptions) {
    this.#options = options;
  }

  /** @returns false for a path that is none of the storage's. */
  async handle(exchange: HttpExchange): Promise<boolean> {
    const { method, path } = exchange;
    const { store, maxBytes, faults } = this.#options;
    if (method === 'POST' && /^\/rest\/storage\/upload\/initiate(-multipart)?$/.test(path))
      return this.#initiate(exchange);
    const [, id, part] = /^\/uploads\/([\w-]+)(?:\/(\d+|complete))?$/.exec(path) ?? [];
    if (id !== undefined) {
      if (faults.happens('slow-upload')) {
        await new Promise((resolve) => setTimeout(resolve, faults.settings.slowUploadMs));
      }
      if (method === 'POST' && part === 'complete') return this.#complete(exchange, id);
      if (method !== 'PUT') throw new Refusal(405, { detail: 'Method not allowed' });
      const bytes = await readBody(exchange, maxBytes);
      if (faults.happens('upload-unavailable')) throw infrastructure(503, 'Storage unavailable', 'internal_error');
      if (faults.happens('upload-reset')) {
        reset(exchange);
        return true;
      }
      if (part === undefined) store.put(id, bytes);
      else store.putPart(id, Number(part), bytes);
      if (faults.happens('expired-file')) store.forget(id);
      const number = part === undefined ? {} : { partNumber: Number(part) };
      sendJson(exchange, 200, { ...number, etag: `"${bytes.length}-${part ?? ''}"` });
      return true;
    }
    const [, fileId] = /^\/files\/([\w-]+)(?:\/|$)/.exec(path) ?? [];
    if (fileId === undefined) return false;
    const file = store.read(fileId);
    if (file === null) throw new Refusal(404, { detail: 'No such file' });
    exchange.response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length });
    exchange.response.end(file.bytes);
    return true;
  }

  async #initiate(exchange: HttpExchange): Promise<true> {
    const { store, origin, faults, key } = this.#options;
    checkKey(exchange, key);
    if (faults.happens('storage-too-many-requests')) {
      const retryAfter = String(faults.settings.retryAfterSeconds);
      throw new Refusal(429, { detail: 'Too many uploads' }, { 'retry-after': retryAfter });
    }
    const body = ((await readJson(exchange, 65_536)) ?? {}) as Record<string, unknown>;
    const { content_type: type, file_name: name } = body;
    if (typeof type !== 'string' || typeof name !== 'string')
      throw new Refusal(422, { detail: 'content_type and file_name are needed' });
    if (!mediaTypes.test(type)) throw new Refusal(400, { detail: 'Unsupported file format' });
    const id = store.reserve(name, type);
    const fileUrl = `${origin()}/files/${id}/${encodeURIComponent(name)}`;
    sendJson(exchange, 200, { upload_url: `${origin()}/uploads/${id}`, file_url: fileUrl });
    return true;
  }

  async #complete(exchange: HttpExchange, id: string): Promise<true> {
    const { parts } = ((await readJson(exchange, 1_000_000)) ?? {}) as { parts?: { partNumber?: number }[] };
    const numbers = (parts ?? []).map(({ partNumber }) => Number(partNumber));
    this.#options.store.complete(
      id,
      numbers.sort((one, other) => one - other),
    );
    sendJson(exchange, 200, {});
    return true;
  }
}
