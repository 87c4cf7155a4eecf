import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serveLocally, writeClips } from '../../server/__fixtures__/local-server.ts';
import type { RunningServer } from '../../server/serve.ts';
import { wholePartials } from '../../text/partials.ts';
import type { Hypothesis, Transport } from '../../types.ts';
import type { TranscribeOptions } from '../backend.ts';
import { falBackend } from '../fal.ts';
import { withoutSignatures } from './exchange-key.ts';
import { recorded } from './record.ts';

const transports: readonly Transport[] = ['run', 'queue', 'stream'];
const asked: TranscribeOptions = { language: 'pl-PL', acceleration: 'high' };

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close(0);
  server = null;
});

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'earshot-recording-')), 'exchanges.jsonl');
}

function open(settings: object) {
  return falBackend.open(falBackend.settings.parse(settings), '/');
}

describe('a recording', () => {
  it.each(transports)('gives the answers by %s again, without the server that gave them', async (transport) => {
    server = await serveLocally({ rates: { 'split-character': 1 }, latency: { queueMs: { constant: 30 } } });
    const file = newFile();
    const [clip] = writeClips(1);
    const first = await (await open({ target: server.url, transport, record: file })).transcribe(clip!, asked);
    await server.close(0);
    server = null;
    const again = await (await open({ transport, replay: file })).transcribe(clip!, asked);
    const timeless = ({ text, costUsd, audioSha256, partials, hosted }: Hypothesis) => ({
      ...{ text, costUsd, audioSha256, requestId: hosted!.requestId, units: hosted!.billableUnits },
      partials: partials && wholePartials(partials).map((partial) => partial.text),
    });
    expect(timeless(again)).toEqual(timeless(first));
    expect(again.latencyMs, 'at the pace of before').toBeGreaterThanOrEqual(30);
  });

  it('holds its own uploads, also of clips that lie at the host already', async () => {
    server = await serveLocally();
    const [clip] = writeClips(1);
    const [uploadCache, record] = [newFile(), newFile()];
    const { url: target } = server;
    const first = await (await open({ target, uploadCache })).transcribe(clip!, asked);
    await (await open({ target, uploadCache, record })).transcribe(clip!, asked);
    const again = await (await open({ uploadCache, replay: record })).transcribe(clip!, asked);
    expect(again.text).toBe(first.text);
    expect(readFileSync(uploadCache, 'utf8').trim().split('\n'), 'kept of the first alone').toHaveLength(1);
  });

  it('gives refusals and broken connections again, in their order', async () => {
    server = await serveLocally({ seed: 4, rates: { 'status-503': 0.4, 'reset-before-acceptance': 0.3 } });
    const file = newFile();
    const clips = writeClips(12);
    const outcomes = async (settings: object) => {
      const recognizer = await open({ transport: 'run', send: 'inline', ...settings });
      const seen: string[] = [];
      for (const clip of clips) {
        seen.push(
          await recognizer.transcribe(clip, asked).then(
            ({ text }) => text,
            (error: unknown) => (error as { kind: string }).kind,
          ),
        );
      }
      return seen;
    };
    const first = await outcomes({ target: server.url, record: file });
    expect(new Set(first).size).toBeGreaterThan(3);
    expect(await outcomes({ replay: file })).toEqual(first);
  });

  it('says what it has no answer for', async () => {
    server = await serveLocally();
    const file = newFile();
    const [one, other] = writeClips(2);
    await (await open({ target: server.url, record: file, send: 'inline' })).transcribe(one!, asked);
    const replaying = await open({ replay: file, send: 'inline' });
    await expect(replaying.transcribe(other!, asked)).rejects.toThrow(/no \(further\) answer to POST https:\/\/queue/);
    await expect(open({ replay: '/no/such/file' })).rejects.toThrow(/replay: cannot read/);
  });

  it('holds neither the key nor what signs an address, however the network cuts the body', async () => {
    const file = newFile();
    const key = 'key-1f0c:5ecb';
    const pieces = [`{"echo":"key-1f`, `0c:5ecb","upload_url":"https://files.example/a?sig=s3cret"}`];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(Buffer.from(piece));
        controller.close();
      },
    });
    const headers = { 'x-fal-error-type': key, 'set-cookie': 'session=1', 'content-type': 'application/json' };
    const send = recorded(
      () => Promise.resolve(new Response(body, { headers })),
      file,
      (text) => text.replaceAll(key, '[key]'),
    );
    const init = { method: 'PUT', headers: { authorization: `Key ${key}` }, body: 'x' };
    expect(await (await send(new URL('https://files.example/a?sig=s3cret'), init)).text()).toBe(pieces.join(''));
    const written = readFileSync(file, 'utf8');
    for (const secret of [key, '5ecb', 's3cret', 'session']) expect(written).not.toContain(secret);
    expect(written).toContain('[key]');
    expect(withoutSignatures('https://queue.fal.run/a/requests/1/status?logs=0')).toContain('?logs=0');
  });
});

describe('clips that are given as URLs', () => {
  it('are named by where they lie, and must be the very files', async () => {
    const own = (server = await serveLocally({}, {}));
    const [clip, other] = writeClips(2);
    const upload = async (path: string) => {
      const init = { method: 'POST', body: JSON.stringify({ content_type: 'audio/wav', file_name: 'a.wav' }) };
      const answer = await fetch(`${own.url}/rest/storage/upload/initiate`, init);
      const { upload_url: to, file_url: url } = (await answer.json()) as { upload_url: string; file_url: string };
      await fetch(to, { method: 'PUT', body: readFileSync(path) });
      return url;
    };
    // The server knows files by a folder of their own, so that the last part of the path is free.
    const base = dirname(await upload(clip!.path));
    const recognizer = await open({ target: own.url, send: 'url', urlBase: base, urlRoot: dirname(clip!.path) });
    const { text, spans, audioSha256 } = await recognizer.transcribe(clip!, asked);
    expect(text).toContain(audioSha256!.slice(0, 8));
    expect(spans.uploadMs).toBeUndefined();
    expect(own.ledger.bills[0]!.audio).toBe(`${base}/0.wav`);
    await expect(recognizer.transcribe(other!, asked)).rejects.toThrow(/another file than the clip here/);
    const part = { ...clip!, offsetSeconds: 0.05 };
    await expect(recognizer.transcribe(part, asked)).rejects.toThrow(/only a part/);
    expect(own.ledger.bills).toHaveLength(1);
  });

  it('need to be said where', async () => {
    await expect(open({ target: 'http://127.0.0.1:1', send: 'url' })).rejects.toThrow('send: url needs urlBase');
  });
});
