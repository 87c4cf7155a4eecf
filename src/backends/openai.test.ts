import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../audio/write-wav.ts';
import { openaiBackend } from './openai.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-openai-'));
const path = join(folder, 'second.wav');
writeFileSync(path, writeWav(new Float32Array(16_000).fill(0.25), 16_000));

interface Part {
  readonly headers: readonly string[];
  readonly content: string;
}

interface Received {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: ReadonlyMap<string, Part>;
}

const received: Received[] = [];
let answer: (response: ServerResponse) => void = () => undefined;
let server: Server;
let baseUrl = '';

/** The parts of a form by name: what their headers say, and their bytes as Latin-1. */
async function formOf(request: IncomingMessage): Promise<ReadonlyMap<string, Part>> {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type']!)![1]!;
  const body = (await buffer(request)).toString('latin1');
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return new Map(
    parts.map((part) => {
      const [headers = '', ...content] = part.split('\r\n\r\n');
      const name = / name="([^"]*)"/.exec(headers)![1]!;
      return [name, { headers: headers.trim().split('\r\n'), content: content.join('\r\n\r\n').slice(0, -2) }];
    }),
  );
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void formOf(request).then((form) => {
      received.push({ url: request.url!, authorization: request.headers.authorization, form });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}/v1`;
});

afterEach(() => {
  received.length = 0;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
});

function says(body: unknown, status = 200, headers: Record<string, string> = {}): void {
  answer = (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function hear(over: Record<string, unknown> = {}, language = 'de-DE', signal?: AbortSignal) {
  const settings = openaiBackend.settings.parse({ baseUrl, model: 'whisper-1', ...over });
  const recognizer = await openaiBackend.open(settings, folder);
  const audio = { path, offsetSeconds: 0, durationSeconds: 0.5 };
  return recognizer.transcribe(audio, { language, acceleration: 'none', ...(signal ? { signal } : {}) });
}

describe("a server with OpenAI's transcription API", () => {
  test('gets the clip as a WAV, the model, the language and the key', async () => {
    says({ text: 'Guten Tag.', language: 'german' });
    const heard = await hear({ key: 'my-key\n', usdPerAudioMinute: 0.006, prompt: 'Tag', temperature: 0 });
    expect(heard).toMatchObject({ text: 'Guten Tag.', detectedLanguage: 'german', delivery: 'batch' });
    expect(heard.costUsd).toBeCloseTo(0.006 / 120, 12);
    const [{ url, authorization, form }] = received as [Received];
    expect({ url, authorization }).toEqual({ url: '/v1/audio/transcriptions', authorization: 'Bearer my-key' });
    const file = form.get('file')!;
    expect(file.headers).toEqual([
      'Content-Disposition: form-data; name="file"; filename="audio.wav"',
      'Content-Type: audio/wav',
    ]);
    expect(file.content).toHaveLength(44 + 2 * 8000);
    const fields = ['model', 'language', 'response_format', 'prompt', 'temperature'].map(
      (name) => form.get(name)?.content,
    );
    expect(fields).toEqual(['whisper-1', 'de', 'json', 'Tag', '0']);
  });

  test('is not told a language that it has to find, nor a key that is not there', async () => {
    says({ text: '' });
    expect(await hear({}, 'auto')).toMatchObject({ text: '', detectedLanguage: null, costUsd: null });
    expect(received[0]!.form.has('language')).toBe(false);
    expect(received[0]!.authorization).toBeUndefined();
  });

  test.each([
    [401, { kind: 'key', retryable: false, facts: { stopsBackend: true } }],
    [400, { kind: 'rejected', retryable: false }],
    [429, { kind: 'rate-limit', retryable: true, facts: { retryAfterMs: 7000 } }],
    [503, { kind: 'server', retryable: true }],
  ])('that answers %i has failed in its own way', async (status, expected) => {
    says({ error: { message: 'because' } }, status, { 'retry-after': '7' });
    await expect(hear()).rejects.toMatchObject({ name: 'BackendError', ...expected });
    await expect(hear()).rejects.toThrow(/because/);
  });

  test('that answers with something else is not believed', async () => {
    says({ transcript: 'Guten Tag.' });
    await expect(hear()).rejects.toMatchObject({ kind: 'protocol', retryable: false });
  });

  test('that is silent, gone or not wanted any more is told apart', async () => {
    answer = () => undefined;
    await expect(hear({ timeoutSeconds: 0.2 })).rejects.toMatchObject({ kind: 'timeout', retryable: true });
    await expect(hear({}, 'auto', AbortSignal.timeout(200))).rejects.toMatchObject({ kind: 'aborted' });
    answer = (response) => void response.destroy();
    await expect(hear()).rejects.toMatchObject({ kind: 'network', retryable: true });
  });
});
