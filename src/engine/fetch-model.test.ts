import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readContract } from './contracts/index.ts';
import { fetchModel, type FetchedModel } from './fetch-model.ts';
import { publicModels } from './public-models.ts';

const scripted = fileURLToPath(new URL('./__fixtures__/scripted-model', import.meta.url));
const model = publicModels.find(({ precision }) => precision === 'fp32')!;

/** What the repository holds; samples beside the model are of no interest. */
const original = Object.fromEntries(readdirSync(scripted).map((name) => [name, readFileSync(join(scripted, name))]));
let served: Record<string, Buffer> = {};
let announcedBytes: number | null = null;

const faults: ('reset' | 'busy' | 'damage')[] = [];
const requests: string[] = [];
let server: Server;
let mirror = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://x');
    if (pathname === `/api/models/${model.repository}/tree/main`) return void response.end(JSON.stringify(listing()));
    const name = pathname.slice(`/${model.repository}/resolve/main/`.length);
    requests.push(`${name} ${request.headers.range ?? ''}`.trim());
    const content = served[name];
    if (content === undefined) return void response.writeHead(404).end();
    const fault = faults.shift();
    if (fault === 'busy') return void response.writeHead(503).end();
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const body = fault === 'damage' ? Buffer.from(content).fill(0, 10, 20) : content;
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length - start, etag: '"v1"' });
    if (fault !== 'reset') return void response.end(body.subarray(start));
    response.write(body.subarray(start, start + Math.floor((body.length - start) / 2)), () =>
      setTimeout(() => response.socket?.resetAndDestroy(), 50),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  mirror = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
});

const cache = mkdtempSync(join(tmpdir(), 'earshot-models-'));
const folder = join(cache, model.name);

afterEach(() => {
  rmSync(cache, { recursive: true });
  mkdirSync(cache);
  faults.length = 0;
  requests.length = 0;
  announcedBytes = null;
});
afterAll(() => {
  rmSync(cache, { recursive: true });
  server.close();
});

/** The Hub publishes digests of large files alone. */
function listing(): unknown[] {
  return Object.entries(served).map(([path, content]) => {
    const oid = createHash('sha256').update(content).digest('hex');
    const size = announcedBytes ?? content.length;
    return { type: 'file', path, size, ...(path.endsWith('.onnx') ? { lfs: { oid, size } } : {}) };
  });
}

function fetching(files: Record<string, Buffer> = original): Promise<FetchedModel> {
  served = { ...files, 'README.md': Buffer.from('a page') };
  return fetchModel(model, cache, { mirror, hubToken: null, retryWaitMs: 1, onProgress: () => undefined });
}

describe('a public model', () => {
  test('is fetched into a folder that the engine can read', async () => {
    expect(await fetching()).toEqual({ folder, trustedOnFirstUse: ['tokens.txt'] });
    expect(readdirSync(folder).sort()).toEqual(['decoder.onnx', 'encoder.onnx', 'joiner.onnx', 'tokens.txt']);
    expect((await readContract(folder, 'fp32')).languages).toEqual(['en-US', 'de-DE']);
    requests.length = 0;
    await fetching();
    expect(requests).toEqual([]);
  });

  test('goes on where a reset connection and a busy server left it', async () => {
    faults.push('reset', 'busy');
    await fetching();
    const [first] = Object.keys(original);
    const half = Math.floor(original[first!]!.length / 2);
    expect(requests.slice(0, 3)).toEqual([first, `${first} bytes=${half}-`, `${first} bytes=${half}-`]);
    expect(readFileSync(join(folder, first!)).equals(original[first!]!)).toBe(true);
  });

  test('is not there while a part of it is missing, and what has arrived is kept for the next time', async () => {
    faults.push('reset', 'busy', 'busy', 'busy', 'busy');
    await expect(fetching()).rejects.toThrow(/what has arrived is kept, try again$/);
    expect(existsSync(folder)).toBe(false);
    requests.length = 0;
    await fetching();
    expect(requests[0]).toMatch(/ bytes=\d+-$/);
  });

  test('is refused when it is not what was published', async () => {
    faults.push('damage');
    await expect(fetching()).rejects.toThrow(/does not have the sha256 that is published/);
    expect(existsSync(folder)).toBe(false);
  });

  test('is refused when it is not what was first seen', async () => {
    await fetching();
    rmSync(folder, { recursive: true });
    const sameLength = Buffer.from(original['tokens.txt']!.toString().replace(/^./, '#'));
    await expect(fetching({ ...original, 'tokens.txt': sameLength })).rejects.toThrow(/tokens\.txt does not have/);
    const other = Buffer.from(original['joiner.onnx']!).fill(1, 30, 40);
    await expect(fetching({ ...original, 'joiner.onnx': other })).rejects.toThrow(
      /joiner\.onnx is no longer what was fetched before; delete .*\.json to accept the new one$/,
    );
    expect(existsSync(folder)).toBe(false);
    expect(await fetching()).toEqual({ folder, trustedOnFirstUse: [] });
  });

  test('is not begun where the disk has no room for it', async () => {
    announcedBytes = 2 ** 60;
    await expect(fetching()).rejects.toThrow(/GiB are free in .*; make room or choose another folder$/);
    expect(requests).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))('stops at once where the disk is full', async () => {
    const [first] = Object.keys(original);
    const staging = join(cache, '.downloads', model.name);
    mkdirSync(staging, { recursive: true });
    symlinkSync('/dev/full', join(staging, `${first!}.part`));
    await expect(fetching()).rejects.toThrow(/ENOSPC/);
    expect(requests).toEqual([first]);
  });

  test('that moved away is named with where to look', async () => {
    const rest = Object.fromEntries(Object.entries(original).filter(([name]) => name !== 'tokens.txt'));
    await expect(fetching(rest)).rejects.toThrow(/is not at https:\/\/huggingface\.co\/.* any more/);
  });
});
