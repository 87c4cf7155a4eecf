import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writeWav } from '../audio/write-wav.ts';
import { familyFiles, familyOf } from './sherpa-onnx-families.ts';
import type * as SherpaModule from './sherpa-onnx.ts';

// The backend runs a child process, which takes JavaScript: `npm test` builds it first.
const { sherpaOnnxBackend } = (await import(
  /* @vite-ignore */ new URL('../../dist/backends/sherpa-onnx.js', import.meta.url).href
)) as typeof SherpaModule;

const model = (name: string): string => fileURLToPath(new URL(`./__fixtures__/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-sherpa-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'clip.wav');
writeFileSync(path, writeWav(new Float32Array(2 * 16_000).fill(0.1), 16_000));
const clip = { path, offsetSeconds: 0, durationSeconds: null };

test.each(['nemo-ctc', 'nemo-transducer'] as const)(
  'a %s model says what its table has for each frame',
  async (family) => {
    const settings = sherpaOnnxBackend.settings.parse({ family, model: model(family), machineUsdPerHour: 3600 });
    expect(await sherpaOnnxBackend.inspect(settings, folder)).toMatchObject({
      accelerations: ['none'],
      supportsAuto: false,
    });
    const recognizer = await sherpaOnnxBackend.open(settings, folder);
    try {
      expect(recognizer.info).toMatchObject({ model: family, effectiveProvider: 'cpu', threads: 1 });
      expect(recognizer.info.modelSha256).toMatch(/^[0-9a-f]{64}$/);
      const hypothesis = await recognizer.transcribe(clip, { language: 'en-US', acceleration: 'none' });
      expect(hypothesis).toMatchObject({ text: 'one three two', delivery: 'batch', heardSeconds: 2 });
      expect(hypothesis.costUsd).toBeCloseTo(hypothesis.spans.inferenceMs! / 1000, 9);
      await expect(
        recognizer.transcribe({ ...clip, path: join(folder, 'no.wav') }, { language: 'en-US', acceleration: 'none' }),
      ).rejects.toMatchObject({ name: 'BackendError', kind: 'audio' });
    } finally {
      const { peakMemoryMiB } = await recognizer.close();
      expect(peakMemoryMiB).toBeGreaterThan(10);
    }
  },
);

test('a graph over which sherpa-onnx ends its process is one line', async () => {
  const broken = join(folder, 'broken');
  cpSync(model('nemo-ctc'), broken, { recursive: true });
  writeFileSync(join(broken, 'model.onnx'), 'not a graph');
  const settings = sherpaOnnxBackend.settings.parse({ family: 'nemo-ctc', model: broken });
  await expect(sherpaOnnxBackend.open(settings, folder)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/^sherpa-onnx cannot load the nemo-ctc model in [^\n]+$/) as string,
  });
});

test('files are found by how public exports name them, and what is missing is named', async () => {
  const whisper = mkdtempSync(join(folder, 'whisper-'));
  for (const name of [
    'tiny.en-encoder.onnx',
    'tiny.en-encoder.int8.onnx',
    'tiny.en-decoder.onnx',
    'tiny.en-tokens.txt',
  ])
    writeFileSync(join(whisper, name), '');
  const files = await familyFiles(whisper, 'whisper', 'int8');
  // Where there is no int8, float takes its place.
  expect(files).toEqual({
    graphs: { encoder: join(whisper, 'tiny.en-encoder.int8.onnx'), decoder: join(whisper, 'tiny.en-decoder.onnx') },
    tokens: join(whisper, 'tiny.en-tokens.txt'),
  });
  expect(familyOf('whisper').config(files.graphs, 'de')).toEqual({
    whisper: { ...files.graphs, language: 'de', task: 'transcribe' },
  });
  await expect(familyFiles(whisper, 'moonshine', 'fp32')).rejects.toThrow(
    /^the moonshine model in .* lacks preprocess\.onnx, encode\.onnx, uncached_decode\.onnx, cached_decode\.onnx$/,
  );
  await expect(familyFiles(join(folder, 'none'), 'whisper', 'fp32')).rejects.toThrow(/^there is no model folder/);
});
