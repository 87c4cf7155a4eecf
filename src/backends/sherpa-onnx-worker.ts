/** The process of the `sherpa-onnx` backend. */
import { basename } from 'node:path';
import type { SherpaRecognizer } from 'sherpa-onnx-node';
import { decodeAudio, TARGET_RATE } from '../audio/decode-audio.ts';
import { filesDigest } from '../engine/model-files.ts';
import { readOnnxHeader } from '../engine/onnx-header.ts';
import type { Hypothesis, RecognizerInfo } from '../types.ts';
import { textAlone } from './backend.ts';
import { DecodingTime } from './model-process/decoding-time.ts';
import type { TranscribeRequest } from './model-process/model-messages.ts';
import { serveModel } from './model-process/model-worker.ts';
import { familyFiles, familyOf } from './sherpa-onnx-families.ts';
import type { SherpaModel } from './sherpa-onnx.ts';

/** Opens a recognizer for a language. */
let load: ((language: string) => Promise<SherpaRecognizer>) | null = null;

/** sherpa-onnx fixes the language of a recognizer when it loads the model; only the last one is kept. */
let loaded: { readonly language: string; readonly recognizer: SherpaRecognizer } | null = null;

async function open({ family: name, folder, precision, threads }: SherpaModel): Promise<RecognizerInfo> {
  const start = performance.now();
  const { OfflineRecognizer } = (await import('sherpa-onnx-node')).default;
  const family = familyOf(name);
  const { graphs, tokens } = await familyFiles(folder, name, precision);
  load = (language) => {
    const model = family.config(graphs, family.takesLanguage ? language : '');
    const modelConfig = { ...model, tokens, numThreads: threads, provider: 'cpu', debug: 0 };
    return Promise.resolve(new OfflineRecognizer({ modelConfig }));
  };
  hear(await recognizerOf('auto'), new Float32Array(TARGET_RATE));
  const loadMs = performance.now() - start;
  const paths = Object.values(graphs);
  return {
    model: basename(folder),
    description: `${name} model for whole clips, run by sherpa-onnx`,
    modelSha256: await filesDigest([...paths, tokens]),
    precision: (await readOnnxHeader(paths[0]!)).precision ?? precision,
    requestedProvider: 'cpu',
    effectiveProvider: 'cpu',
    threads,
    loadMs,
    peakMemoryMiB: null,
  };
}

async function transcribe({ audio: source, language }: TranscribeRequest): Promise<Hypothesis> {
  const recognizer = await recognizerOf(language);
  const decoding = new DecodingTime();
  const audio = await decoding.of(decodeAudio(source));
  const start = performance.now();
  const text = hear(recognizer, audio.samples);
  const inferenceMs = performance.now() - start;
  return {
    text,
    ...textAlone,
    latencyMs: inferenceMs,
    spans: { decodeMs: decoding.ms, inferenceMs },
    costUsd: null,
    audioSha256: audio.sha256,
    heardSeconds: audio.durationSeconds,
  };
}

async function recognizerOf(tag: string): Promise<SherpaRecognizer> {
  const language = tag === 'auto' ? '' : tag.split('-')[0]!;
  if (load === null) throw new Error('an utterance came before the model');
  if (loaded?.language !== language) loaded = { language, recognizer: await load(language) };
  return loaded.recognizer;
}

function hear(recognizer: SherpaRecognizer, samples: Float32Array): string {
  const stream = recognizer.createStream();
  stream.acceptWaveform({ samples, sampleRate: TARGET_RATE });
  recognizer.decode(stream);
  return recognizer.getResult(stream).text.trim();
}

serveModel({ open, transcribe });
