import { createFalClient, type FalClient } from '@fal-ai/client';
import { afterEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { nemotronId } from '../backends/fal/endpoints.ts';
import { serveLocally, writeClips } from './__fixtures__/local-server.ts';
import { stockClient } from './__fixtures__/stock-client.ts';
import { usualLimits, type RunningServer } from './serve.ts';

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close(0);
  server = null;
});

async function stock(
  ...args: Parameters<typeof serveLocally>
): Promise<{ client: FalClient; url: string; server: RunningServer }> {
  server = await serveLocally(...args);
  return { client: stockClient(server.url), url: server.url, server };
}

function wavBlob(): Blob {
  return new Blob([readFileSync(writeClips(1)[0]!.path)], { type: 'audio/wav' });
}

describe('the official client', () => {
  it.each(['polling', 'streaming'] as const)('subscribes by %s and sees every state', async (mode) => {
    const { client } = await stock({ latency: { queueMs: { constant: 1000 }, inferenceMs: { constant: 500 } } });
    const states: string[] = [];
    const onQueueUpdate = ({ status }: { status: string }) => states.push(status);
    const polling = mode === 'polling' ? { mode, pollInterval: 10 } : { mode };
    const options = { input: { audio_url: wavBlob() }, ...polling, onQueueUpdate };
    const { data, requestId } = (await client.subscribe(nemotronId, options)) as { data: unknown; requestId: string };
    expect(data).toMatchObject({ output: expect.stringMatching(/^ok .*日本語/) as string });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect([...new Set(states)]).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
  });

  it('runs, and hears of the bill in the headers alone', async () => {
    const { client, server: running } = await stock();
    const result: { readonly data: unknown } = await client.run(nemotronId, { input: { audio_url: wavBlob() } });
    expect(result.data).toMatchObject({ partial: false });
    expect(running.ledger.bills).toMatchObject([{ transport: 'run', units: 0.1 / 60 }]);
  });

  it('streams partial transcripts and a last one that is whole', async () => {
    const { client } = await stock();
    const events: { partial: boolean }[] = [];
    const stream = await client.stream(nemotronId, { input: { audio_url: await client.storage.upload(wavBlob()) } });
    stream.on('data', (event) => events.push(event as { partial: boolean }));
    await stream.done();
    expect(events.map(({ partial }) => partial)).toEqual([true, true, false]);
  });

  it('uploads in parts what is large, and in one piece what is not', async () => {
    const { client } = await stock();
    const large = new Blob([new Uint8Array(95 * 1024 * 1024).fill(7)], { type: 'audio/wav' });
    for (const blob of [large, wavBlob()]) {
      const url = await client.storage.upload(blob);
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(bytes.equals(Buffer.from(await blob.arrayBuffer()))).toBe(true);
    }
  });

  it('cancels what waits, and cannot cancel what is done', async () => {
    const { client, server: running } = await stock({ latency: { queueMs: { constant: 60_000 } } });
    const { request_id: requestId } = await client.queue.submit(nemotronId, { input: { audio_url: wavBlob() } });
    await client.queue.cancel(nemotronId, { requestId });
    await expect(client.queue.result(nemotronId, { requestId })).rejects.toMatchObject({ status: 499 });
    await expect(client.queue.cancel(nemotronId, { requestId })).rejects.toMatchObject({
      body: { status: 'ALREADY_COMPLETED' },
    });
    expect(running.ledger.bills).toEqual([]);
  });

  it('goes through /proxy with nothing but its own option', async () => {
    server = await serveLocally();
    const client = createFalClient({ credentials: 'local', proxyUrl: { url: `${server.url}/proxy`, when: 'always' } });
    const result: { readonly data: unknown } = await client.run(nemotronId, { input: { audio_url: wavBlob() } });
    expect(result.data).toMatchObject({ partial: false });
  });

  it.each([
    ['a language that the endpoint does not have', { language: 'xx-XX' }, 'language', 'literal_error'],
    ['an acceleration that it does not have', { acceleration: 'warp' }, 'acceleration', 'literal_error'],
    ['no audio', { audio_url: undefined }, 'audio_url', 'missing'],
    ['an address of this machine', { audio_url: 'http://127.0.0.1:1/a.wav' }, 'audio_url', 'file_download_error'],
    ['such an address in IPv6', { audio_url: 'http://[::1]:1/a.wav' }, 'audio_url', 'file_download_error'],
    ['a name of this machine', { audio_url: 'http://localhost:1/a.wav' }, 'audio_url', 'file_download_error'],
    ['a file of this machine', { audio_url: 'file:///etc/passwd' }, 'audio_url', 'file_download_error'],
    [
      'a data URI of a type that the host does not take',
      { audio_url: 'data:audio/wav;base64,AAAA' },
      'audio_url',
      'value_error',
    ],
    [
      'something that is no audio',
      { audio_url: 'data:audio/x-wav;base64,AAAA' },
      'audio_url',
      'unsupported_audio_format',
    ],
  ])('is refused %s', async (_, input, field, type) => {
    const { client } = await stock();
    const call = client.run(nemotronId, { input: { audio_url: 'data:audio/x-wav;base64,AAAA', ...input } });
    await expect(call).rejects.toMatchObject({ status: 422, body: { detail: [{ loc: ['body', field], type }] } });
  });

  it('is refused what the host would refuse: a crowd, another endpoint, another key, an early look', async () => {
    const limits = { ...usualLimits, concurrency: 1 };
    const { client } = await stock({ latency: { inferenceMs: { constant: 300 } } }, { limits });
    const { request_id: requestId } = await client.queue.submit(nemotronId, { input: { audio_url: wavBlob() } });
    await expect(client.queue.result(nemotronId, { requestId })).rejects.toMatchObject({ status: 400 });
    await expect(client.run('fal-ai/other', { input: {} })).rejects.toMatchObject({ status: 404 });
    await expect(client.queue.result(nemotronId, { requestId: 'unknown' })).rejects.toMatchObject({ status: 404 });
    await server!.close(0);
    const { client: stranger } = await stock({}, { key: 'secret' });
    await expect(stranger.run(nemotronId, { input: {} })).rejects.toMatchObject({ status: 401 });
  });
});

describe('the server', () => {
  it('tells its health and describes the endpoint', async () => {
    server = await serveLocally();
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'ok', endpoint: nemotronId });
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: object;
      components: { schemas: object };
    };
    expect(Object.keys(document.paths)).toContain(`/${nemotronId}`);
    expect(document.components.schemas).toMatchObject({ AsrInput: { properties: { language: { default: 'auto' } } } });
  });

  it('answers a direct call above the limit with 429', async () => {
    const limits = { ...usualLimits, concurrency: 1 };
    const { url } = await stock({ latency: { inferenceMs: { constant: 500 } } }, { limits });
    const body = JSON.stringify({
      audio_url: `data:audio/x-wav;base64,${Buffer.from(await wavBlob().arrayBuffer()).toString('base64')}`,
    });
    const call = () => fetch(`${url}/run/${nemotronId}`, { method: 'POST', body });
    const statuses = (await Promise.all([call(), call(), call()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 429, 429]);
  });

  it('finishes what is under way before it ends', async () => {
    const { client, server: running } = await stock({ latency: { inferenceMs: { constant: 200 } } });
    await client.queue.submit(nemotronId, { input: { audio_url: wavBlob() } });
    await running.close(10_000);
    expect(running.ledger.bills).toHaveLength(1);
    server = null;
  });

  it('says why it cannot listen', async () => {
    server = await serveLocally();
    const port = Number(new URL(server.url).port);
    await expect(serveLocally({}, { port })).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)/);
  });

  it('draws the same faults again from the same seed', async () => {
    const outcomes: number[][] = [];
    for (let round = 0; round < 2; round++) {
      const { url } = await stock({ seed: 11, rates: { 'status-500': 0.5 } });
      const statuses: number[] = [];
      for (let call = 0; call < 12; call++) {
        statuses.push((await fetch(`${url}/run/${nemotronId}`, { method: 'POST', body: '{}' })).status);
      }
      outcomes.push(statuses);
      await server!.close(0);
    }
    server = null;
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(new Set(outcomes[0])).toEqual(new Set([500, 422]));
  });
});
