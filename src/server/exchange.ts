import type { IncomingMessage, ServerResponse } from 'node:http';
import { readAll } from './audio-intake.ts';
import { Refusal } from './refusal.ts';

/** One HTTP request with the means to answer it. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Path as a router sees it, still percent-encoded. */
  readonly path: string;
}

export function sendJson(
  { response }: HttpExchange,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Announces a whole body, sends half of it and breaks the connection. */
export function sendHalf({ response }: HttpExchange, body: unknown, headers: Record<string, string>): void {
  const text = JSON.stringify(body);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

/** Breaks the connection without a word. */
export function reset({ request }: HttpExchange): void {
  request.socket.resetAndDestroy();
}

/** A stream of events, each a JSON object. */
export class EventStream {
  readonly #response: ServerResponse;

  constructor({ response }: HttpExchange, headers: Record<string, string>) {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers });
    response.flushHeaders();
    // Otherwise the kernel holds an event back until the one before it is acknowledged.
    response.socket?.setNoDelay(true);
  }

  send(body: unknown, name?: string): void {
    this.#response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(body)}\n\n`);
  }

  /** Sends an event in two pieces with a pause between them, parted inside its first character beyond ASCII. */
  async sendSplit(body: unknown): Promise<void> {
    const bytes = Buffer.from(`data: ${JSON.stringify(body)}\n\n`);
    const inside = bytes.findIndex((byte) => byte >= 0x80) + 1;
    const at = inside > 0 ? inside : Math.floor(bytes.length / 2);
    this.#response.write(bytes.subarray(0, at));
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.#response.write(bytes.subarray(at));
  }

  end(): void {
    this.#response.end();
  }

  drop(): void {
    this.#response.socket?.resetAndDestroy();
  }
}

/** @throws Refusal for a body that is too large; the connection stays, so that the refusal can be read. */
export function readBody({ request }: HttpExchange, maxBytes: number): Promise<Buffer> {
  return readAll(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, maxBytes);
}

/** @throws Refusal for a body that is too large or not JSON. */
export async function readJson(exchange: HttpExchange, maxBytes: number): Promise<unknown> {
  const bytes = await readBody(exchange, maxBytes);
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    throw new Refusal(400, { detail: 'The body is not JSON', error_type: 'bad_request' });
  }
}
