import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { inspectModel } from './inspect-model.ts';
import { publicModels } from './public-models.ts';

const model = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder with both precisions is told of in both', async () => {
  const sets = await inspectModel(model('../../models/tiny-fastconformer'));
  expect(sets.map(({ setting, precision }) => [setting, precision])).toEqual([
    ['fp32', 'fp32'],
    ['int8', 'int8'],
  ]);
  expect(sets[0]!.files.map(({ name }) => name)).toEqual(['encoder.onnx', 'decoder.onnx', 'joiner.onnx', 'tokens.txt']);
  for (const { files } of sets) expect(files.every(({ bytes }) => bytes > 0)).toBe(true);
});

test('chunks, languages, left context and graphs come from the files', async () => {
  const [facts] = await inspectModel(model('./__fixtures__/scripted-model'));
  expect(facts).toMatchObject({
    layout: 'sherpa-onnx',
    setting: 'fp32',
    // All that the script's graphs know is in constants.
    precision: null,
    chunks: [
      { chunkMs: 1120, lookAhead: 13, windowFrames: 121, acceleration: 'none' },
      { chunkMs: 560, lookAhead: 6, windowFrames: 65, acceleration: 'regular' },
      { chunkMs: 320, lookAhead: 3, windowFrames: 41, acceleration: 'high' },
      { chunkMs: 80, lookAhead: 0, windowFrames: 17, acceleration: 'full' },
    ],
    languages: ['en-US', 'de-DE'],
    supportsAuto: true,
    pieces: 11,
    melCount: 8,
    leftContext: 56,
    warnings: [],
  });
  const signal = facts!.graphs[0]!.inputs[0]!;
  expect({ name: signal.name, type: signal.type, bands: signal.shape[1] }).toEqual({
    name: 'audio_signal',
    type: 'float32',
    bands: 8,
  });
});

test('a left context that the model was not trained with is named', async () => {
  // The English kind takes no prompt; its fixture has 70 frames, in the metadata and in the graph.
  const [english] = await inspectModel(model('./__fixtures__/scripted-model-fixed'));
  expect(english).toMatchObject({ leftContext: 70, languages: null, warnings: [] });
  const copy = join(folder, 'short');
  cpSync(model('./__fixtures__/scripted-model-fixed'), copy, { recursive: true });
  const path = join(copy, 'encoder.onnx');
  const bytes = readFileSync(path);
  const declared = bytes.indexOf('cache_last_channel_dim2');
  bytes.write('56', bytes.indexOf('70', declared), 'latin1');
  // 70 and 56 as dimensions are one-byte varints behind the tag of dim_value.
  for (let at = 0; at < bytes.length - 1; at++) if (bytes[at] === 0x08 && bytes[at + 1] === 70) bytes[at + 1] = 56;
  writeFileSync(path, bytes);
  const [short] = await inspectModel(copy);
  expect(short!.warnings).toEqual([
    'left context 56 instead of the 70 that the English Nemotron models were trained with',
  ]);
});

test('a folder without graphs is refused by what it lacks', async () => {
  await expect(inspectModel(folder)).rejects.toThrow(/lacks encoder\.onnx, decoder\.onnx, joiner\.onnx, tokens\.txt$/);
  await expect(inspectModel(join(folder, 'none'))).rejects.toThrow(/^there is no model folder/);
});

test('public models have names and repositories of their own', () => {
  expect(new Set(publicModels.map(({ name }) => name)).size).toBe(publicModels.length);
  expect(publicModels.map(({ repository }) => repository)).toContain(
    'csukuangfj2/sherpa-onnx-nemotron-3.5-asr-streaming-0.6b-560ms-int8-2026-06-11',
  );
});
