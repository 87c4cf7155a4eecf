import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { writeWav } from '../audio/write-wav.ts';
import { commandBackend } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'second.wav');
writeFileSync(path, writeWav(new Float32Array(16_000).fill(0.25), 16_000));
const second = { path, offsetSeconds: 0, durationSeconds: null };
const german = { language: 'de-DE', acceleration: 'none' } as const;

/** A program that runs a line of JavaScript. */
function script(line: string, over: Record<string, unknown> = {}) {
  return commandBackend.settings.parse({
    command: [process.execPath, '-e', line, '--', '{audio}', '{language}'],
    ...over,
  });
}

async function hear(settings: ReturnType<typeof script>, source = second, signal?: AbortSignal) {
  const recognizer = await commandBackend.open(settings, folder);
  try {
    return await recognizer.transcribe(source, { ...german, ...(signal ? { signal } : {}) });
  } finally {
    await recognizer.close();
  }
}

describe('a program', () => {
  test('is given a WAV of the wanted part and the language, and what it prints is the text', async () => {
    const line =
      "const [audio, tag] = process.argv.slice(1); console.log(' ' + fs.statSync(audio).size + '\\n  ' + tag)";
    const half = await hear(script(line), { ...second, offsetSeconds: 0.5 });
    expect(half.text).toBe('16044 de-DE');
    expect(half.delivery).toBe('batch');
    expect(half.audioSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(half.latencyMs).toBe(half.spans.inferenceMs);
    expect(half.costUsd).toBeNull();
  });

  test('may print nothing, which is an answer', async () => {
    expect((await hear(script('', { machineUsdPerHour: 0 }))).text).toBe('');
  });

  test('that fails is a failed utterance with its last words', async () => {
    await expect(hear(script("console.error('first\\nno such model'); process.exit(3)"))).rejects.toMatchObject({
      name: 'BackendError',
      kind: 'process',
      message: expect.stringMatching(/ended with code 3: no such model$/) as string,
    });
    await expect(hear(script("process.kill(process.pid, 'SIGKILL')"))).rejects.toThrow(/was killed by SIGKILL$/);
  });

  test('that never ends is ended', async () => {
    const forever = 'setInterval(() => undefined, 1000)';
    await expect(hear(script(forever, { timeoutSeconds: 0.3 }))).rejects.toMatchObject({ kind: 'timeout' });
    await expect(hear(script(forever), second, AbortSignal.timeout(300))).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('gets no audio that cannot be read', async () => {
    await expect(hear(script(''), { ...second, path: `${path}.none` })).rejects.toMatchObject({ kind: 'audio' });
  });

  test('that is not installed is named before anything runs', async () => {
    const settings = commandBackend.settings.parse({ command: ['no-such-recognizer', '{audio}'] });
    await expect(commandBackend.inspect(settings, folder)).rejects.toThrow(/^there is no program no-such-recognizer/);
  });

  test('has to be told of the audio', () => {
    expect(() => commandBackend.settings.parse({ command: ['true'] })).toThrow(/\{audio\}/);
  });
});

/** Recorded speech, which lies beside a checkout and is not part of it. */
const speech = fileURLToPath(new URL('../../../shared/speech', import.meta.url));
const clip = join(speech, 'audio/en/pocketsphinx-librivox/sense_and_sensibility_01_austen_64kb-0880.wav');
const program = 'pocketsphinx_continuous';
const hasProgram = spawnSync(program, ['-help']).error === undefined;

describe.skipIf(!hasProgram || !existsSync(clip))('pocketsphinx, with its English model', () => {
  test('hears most of a sentence that somebody read', async () => {
    const command = [program, '-infile', '{audio}', '-logfn', '/dev/null'];
    const settings = commandBackend.settings.parse({ command, languages: ['en-US'] });
    const { text } = await hear(settings, { ...second, path: clip });
    const manifest = readFileSync(join(speech, 'manifest.jsonl'), 'utf8').split('\n').filter(Boolean);
    const rows = manifest.map((line) => JSON.parse(line) as { readonly file: string; readonly text: string });
    const spoken = rows.find(({ file }) => clip.endsWith(file))!.text.split(' ');
    const heard = new Set(text.split(' '));
    expect(spoken.filter((word) => heard.has(word)).length).toBeGreaterThanOrEqual(spoken.length - 3);
  }, 60_000);
});
