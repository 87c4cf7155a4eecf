import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { modelDigest } from '../model-files.ts';
import { delimited, integerField } from '../protobuf.ts';
import { readContract } from './index.ts';

const embeddedModel = fileURLToPath(new URL('../../../models/tiny-fastconformer', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scripted = fileURLToPath(new URL('../__fixtures__/scripted-model/', import.meta.url));
const fixed = fileURLToPath(new URL('../__fixtures__/scripted-model-fixed/', import.meta.url));

/** A copy of the scripted model to be damaged. */
function copyOf(model: string, name: string): string {
  const path = join(folder, name);
  cpSync(model, path, { recursive: true });
  return path;
}

describe('the contract of a model folder', () => {
  test('is read from graphs, metadata and tokens', async () => {
    const contract = await readContract(scripted, 'fp32');
    expect(contract.encoder).toMatchObject({
      melCount: 8,
      width: 3,
      lengthType: 'int64',
      channelCache: [1, 1, 56, 3],
      timeCache: [1, 1, 3, 2],
      promptType: 'int64',
    });
    expect(contract.head).toMatchObject({
      kind: 'split',
      decoder: { targetType: 'int32', state: [1, 1, 1], outputShape: [1, 2, 1] },
      joiner: { framesPerCall: null },
    });
    expect(contract.languages).toEqual(['en-US', 'de-DE']);
    expect(contract.supportsAuto).toBe(true);
    expect(contract.description).toContain('answers from a script');
    expect(contract.warnings).toEqual([]);
  });

  test('takes integer types, prompts and frames per call as another export has them', async () => {
    const contract = await readContract(fixed, 'fp32');
    expect(contract.encoder).toMatchObject({ lengthType: 'int32', cacheLengthType: 'int32', promptType: null });
    expect(contract.head).toMatchObject({ decoder: { targetType: 'int64' }, joiner: { framesPerCall: 1 } });
    expect(contract).toMatchObject({ prompts: null, languages: null, supportsAuto: false });
  });

  test('has the declared window only, unless the export says that it takes any', async () => {
    expect((await readContract(scripted, 'fp32')).lookAheads).toEqual([13, 6, 3, 0]);
    expect((await readContract(fixed, 'fp32')).lookAheads).toEqual([3]);
    const declared = copyOf(fixed, 'sidecar');
    writeFileSync(join(declared, 'earshot.json'), '{ "dynamicWindow": true }');
    // 70 frames of left context are no whole number of chunks of 4; the export declares that one all the same.
    expect((await readContract(declared, 'fp32')).lookAheads).toEqual([13, 6, 3, 0]);
    writeFileSync(join(declared, 'earshot.json'), '{ "dynamicWindow": ');
    await expect(readContract(declared, 'fp32')).rejects.toThrow(/earshot\.json is not valid JSON$/);
  });

  test('refuses metadata that contradict the graph', async () => {
    const multilingual = copyOf(scripted, 'seventy');
    const bytes = readFileSync(join(multilingual, 'encoder.onnx'));
    const at = bytes.indexOf('cache_last_channel_dim2');
    bytes.write('70', bytes.indexOf('56', at), 'latin1');
    writeFileSync(join(multilingual, 'encoder.onnx'), bytes);
    await expect(readContract(multilingual, 'fp32')).rejects.toThrow(
      /a cache .* of 1 × 1 × 56 × 3, while its metadata say 1 × 1 × 70 × 3/,
    );
  });

  test('of the embedded model covers every acceleration, in both precisions', async () => {
    for (const precision of ['fp32', 'int8'] as const) {
      const contract = await readContract(embeddedModel, precision);
      expect(contract.lookAheads).toEqual([13, 6, 3, 0]);
      expect(contract.encoder.melCount).toBe(128);
      expect(contract.vocabulary.tags.size).toBeGreaterThanOrEqual(contract.languages!.length);
    }
  });

  test('names a missing folder, missing files and the other precision', async () => {
    await expect(readContract(join(folder, 'none'), 'fp32')).rejects.toThrow(/^there is no model folder .*none$/);
    const bare = copyOf(scripted, 'bare');
    rmSync(join(bare, 'joiner.onnx'));
    await expect(readContract(bare, 'fp32')).rejects.toThrow(/lacks joiner\.onnx$/);
    await expect(readContract(scripted, 'int8')).rejects.toThrow(
      /lacks encoder\.int8\.onnx, decoder\.int8\.onnx, joiner\.int8\.onnx; it has encoder\.onnx, which is another precision$/,
    );
  });

  test('says of an export that it cannot run whom it is for', async () => {
    const path = mkdtempSync(join(folder, 'other-'));
    for (const name of ['decoder.onnx', 'nemotron_onnx_config.json']) writeFileSync(join(path, name), '');
    await expect(readContract(path, 'fp32')).rejects.toThrow(
      /^with nemotron_onnx_config\.json, .* is an export for the transformers-based runtime, which the engine cannot run$/,
    );
    rmSync(join(path, 'nemotron_onnx_config.json'));
    writeFileSync(join(path, 'encoder_560ms_first.onnx'), '');
    await expect(readContract(path, 'fp32')).rejects.toThrow(/^with encoder_560ms_first\.onnx, .* transformers-based/);
  });

  test.each([
    ['input_features', 'cache_mask', 'is an export for the transformers-based runtime; the engine cannot run it'],
    ['x_65_56', 'length', 'is an export for QNN, which runs on chips of Qualcomm alone; the engine cannot run it'],
    [
      'audio_signal',
      'length',
      'takes no caches: its model hears whole clips, which backends of kind sherpa-onnx can run',
    ],
  ])('says of an encoder with the inputs %s and %s what it is', async (signal, length, says) => {
    const path = mkdtempSync(join(folder, 'foreign-'));
    const inputs = [signal, length].map((name) => delimited(11, [delimited(1, [Buffer.from(name)])]));
    writeFileSync(join(path, 'encoder.onnx'), Buffer.concat([integerField(1, 8), delimited(7, inputs)]));
    await expect(readContract(path, 'fp32')).rejects.toThrow(`${join(path, 'encoder.onnx')} ${says}`);
  });

  test('refuses tokens of another model, and graphs in each other’s place', async () => {
    const mixed = copyOf(scripted, 'mixed');
    writeFileSync(join(mixed, 'tokens.txt'), 'a 0\n<blk> 1\n');
    await expect(readContract(mixed, 'fp32')).rejects.toThrow(
      /tokens\.txt has 2 pieces, but .*joiner\.onnx tells 12 apart; they belong to different models$/,
    );
    const swapped = copyOf(scripted, 'swapped');
    cpSync(join(scripted, 'encoder.onnx'), join(swapped, 'decoder.onnx'));
    await expect(readContract(swapped, 'fp32')).rejects.toThrow(
      /decoder\.onnx is not in the layout of sherpa-onnx's streaming transducers: it has inputs audio_signal, /,
    );
    cpSync(join(scripted, 'decoder.onnx'), join(swapped, 'encoder.onnx'));
    await expect(readContract(swapped, 'fp32')).rejects.toThrow(
      /encoder\.onnx is an encoder for none of sherpa-onnx, parakeet-rs, onnxruntime-genai: it has inputs targets, /,
    );
  });
});

test('the digest of a model changes with any of its files', async () => {
  const copy = copyOf(scripted, 'digest');
  const { files } = await readContract(copy, 'fp32');
  const digest = await modelDigest(files);
  expect(digest).toBe(await modelDigest((await readContract(scripted, 'fp32')).files));
  writeFileSync(join(copy, 'encoder.onnx.data'), 'weights');
  const withWeights = await modelDigest((await readContract(copy, 'fp32')).files);
  expect(withWeights).not.toBe(digest);
  writeFileSync(join(copy, 'encoder.onnx.data'), 'other weights');
  expect(await modelDigest((await readContract(copy, 'fp32')).files)).not.toBe(withWeights);
});
