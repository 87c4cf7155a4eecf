import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectModel } from '../inspect-model.ts';
import type { Precision } from '../model-files.ts';
import { StreamingRecognizer } from '../recognizer.ts';
import { transcribeClip } from '../transcription.ts';
import { readContract } from './index.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../__fixtures__/${name}/`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-contracts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function copyOf(name: string): string {
  const path = mkdtempSync(join(folder, `${name}-`));
  cpSync(fixture(name), path, { recursive: true });
  return path;
}

/** Replaces bytes of a file by as many others. */
function patch(path: string, from: string, to: string): void {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1');
  writeFileSync(path, bytes);
}

/** What `__fixtures__/scripted_model.py` has every model say; anything carried wrongly makes it say "wrong". */
const SCRIPT = 'one three abbbbbbbbbbbb two';
const silence = (seconds: number): Float32Array => new Float32Array(seconds * 16_000);

const exports: readonly { model: string; precision: Precision; language: string; facts: object }[] = [
  {
    model: 'scripted-model',
    precision: 'fp32',
    language: 'de-DE',
    facts: { layout: 'sherpa-onnx', leftContext: 56, floatType: 'float32', takesTimeFirst: false, warnings: [] },
  },
  {
    model: 'scripted-model-half',
    precision: 'fp32',
    language: 'de-DE',
    facts: { layout: 'sherpa-onnx', leftContext: 56, floatType: 'float16', takesTimeFirst: false, warnings: [] },
  },
  {
    model: 'parakeet-rs',
    precision: 'fp32',
    language: 'de-DE',
    facts: { layout: 'parakeet-rs', leftContext: 56, floatType: 'float32', takesTimeFirst: false, warnings: [] },
  },
  {
    model: 'parakeet-rs',
    precision: 'int8',
    language: 'de-DE',
    facts: { layout: 'parakeet-rs', leftContext: 56, floatType: 'float32', takesTimeFirst: false, warnings: [] },
  },
  {
    model: 'parakeet-rs-half',
    precision: 'fp32',
    language: 'en-US',
    facts: { layout: 'parakeet-rs', leftContext: 70, floatType: 'float16', takesTimeFirst: false, warnings: [] },
  },
  {
    model: 'genai',
    precision: 'fp32',
    language: 'de-DE',
    facts: {
      layout: 'onnxruntime-genai',
      leftContext: 70,
      floatType: 'float32',
      takesTimeFirst: true,
      warnings: ['left context 70 instead of the 56 that the multilingual Nemotron models were trained with'],
    },
  },
  {
    model: 'genai',
    precision: 'int8',
    language: 'de-DE',
    facts: { layout: 'onnxruntime-genai', leftContext: 70, floatType: 'float32', takesTimeFirst: true },
  },
  {
    model: 'genai-half',
    precision: 'fp32',
    language: 'en-US',
    facts: { layout: 'onnxruntime-genai', leftContext: 70, floatType: 'float16', takesTimeFirst: true, warnings: [] },
  },
];

describe.each(exports)('$model in $precision', ({ model, precision, language, facts }) => {
  let recognizer: StreamingRecognizer;
  beforeAll(async () => {
    const options = { precision, provider: 'cpu', threads: 1, clock: () => performance.now() };
    recognizer = await StreamingRecognizer.load(fixture(model), options);
  });
  afterAll(() => recognizer.release());

  test('is told of as what it is', async () => {
    const sets = await inspectModel(fixture(model));
    expect(sets.find(({ setting }) => setting === precision)).toMatchObject(facts);
  });

  test('says its script, with caches, states and tokens carried over chunks', async () => {
    const options = { language, lookAhead: 3, delivery: 'batch' } as const;
    const { text, detectedLanguage, words } = await transcribeClip(recognizer, silence(2), options);
    expect(text).toBe(SCRIPT);
    expect(detectedLanguage).toBe(language);
    expect(words.map(({ endSeconds }) => Math.round(endSeconds / 0.08))).toEqual([1, 5, 10, 15]);
  });

  test('says it again in a second stream beside the first', async () => {
    const [one, two] = [
      await recognizer.createStream({ language, lookAhead: 3 }),
      await recognizer.createStream({ language, lookAhead: 3 }),
    ];
    await one.push(silence(1));
    await two.push(silence(0.5));
    await one.push(silence(1));
    await two.push(silence(1.5));
    expect([await one.finish(), await two.finish()]).toEqual([SCRIPT, SCRIPT]);
  });

  test('fails an utterance whose scores are no numbers, and hears the next', async () => {
    const options = { language, lookAhead: 3, delivery: 'batch' } as const;
    await expect(transcribeClip(recognizer, silence(5), options)).rejects.toMatchObject({ kind: 'non-finite' });
    expect((await transcribeClip(recognizer, silence(2), options)).text).toBe(SCRIPT);
  });
});

describe('an export for parakeet-rs', () => {
  test('has its prompts from config.json, or as trained', async () => {
    const own = await readContract(fixture('parakeet-rs'), 'fp32');
    expect(own).toMatchObject({ languages: ['en-US', 'de-DE'], supportsAuto: true, lookAheads: [3] });
    expect(own.description).toContain('answers from a script');
    const bare = copyOf('parakeet-rs');
    rmSync(join(bare, 'config.json'));
    const { prompts, languages, files } = await readContract(bare, 'fp32');
    // Of 128 prompts, those with a language, and auto.
    expect(new Set(prompts!.values()).size).toBe(84);
    expect([prompts!.get('auto'), prompts!.get('nn-no'), prompts!.get('pt')]).toEqual([101, 104, 13]);
    expect(languages).toContain('haw-US');
    expect(files.config).toBeNull();
  });

  test('takes the chunk of its metadata, and refuses what contradicts it', async () => {
    const path = copyOf('parakeet-rs');
    writeFileSync(join(path, 'config.json'), '{ "chunk_size_output_frames": 14 }');
    expect((await readContract(path, 'fp32')).lookAheads).toEqual([3]);
    patch(join(path, 'encoder.onnx'), 'chunk_size_output_frames', 'chunk_size_output_framez');
    expect((await readContract(path, 'fp32')).lookAheads).toEqual([13]);
    writeFileSync(join(path, 'config.json'), '{ "chunk_size_output_frames": ');
    await expect(readContract(path, 'fp32')).rejects.toThrow(/config\.json is not valid JSON$/);
    writeFileSync(join(path, 'config.json'), '{ "prompt_dictionary": { "en": "zero" } }');
    await expect(readContract(path, 'fp32')).rejects.toThrow(/config\.json has a prompt_dictionary that does not give/);
  });

  test('lacks files by their own names', async () => {
    const path = copyOf('parakeet-rs-half');
    rmSync(join(path, 'tokenizer.model'));
    await expect(readContract(path, 'fp32')).rejects.toThrow(/lacks tokenizer\.model$/);
    await expect(readContract(path, 'int8')).rejects.toThrow(
      /lacks encoder\.int8\.onnx, decoder_joint\.int8\.onnx, tokenizer\.model; it has encoder\.onnx, which is another/,
    );
    writeFileSync(join(path, 'tokenizer.model'), '<html>');
    await expect(readContract(path, 'fp32')).rejects.toThrow(/tokenizer\.model is not a SentencePiece model/);
  });

  test('is refused with a cache that is not a cache of this contract', async () => {
    const path = copyOf('parakeet-rs');
    patch(join(path, 'encoder.onnx'), 'cache_last_time', 'cache_last_tide');
    await expect(readContract(path, 'fp32')).rejects.toThrow(
      /encoder\.onnx is not in the layout of parakeet-rs's streaming transducers: it has inputs processed_signal, /,
    );
  });
});

describe('an export for onnxruntime-genai', () => {
  test('has the prompts of the trained model and the chunk of its shapes', async () => {
    const contract = await readContract(fixture('genai'), 'fp32');
    expect(contract.lookAheads).toEqual([3]);
    expect([contract.prompts!.get('de-de'), contract.prompts!.get('auto')]).toEqual([9, 101]);
    expect(contract.head).toMatchObject({
      decoder: { targetType: 'int64', targetLengthType: null, outputShape: [1, 2, 1] },
      joiner: { takesTimeFirst: true, framesPerCall: 1, predictionShape: [1, 1, 2] },
    });
    expect(await readContract(fixture('genai-half'), 'fp32')).toMatchObject({ prompts: null, languages: null });
  });

  test('is refused with the vocabulary of another model', async () => {
    const path = copyOf('genai');
    writeFileSync(join(path, 'vocab.txt'), 'a\n<blank>\n');
    await expect(readContract(path, 'fp32')).rejects.toThrow(
      /vocab\.txt has 2 pieces, but .*joint\.onnx tells 12 apart; they belong to different models$/,
    );
    writeFileSync(join(path, 'vocab.txt'), 'a\nb\n');
    await expect(readContract(path, 'fp32')).rejects.toThrow(/ends with "b"; the last piece has to be <blank>$/);
  });
});
