import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { decodeAudio } from '../audio/decode-audio.ts';
import { writeWav } from '../audio/write-wav.ts';
import { embeddedCorpus, embeddedModel } from '../embedded.ts';
import { wholePartials } from '../text/partials.ts';
import type { Recognizer } from './backend.ts';
import type * as OnnxModule from './onnx.ts';

// The backend runs a child process, which takes JavaScript: `npm test` builds it first.
const { onnxBackend } = (await import(
  /* @vite-ignore */ new URL('../../dist/backends/onnx.js', import.meta.url).href
)) as typeof OnnxModule;

const folder = mkdtempSync(join(tmpdir(), 'earshot-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scripted = fileURLToPath(new URL('../engine/__fixtures__/scripted-model', import.meta.url));
/** What the scripted model says of any audio that is long enough. */
const SCRIPT = 'one three abbbbbbbbbbbb two';

const clip = {
  path: join(embeddedCorpus, 'audio', readdirSync(join(embeddedCorpus, 'audio'))[0]!),
  offsetSeconds: 0,
  durationSeconds: 2,
};
const english = { language: 'en-US', acceleration: 'regular' } as const;
const german = { ...english, language: 'de-DE' } as const;

const open: Recognizer[] = [];
afterEach(async () => {
  for (const recognizer of open.splice(0)) await recognizer.close();
});

async function opened(settings: Record<string, unknown> = {}): Promise<Recognizer> {
  const recognizer = await onnxBackend.open(onnxBackend.settings.parse({ model: scripted, ...settings }), folder);
  open.push(recognizer);
  return recognizer;
}

/** Processes that this one has started and that run the backend's worker. */
function workers(): number[] {
  const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split(
    '\n',
  );
  return lines.filter((line) => line.includes('onnx-worker.js')).map((line) => Number.parseInt(line, 10));
}

describe('inspecting an onnx backend', () => {
  test('tells what the model can do without starting a process', async () => {
    const settings = onnxBackend.settings.parse({ model: scripted, machineUsdPerHour: 0.6, expectedRtf: 0.1 });
    expect(await onnxBackend.inspect(settings, folder)).toEqual({
      languages: ['en-US', 'de-DE'],
      accelerations: ['none', 'regular', 'high', 'full'],
      supportsAuto: true,
      usdPerAudioMinute: 0.001,
      expectedRtf: 0.1,
      concurrency: 1,
      location: 'local',
    });
    expect(workers()).toEqual([]);
  });

  test('prices processes as one, which is never too low', async () => {
    const priced = { model: scripted, machineUsdPerHour: 0.6, expectedRtf: 0.1, mode: 'batch', concurrency: 4 };
    const facts = await onnxBackend.inspect(onnxBackend.settings.parse({ ...priced, processes: 4 }), folder);
    expect(facts.usdPerAudioMinute).toBe(0.001);
  });

  test('leaves prices open that depend on an unknown speed', async () => {
    const facts = await onnxBackend.inspect(
      onnxBackend.settings.parse({ model: scripted, machineUsdPerHour: 1 }),
      folder,
    );
    expect(facts).toMatchObject({ usdPerAudioMinute: null, expectedRtf: null });
  });

  test('finds a model beside the configuration', async () => {
    cpSync(scripted, join(folder, 'my-model'), { recursive: true });
    const settings = onnxBackend.settings.parse({ model: './my-model' });
    expect((await onnxBackend.inspect(settings, folder)).languages).toHaveLength(2);
    await expect(onnxBackend.inspect(settings, tmpdir())).rejects.toThrow(/^there is no model folder/);
  });

  test('refuses settings that it does not know', () => {
    expect(() => onnxBackend.settings.parse({ model: scripted, prescision: 'int8' })).toThrow(/prescision/);
    expect(() => onnxBackend.settings.parse({ model: scripted, threads: 0 })).toThrow();
  });
});

describe('an open onnx backend', () => {
  test('answers with text, times and costs, on the virtual clock by default', async () => {
    const recognizer = await opened({ machineUsdPerHour: 3600 });
    expect(recognizer.info).toMatchObject({
      model: basename(scripted),
      precision: 'fp32',
      requestedProvider: 'cpu',
      effectiveProvider: 'cpu',
      threads: 1,
    });
    expect(recognizer.info.modelSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(recognizer.info.loadMs).toBeGreaterThan(0);
    const hypothesis = await recognizer.transcribe(clip, english);
    expect(hypothesis).toMatchObject({ text: SCRIPT, delivery: 'streaming-virtual', detectedLanguage: 'en-US' });
    expect(wholePartials(hypothesis.partials!).at(-1)!.text).toBe(SCRIPT);
    expect(hypothesis.words!.map(({ word }) => word).join(' ')).toBe(SCRIPT);
    expect(hypothesis.audioSha256).toMatch(/^[0-9a-f]{64}$/);
    const { inferenceMs, featuresMs, encoderMs, decoderMs, decodeMs } = hypothesis.spans;
    expect(featuresMs! + encoderMs! + decoderMs!).toBeCloseTo(inferenceMs!, 6);
    expect(decodeMs).toBeGreaterThan(0);
    // One dollar per second.
    expect(hypothesis.costUsd).toBeCloseTo(inferenceMs! / 1000, 9);
    const info = await recognizer.close();
    expect(info.peakMemoryMiB).toBeGreaterThan(10);
    expect(await recognizer.close()).toEqual(info);
    expect(workers()).toEqual([]);
  });

  test('takes whole clips in batch mode', async () => {
    const hypothesis = await (await opened({ mode: 'batch' })).transcribe(clip, english);
    expect(hypothesis).toMatchObject({ text: SCRIPT, delivery: 'batch', partials: null, costUsd: null });
    expect(hypothesis.latencyMs).toBe(hypothesis.spans.inferenceMs);
  });

  test('hears utterances at once, encoded together, in batch mode and in real time', async () => {
    for (const mode of ['batch', 'real-time']) {
      const recognizer = await opened({ mode, concurrency: 3, model: embeddedModel });
      expect(recognizer.info.description).toMatch(/; streams encoded together$/);
      const alone = await (await opened({ model: embeddedModel })).transcribe(clip, german);
      const heard = await Promise.all([1, 2, 3].map(() => recognizer.transcribe(clip, german)));
      expect(heard.map(({ text }) => text)).toEqual(Array(3).fill(alone.text));
    }
  });

  test('shares utterances out between processes, of which one can die without the other', async () => {
    const settings = { mode: 'real-time', concurrency: 4, processes: 2, machineUsdPerHour: 3600 };
    const recognizer = await opened(settings);
    expect(recognizer.info.processes).toBe(2);
    const pids = workers();
    expect(pids).toHaveLength(2);
    const calls = [1, 2, 3, 4].map(() => recognizer.transcribe(clip, english));
    process.kill(pids[0]!, 'SIGKILL');
    const outcomes = await Promise.allSettled(calls);
    // By turns, whichever of the two was killed.
    const [first, second, third, fourth] = outcomes.map(({ status }) => status);
    expect([third, fourth]).toEqual([first, second]);
    expect(new Set([first, second])).toEqual(new Set(['rejected', 'fulfilled']));
    const again = await Promise.all([1, 2, 3, 4].map(() => recognizer.transcribe(clip, english)));
    expect(again.map(({ text }) => text)).toEqual(Array(4).fill(SCRIPT));
    // At a dollar a second, of which each process is half.
    for (const { costUsd, spans } of again) expect(costUsd).toBeCloseTo(spans.inferenceMs! / 2000, 9);
    // By now both have stated their memory.
    const { processMemoryMiB } = await recognizer.transcribe(clip, english);
    const { peakMemoryMiB } = await recognizer.close();
    expect(processMemoryMiB).toBeLessThanOrEqual(peakMemoryMiB!);
    expect(processMemoryMiB).toBeGreaterThan(0.75 * peakMemoryMiB!);
    expect(workers()).toEqual([]);
  });

  test('starts no more processes than there are utterances at once', async () => {
    const atOnce = [
      [{ processes: 3 }, 1],
      [{ processes: 3, mode: 'batch', concurrency: 2 }, 2],
    ] as const;
    for (const [settings, count] of atOnce) {
      await opened(settings);
      expect(workers()).toHaveLength(count);
      await open.pop()!.close();
    }
  });

  test('hears nothing more with a model whose files are others than at the start', async () => {
    const model = join(folder, 'exchanged');
    cpSync(scripted, model, { recursive: true });
    const recognizer = await opened({ model });
    await recognizer.transcribe(clip, english);
    process.kill(workers()[0]!, 'SIGKILL');
    writeFileSync(join(model, 'decoder.onnx'), readFileSync(join(model, 'decoder.onnx')).subarray(0, -1));
    const broken = recognizer.transcribe(clip, english);
    await expect(broken).rejects.toMatchObject({
      kind: 'process',
      message: expect.not.stringContaining(folder) as string,
    });
    // Appended metadata, which changes nothing but the digest.
    const entry = Buffer.concat([
      readFileSync(join(scripted, 'decoder.onnx')),
      Buffer.from([0x72, 5, 0x0a, 1, 97, 0x12, 0]),
    ]);
    writeFileSync(join(model, 'decoder.onnx'), entry);
    await expect(recognizer.transcribe(clip, english)).rejects.toMatchObject({
      kind: 'process',
      facts: { stopsBackend: true },
    });
    expect(workers()).toEqual([]);
  });

  test('paces audio in real time, and tells how well', async () => {
    const start = performance.now();
    const recognizer = await opened({ mode: 'real-time' });
    const { text, delivery, chunkLatenciesMs, pacing } = await recognizer.transcribe(clip, english);
    expect(performance.now() - start).toBeGreaterThan(2000);
    expect({ text, delivery }).toEqual({ text: SCRIPT, delivery: 'streaming-real' });
    expect(chunkLatenciesMs).toHaveLength(4);
    expect(pacing).toMatchObject({ chunkMs: 560, slipMs: expect.any(Number) as number });
  });

  test('says that streams are encoded one by one where the export takes one per call', async () => {
    const path = join(folder, 'silence.wav');
    writeFileSync(path, writeWav(new Float32Array(32_000), 16_000));
    const silence = { ...clip, path };
    const fixed = fileURLToPath(new URL('../engine/__fixtures__/parakeet-rs', import.meta.url));
    const recognizer = await opened({ mode: 'batch', concurrency: 2, model: fixed });
    expect(recognizer.info.description).toMatch(/; streams encoded one by one, because the export takes one per call$/);
    const heard = await Promise.all(
      [1, 2].map(() => recognizer.transcribe(silence, { ...german, acceleration: 'high' })),
    );
    expect(heard.map(({ text }) => text)).toEqual([SCRIPT, SCRIPT]);
  });

  test('fails every utterance that its process had, and starts one other for them all', async () => {
    const recognizer = await opened({ mode: 'real-time', concurrency: 3 });
    const calls = [1, 2, 3].map(() => recognizer.transcribe(clip, english));
    process.kill(workers()[0]!, 'SIGKILL');
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { kind: 'process', retryable: true } });
    }
    const again = await Promise.all([1, 2, 3].map(() => recognizer.transcribe(clip, english)));
    expect(again.map(({ text }) => text)).toEqual([SCRIPT, SCRIPT, SCRIPT]);
    expect(workers()).toHaveLength(1);
  });

  test('shows partials as they come', async () => {
    const texts: string[] = [];
    const onPartial = (text: string): void => void texts.push(text);
    await (await opened()).transcribe(clip, { ...english, onPartial });
    expect(texts).toEqual(['one three', 'one three abbbbbbbbbbbb', SCRIPT]);
  });

  test('answers calls that come at once one after the other', async () => {
    const recognizer = await opened();
    const accelerations = ['none', 'regular', 'high', 'full'] as const;
    const calls = accelerations.map((acceleration) => recognizer.transcribe(clip, { language: 'de-DE', acceleration }));
    for (const { text, detectedLanguage } of await Promise.all(calls))
      expect([text, detectedLanguage]).toEqual([SCRIPT, 'de-DE']);
  });

  test('leaves its caller free to do other things while it works', async () => {
    const recognizer = await opened();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await recognizer.transcribe({ ...clip, durationSeconds: null }, { ...english, acceleration: 'full' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  test('fails one utterance whose audio cannot be read, and hears the next', async () => {
    const recognizer = await opened();
    const path = join(folder, 'no.wav');
    await expect(recognizer.transcribe({ ...clip, path }, english)).rejects.toMatchObject({
      name: 'BackendError',
      kind: 'audio',
      message: `there is no audio file ${path}`,
      retryable: false,
    });
    expect((await recognizer.transcribe(clip, english)).text).toBe(SCRIPT);
  });

  test('fails an utterance in a language that the model lacks', async () => {
    const call = (await opened()).transcribe(clip, { ...english, language: 'fr-FR' });
    await expect(call).rejects.toMatchObject({ name: 'BackendError', kind: 'unsupported' });
  });

  test('fails the utterance during which its process is killed, and hears the next in another', async () => {
    const recognizer = await opened();
    const [pid] = workers();
    const call = recognizer.transcribe({ ...clip, durationSeconds: null }, { ...english, acceleration: 'full' });
    process.kill(pid!, 'SIGKILL');
    await expect(call).rejects.toMatchObject({
      name: 'BackendError',
      kind: 'process',
      message: "the recognizer's process was killed by SIGKILL",
      retryable: true,
    });
    expect((await recognizer.transcribe(clip, english)).text).toBe(SCRIPT);
    expect(workers()).toHaveLength(1);
    expect(workers()).not.toContain(pid);
  });

  test('ends an utterance that nobody wants any more, begun or waiting, and hears the next in the same process', async () => {
    const recognizer = await opened({ model: embeddedModel });
    const { text } = await recognizer.transcribe(clip, german);
    const pids = workers();
    const path = join(folder, 'hour.wav');
    const { samples } = await decodeAudio(clip);
    const spoken = new Float32Array(3600 * 16_000);
    spoken.set(samples);
    writeFileSync(path, writeWav(spoken, 16_000));
    const abandon = new AbortController();
    const hour = { path, offsetSeconds: 0, durationSeconds: null };
    const options = { ...german, abandoned: abandon.signal, onPartial: () => abandon.abort() };
    const calls = [1, 2].map(() => recognizer.transcribe(hour, options));
    const reason = expect.objectContaining({ name: 'BackendError', kind: 'abandoned' }) as Error;
    expect(await Promise.allSettled(calls)).toEqual([1, 2].map(() => ({ status: 'rejected', reason })));
    expect((await recognizer.transcribe(clip, german)).text).toBe(text);
    expect(workers()).toEqual(pids);
  });

  test('starts another process when the old one died between utterances', async () => {
    const recognizer = await opened();
    process.kill(workers()[0]!, 'SIGKILL');
    // Until the news of the death arrives, a call may still meet the dead process and fail as above.
    const answer = () => recognizer.transcribe(clip, english).then(({ text }) => text, String);
    await expect.poll(answer).toBe(SCRIPT);
  });

  test('does not end by the Ctrl-C that its terminal sends to every process', async () => {
    const recognizer = await opened();
    const [pid] = workers();
    process.kill(pid!, 'SIGINT');
    expect((await recognizer.transcribe(clip, english)).text).toBe(SCRIPT);
    expect(workers()).toEqual([pid]);
  });

  test('is over once it was closed', async () => {
    const recognizer = await opened();
    await recognizer.close();
    await expect(recognizer.transcribe(clip, english)).rejects.toMatchObject({ kind: 'closed', retryable: false });
    expect(workers()).toEqual([]);
  });
});

describe('opening an onnx backend', () => {
  test('says in one line what is wrong with provider and graph, and leaves no process', async () => {
    await expect(opened({ provider: 'abacus' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(
        /^the execution provider abacus cannot be used on this machine: [^\n]+$/,
      ) as string,
    });
    const broken = join(folder, 'broken');
    cpSync(scripted, broken, { recursive: true });
    writeFileSync(join(broken, 'joiner.onnx'), 'not a graph');
    await expect(opened({ model: broken })).rejects.toMatchObject({ name: 'UserError' });
    expect(workers()).toEqual([]);
  });
});
