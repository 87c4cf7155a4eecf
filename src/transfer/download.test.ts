import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.ts';

const content = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251));
const hex = createHash('sha256').update(content).digest('hex');

let server: Server;
let origin = '';
let ranges: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let path: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range ?? 'all');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
});

afterAll(() => server.close());

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'earshot-download-')), 'file');
  ranges = [];
  answer = withRanges;
});

function withRanges(request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', 'content-length': content.length - start });
  response.end(content.subarray(start));
}

/** Sends the bytes up to here and breaks off once they have arrived, however busy the machine is. */
function breakOff(response: ServerResponse, start: number, end: number): void {
  response.write(content.subarray(start, end));
  const waiting = setInterval(() => {
    if ((statSync(`${path}.part`, { throwIfNoEntry: false })?.size ?? 0) < end) return;
    clearInterval(waiting);
    response.destroy();
  }, 5);
}

function fetched(query = ''): Promise<void> {
  const url = `${origin}/file${query}`;
  const options = { mirror: null, hubToken: null, retryWaitMs: 1, onProgress: () => undefined };
  return download({ url, name: 'file', bytes: content.length, digest: { algorithm: 'sha256', hex } }, path, options);
}

/** Leaves what an interrupted download would have left. */
function interrupted(bytes: Buffer, note: string): void {
  writeFileSync(`${path}.part`, bytes);
  writeFileSync(`${path}.part.json`, note);
}

const note = (etag: string | null): string => JSON.stringify({ url: `${origin}/file`, etag });

describe('a download that was interrupted', () => {
  it('goes on where it stopped, and leaves the file alone', async () => {
    interrupted(content.subarray(0, 4000), note('"v1"'));
    await fetched();
    expect(ranges).toEqual(['bytes=4000-']);
    expect(readFileSync(path)).toEqual(content);
    expect(existsSync(`${path}.part`) || existsSync(`${path}.part.json`)).toBe(false);
  });

  it('goes on under an address that was signed anew, and keeps no signature', async () => {
    answer = (_, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
      breakOff(response, 0, 4000);
      answer = (_, later) => void later.writeHead(403).end();
    };
    await expect(fetched('?signature=s3cret')).rejects.toThrow(/file answers HTTP 403; /);
    expect(readFileSync(`${path}.part.json`, 'utf8')).not.toContain('s3cret');
    await fetched('?signature=0ther').catch((error: unknown) => expect(String(error)).not.toContain('0ther'));
    answer = withRanges;
    await fetched('?signature=0ther');
    expect(ranges.at(-1)).toBe('bytes=4000-');
    expect(readFileSync(path)).toEqual(content);
  });

  it.each([
    ['the note was cut short by a kill', () => '{"url":"http'],
    ['the tag is weak', () => note('W/"v1"')],
    ['there is no tag', () => note(null)],
    ['the note is of another file', () => note('"v1"').replace('/file', '/other')],
  ])('begins anew where %s', async (_, noted) => {
    interrupted(Buffer.alloc(4000), noted());
    await fetched();
    expect(ranges).toEqual(['all']);
    expect(readFileSync(path)).toEqual(content);
  });

  it('begins anew where the server sends all of it', async () => {
    interrupted(Buffer.alloc(4000), note('"v0"'));
    answer = (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content);
    await fetched();
    expect(ranges).toEqual(['bytes=4000-']);
    expect(readFileSync(path)).toEqual(content);
  });

  it('is removed when the rest that came does not belong to it', async () => {
    interrupted(Buffer.alloc(4000), note('"v1"'));
    await expect(fetched()).rejects.toThrow(/does not have the sha256 that is published; it was removed/);
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
    await fetched();
    expect(readFileSync(path)).toEqual(content);
  });
});

it('a server that breaks off is asked for the rest, five times in all', async () => {
  answer = (request, response) => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', 'content-length': content.length - start });
    breakOff(response, start, start + 1000);
  };
  await expect(fetched()).rejects.toThrow(/cannot be fetched.*what has arrived is kept, try again/);
  expect(ranges).toEqual(['all', ...[1, 2, 3, 4].map((thousands) => `bytes=${thousands * 1000}-`)]);
  expect(readFileSync(`${path}.part`)).toEqual(content.subarray(0, 5000));
});
