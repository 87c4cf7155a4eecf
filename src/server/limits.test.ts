import { afterEach, describe, expect, it } from 'vitest';
import { serveLocally } from './__fixtures__/local-server.ts';
import { usualLimits, type RunningServer } from './serve.ts';

let server: RunningServer;
afterEach(() => server.close(0));

const file = { content_type: 'audio/wav', file_name: 'clip.wav' };
const initiate = (key: string, kind = 'initiate-multipart') =>
  fetch(`${server.url}/rest/storage/upload/${kind}`, {
    method: 'POST',
    headers: { authorization: `Key ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(file),
  });
const put = async (url: string, bytes: number) =>
  (await fetch(url, { method: 'PUT', body: Buffer.alloc(bytes) })).status;
const serveSmall = (over: object = {}) =>
  serveLocally({}, { limits: { ...usualLimits, maxBytes: 1_000 }, key: 'right', ...over });

describe('files at the server', () => {
  it('are no larger than allowed, in however many parts they come', async () => {
    server = await serveSmall();
    const { upload_url: url } = (await (await initiate('right')).json()) as { upload_url: string };
    expect(await put(`${url}/1`, 600)).toBe(200);
    // The same part again takes its place.
    expect(await put(`${url}/1`, 700)).toBe(200);
    expect(await put(`${url}/2`, 400)).toBe(413);
    expect(await put(`${url}/2`, 100), 'what was too large is gone').toBe(404);
  });

  it('make room for newer ones', async () => {
    server = await serveSmall();
    const urls: string[] = [];
    for (let i = 0; i < 12; i++) {
      const { upload_url, file_url } = (await (await initiate('right', 'initiate')).json()) as Record<string, string>;
      expect(await put(upload_url!, 1_000)).toBe(200);
      urls.push(file_url!);
    }
    const statuses = await Promise.all(urls.map(async (url) => (await fetch(url)).status));
    expect(statuses).toEqual([...Array<number>(2).fill(404), ...Array<number>(10).fill(200)]);
  });
});

describe('another key than the server’s', () => {
  it('begins no upload and reads no books', async () => {
    server = await serveSmall();
    for (const kind of ['initiate', 'initiate-multipart']) expect((await initiate('wrong', kind)).status).toBe(401);
    for (const page of ['billing-events?request_id=x', 'pricing', 'requests/by-endpoint']) {
      const ask = (key: string) =>
        fetch(`${server.url}/api/v1/models/${page}`, { headers: { authorization: `Key ${key}` } });
      expect([(await ask('wrong')).status, (await ask('right')).status], page).toEqual([401, 200]);
    }
  });
});
