import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nemotronId } from '../backends/fal/endpoints.ts';
import { serveLocally, writeClips } from './__fixtures__/local-server.ts';
import type { RunningServer } from './serve.ts';

// What clients in other languages need, sent and read as bytes over HTTP, without anybody's client: absolute addresses
// to follow, fields that are looked up without asking whether they are there, and statuses.

const requests = '/queue/nvidia/nemotron-asr-multilingual/requests';

let server: RunningServer;
beforeEach(async () => void (server = await serveLocally()));
afterEach(() => server.close(0));

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const url = path.startsWith('http') ? path : server.url + path;
  const headers = { authorization: 'Key any', 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as Record<string, unknown> };
}

function dataUri(): string {
  return `data:audio/x-wav;base64,${readFileSync(writeClips(1)[0]!.path).toString('base64')}`;
}

async function submitted(): Promise<Record<string, string>> {
  return (await ask('POST', `/queue/${nemotronId}`, { audio_url: dataUri() })).body as Record<string, string>;
}

async function finished(statusUrl: string): Promise<Answer> {
  for (;;) {
    const answer = await ask('GET', statusUrl);
    if (answer.body['status'] === 'COMPLETED') return answer;
    expect([answer.status, answer.body['logs']]).toEqual([202, []]);
  }
}

async function events(path: string, init: RequestInit = {}): Promise<{ type: string | null; data: unknown[] }> {
  const response = await fetch(server.url + path, init);
  const blocks = (await response.text()).trim().split('\n\n');
  const data = blocks.map((block) => JSON.parse(block.replace(/^data: /, '')) as unknown);
  return { type: response.headers.get('content-type'), data };
}

describe('the queue over the wire', () => {
  it('gives addresses that can be followed as they are, and everything behind them', async () => {
    await server.close(0);
    server = await serveLocally({ latency: { queueMs: { constant: 30 } } });
    const { request_id: id, status_url, response_url, status, ...rest } = await submitted();
    expect([status, rest['queue_position'], rest['cancel_url']]).toEqual([
      'IN_QUEUE',
      0,
      `${server.url}${requests}/${id}/cancel`,
    ]);
    const early = await ask('GET', response_url!);
    expect([early.status, early.body]).toEqual([400, { detail: 'Request is still in progress' }]);
    const { status: code, body } = await finished(`${status_url}?logs=true`);
    expect(code).toBe(200);
    expect(body).toMatchObject({
      request_id: id,
      response_url,
      logs: [],
      metrics: { inference_time: expect.any(Number) as unknown },
    });
    const forms = [response_url!, `${response_url}/response`, `/queue/${nemotronId}/requests/${id}`];
    for (const form of forms) {
      const result = await ask('GET', form);
      expect([result.status, result.body['partial']]).toEqual([200, false]);
      expect(result.headers.get('x-fal-request-id')).toBe(id);
      expect(Number(result.headers.get('x-fal-billable-units'))).toBeCloseTo(0.1 / 60, 12);
    }
  });

  it('streams each state as it comes and ends after the last', async () => {
    const { request_id: id } = await submitted();
    const { type, data } = await events(`${requests}/${id}/status/stream?logs=0`);
    expect(type).toBe('text/event-stream');
    expect(data.at(-1)).toMatchObject({ status: 'COMPLETED', request_id: id });
  });

  it('cancels with 202, says 400 where it is too late and 404 where it knows nothing', async () => {
    await server.close(0);
    server = await serveLocally({ latency: { queueMs: { constant: 60_000 } } });
    const { cancel_url: url, status_url } = await submitted();
    const first = await ask('PUT', url!);
    expect([first.status, first.body]).toEqual([202, { status: 'CANCELLATION_REQUESTED' }]);
    const { body } = await finished(status_url!);
    expect(body).toMatchObject({ error: expect.any(String) as unknown, error_type: 'client_cancelled' });
    const late = await ask('PUT', url!);
    expect([late.status, late.body]).toEqual([400, { status: 'ALREADY_COMPLETED' }]);
    for (const path of ['/cancel', '/status', '']) {
      const unknown = await ask(path === '/cancel' ? 'PUT' : 'GET', `${requests}/none${path}`);
      expect([unknown.status, unknown.body]).toEqual([404, { status: 'NOT_FOUND' }]);
    }
  });
});

describe('direct calls over the wire', () => {
  it('answer with the bare output and its bill', async () => {
    const { status, body, headers } = await ask('POST', `/run/${nemotronId}`, { audio_url: dataUri() });
    expect([status, body['partial']]).toEqual([200, false]);
    expect(headers.get('x-fal-request-id')).toBe(server.ledger.bills[0]!.requestId);
    expect(headers.get('x-fal-served-from')).toMatch(/^local-/);
  });

  it('stream one JSON object per event, the last one whole', async () => {
    const body = JSON.stringify({ audio_url: dataUri() });
    const { type, data } = await events(`/run/${nemotronId}/stream`, { method: 'POST', body });
    expect(type).toBe('text/event-stream');
    expect(data.map((event) => (event as { partial: boolean }).partial)).toEqual([true, true, false]);
  });

  it('go through /proxy by the address in their header', async () => {
    const headers = { 'x-fal-target-url': `https://fal.run/${nemotronId}` };
    const init = { method: 'POST', headers, body: JSON.stringify({ audio_url: dataUri() }) };
    expect((await fetch(`${server.url}/proxy`, init)).status).toBe(200);
    const stray = { ...init, headers: { 'x-fal-target-url': 'https://example.com/x' } };
    expect((await fetch(`${server.url}/proxy`, stray)).status).toBe(404);
  });

  it('refuse what is no JSON, no known field value and no known path, each unbilled', async () => {
    const broken = await fetch(`${server.url}/run/${nemotronId}`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    const bad = await ask('POST', `/run/${nemotronId}`, { audio_url: dataUri(), language: 'ar-EG' });
    expect([bad.status, bad.headers.get('x-fal-billable-units')]).toEqual([422, '0']);
    expect(bad.body).toMatchObject({ detail: [{ loc: ['body', 'language'], type: 'literal_error' }] });
    const lost = await ask('POST', '/run/nvidia/other', {});
    expect([lost.status, lost.headers.get('x-fal-billable-units')]).toEqual([404, '0']);
  });
});

describe('the storage over the wire', () => {
  const file = { content_type: 'audio/wav', file_name: 'a b.wav' };
  const initiate = (kind: string, body: object) =>
    ask('POST', `/rest/storage/upload/${kind}?storage_type=fal-cdn-v3`, body);

  it('takes a file in one piece and in parts, and gives it to anyone', async () => {
    const whole = (await initiate('initiate', file)).body as Record<string, string>;
    expect((await fetch(whole['upload_url']!, { method: 'PUT', body: 'one piece' })).status).toBe(200);
    expect(await (await fetch(whole['file_url']!)).text()).toBe('one piece');
    const parted = (await initiate('initiate-multipart', file)).body as Record<string, string>;
    const url = parted['upload_url']!;
    const parts: unknown[] = [];
    for (const [index, body] of ['two ', 'parts'].entries()) {
      const answer = await fetch(`${url}/${index + 1}`, { method: 'PUT', body });
      const part = (await answer.json()) as { partNumber: number; etag: string };
      expect(part).toEqual({ partNumber: index + 1, etag: expect.any(String) as unknown });
      parts.push(part);
    }
    expect((await fetch(parted['file_url']!)).status, 'not before it is complete').toBe(404);
    expect((await ask('POST', `${url}/complete`, { parts: [{ partNumber: 3 }] })).status).toBe(400);
    expect((await ask('POST', `${url}/complete`, { parts })).status).toBe(200);
    expect(await (await fetch(parted['file_url']!)).text()).toBe('two parts');
  });

  it('refuses what is no media, what has no name, and places that it never gave', async () => {
    expect((await initiate('initiate', { ...file, content_type: 'text/html' })).status).toBe(400);
    expect((await initiate('initiate', {})).status).toBe(422);
    expect((await fetch(`${server.url}/uploads/none`, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await fetch(`${server.url}/files/none/a.wav`)).status).toBe(404);
  });
});
