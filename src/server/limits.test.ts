import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recognizer } from '../backends/backend.ts';
import { nemotronId } from '../backends/fal/endpoints.ts';
import { deterministicRecognizer, serveLocally, writeClips } from './__fixtures__/local-server.ts';
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

describe('a body that is too large', () => {
  it('is refused in words that its sender gets to read, while it still sends', async () => {
    server = await serveSmall();
    const { upload_url: url } = (await (await initiate('right', 'initiate')).json()) as { upload_url: string };
    const body = Buffer.alloc(20_000_000);
    const headers = { authorization: 'Key right' };
    for (const [method, address] of [
      ['PUT', url],
      ['POST', `${server.url}/run/${nemotronId}`],
    ] as const) {
      const refusal = await fetch(address, { method, headers, body });
      expect([refusal.status, await refusal.json()]).toMatchObject([422, { detail: [{ type: 'file_too_large' }] }]);
    }
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});

it('refuses a path that cannot be read', async () => {
  server = await serveSmall();
  expect((await fetch(`${server.url}//`)).status).toBe(400);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
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

describe('a recognition that takes too long or is cancelled', () => {
  const asked = { audio_url: `data:audio/x-wav;base64,${readFileSync(writeClips(1)[0]!.path).toString('base64')}` };
  const post = (path: string) => fetch(server.url + path, { method: 'POST', body: JSON.stringify(asked) });
  let [begun, abandoned] = [0, 0];
  /** Begins, and never ends by itself. */
  const endless: Recognizer = {
    ...deterministicRecognizer(),
    transcribe: (_audio, { abandoned: signal, onPartial }) => {
      signal!.addEventListener('abort', () => {
        abandoned++;
        onPartial!('too late');
      });
      begun++;
      onPartial!('begun');
      return new Promise(() => undefined);
    },
  };
  beforeEach(() => ([begun, abandoned] = [0, 0]));

  it('is answered with 504 and ended, unbilled', async () => {
    server = await serveLocally({}, { recognizer: endless, limits: { ...usualLimits, timeoutMs: 400 } });
    const run = await post(`/run/${nemotronId}`);
    expect([run.status, await run.json()]).toMatchObject([504, { error_type: 'generation_timeout' }]);
    const events = (await (await post(`/run/${nemotronId}/stream`)).text()).trim().split('\n\n');
    expect(events).toEqual([expect.stringMatching(/"begun"/), expect.stringMatching(/^event: error\n.*too long/)]);
    expect([abandoned, server.ledger.bills]).toEqual([2, []]);
  });

  it('is cancelled in the midst of it, and the next takes its place', async () => {
    server = await serveLocally({}, { recognizer: endless, limits: { ...usualLimits, concurrency: 1 } });
    const submit = async () => (await (await post(`/queue/${nemotronId}`)).json()) as Record<string, string>;
    const state = async ({ status_url: url }: Record<string, string>) => {
      const { status, error_type: error = null } = (await (await fetch(url!)).json()) as Record<string, string>;
      return { status, error };
    };
    const [first, second] = [await submit(), await submit()];
    await expect.poll(() => begun).toBe(1);
    expect(await state(first)).toEqual({ status: 'IN_PROGRESS', error: null });
    expect(await state(second)).toEqual({ status: 'IN_QUEUE', error: null });
    expect((await fetch(first['cancel_url']!, { method: 'PUT' })).status).toBe(202);
    await expect.poll(() => state(first)).toEqual({ status: 'COMPLETED', error: 'client_cancelled' });
    await expect.poll(() => state(second)).toEqual({ status: 'IN_PROGRESS', error: null });
    expect([abandoned, server.ledger.bills]).toEqual([1, []]);
  });
});
