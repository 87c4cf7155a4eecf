import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { LOOK_AHEADS, SUBSAMPLING } from '../geometry.ts';
import { modelFiles, type ModelFiles } from '../model-files.ts';
import { readOnnxHeader, type GraphValue, type OnnxHeader } from '../onnx-header.ts';
import { readVocabulary, type Vocabulary } from '../tokens.ts';
import { describe, GraphChecks, hasInput, leftContextWarnings, lookAheadOfWindow, names, shapeText } from './checks.ts';
import type { Contract, DecoderContract, EncoderContract, JoinerContract } from './contract.ts';
import { Metadata } from './metadata.ts';
import { isPromptDictionary, promptFacts } from './prompts.ts';

/**
 * NVIDIA's streaming FastConformer transducers as k2-fsa exports them: three graphs, `tokens.txt`, metadata in the encoder.
 * Caches are batch-first. States are bound by position because the exporter names them anew each time.
 */
export const sherpaOnnx: Contract = {
  name: 'sherpa-onnx',

  matches: (encoder, present) =>
    hasInput(encoder, 'audio_signal') && !hasInput(encoder, 'lang_id') && !present.includes('joint.onnx'),

  async read(folder, precision) {
    const files = await modelFiles(folder, precision, {
      graphs: ['encoder', 'decoder', 'joiner'],
      tokens: 'tokens.txt',
    });
    const [encoderHeader, decoderHeader, joinerHeader, vocabulary] = await Promise.all([
      readOnnxHeader(files.encoder),
      readOnnxHeader(files.decoder),
      readOnnxHeader(files.joiner!),
      readVocabulary(files.tokens),
    ]);
    const metadata = new Metadata(encoderHeader.metadata, files.encoder);
    const encoder = encoderContract(encoderHeader, metadata, files.encoder);
    const decoder = decoderContract(decoderHeader, metadata, files.decoder);
    const joiner = joinerContract(joinerHeader, decoder, vocabulary, files);
    return {
      layout: 'sherpa-onnx',
      files,
      vocabulary,
      encoder,
      precision: encoderHeader.precision,
      head: { kind: 'split', decoder, joiner },
      lookAheads: lookAheads(metadata, encoder.leftContext, await declaresAnyWindow(folder, metadata)),
      ...promptFacts(encoder.promptType === null ? null : prompts(metadata, files.encoder)),
      description: describe(encoder, vocabulary, [metadata.text('model_type'), metadata.text('comment')]),
      warnings: leftContextWarnings(encoder.leftContext, encoder.promptType !== null),
    };
  },
};

/** Index by language as the export spells it, with `auto` where the model can find the language. */
function prompts(metadata: Metadata, path: string): Record<string, number> {
  const text = metadata.text('prompt_dictionary') ?? '';
  try {
    const parsed: unknown = JSON.parse(text);
    const auto = metadata.optionalInteger('auto_prompt_id');
    if (isPromptDictionary(parsed)) return { ...parsed, ...(auto === null ? {} : { auto }) };
  } catch {
    // A dictionary that is no JSON is reported below, like one of the wrong shape.
  }
  throw new UserError(`${path} takes a language prompt, but its prompt_dictionary is ${JSON.stringify(text)}`);
}

function encoderContract(header: OnnxHeader, metadata: Metadata, path: string): EncoderContract {
  const checks = new GraphChecks('sherpa-onnx', path);
  const [signal, length, channel, time, cacheLength, prompt] = header.inputs;
  const [frames, , nextChannel, nextTime] = header.outputs;
  const isKnown = signal?.name === 'audio_signal' && signal.shape.length === 3 && cacheLength !== undefined;
  const melCount = signal?.shape[1] ?? null;
  if (!isKnown || !length || !channel || !time || header.outputs.length !== 5 || melCount === null) {
    throw checks.misfit(`inputs ${names(header.inputs)}`);
  }
  if (prompt !== undefined && prompt.name !== 'prompt_index') throw checks.misfit(`an input ${prompt.name}`);
  if (metadata.integer('subsampling_factor') !== SUBSAMPLING) {
    throw new UserError(
      `${path} has subsampling_factor ${metadata.integer('subsampling_factor')}; only ${SUBSAMPLING} is supported`,
    );
  }
  const normalize = metadata.text('normalize_type') ?? '';
  if (normalize !== '' && normalize !== 'NA') {
    throw new UserError(
      `${path} wants features normalized by ${normalize}; only models without normalization are supported`,
    );
  }
  const channelCache = cacheShape(channel, metadata, 'cache_last_channel', checks);
  const timeCache = cacheShape(time, metadata, 'cache_last_time', checks);
  return {
    inputs: header.inputs,
    outputs: header.outputs,
    floatType: checks.floatType([signal, channel, time, frames!, nextChannel!, nextTime!]),
    melCount,
    width: channelCache[3]!,
    takesTimeFirst: false,
    givesTimeFirst: false,
    lengthType: checks.integerType(length),
    channelCache,
    timeCache,
    cacheBatchAxis: 0,
    cacheLengthType: checks.integerType(cacheLength),
    promptType: prompt ? checks.integerType(prompt) : null,
    layerCount: channelCache[1]!,
    leftContext: channelCache[2]!,
  };
}

/** Batch, then the three dimensions of the metadata, which the graph must not contradict. */
function cacheShape(value: GraphValue, metadata: Metadata, key: string, checks: GraphChecks): number[] {
  const shape = [1, ...[1, 2, 3].map((dimension) => metadata.integer(`${key}_dim${dimension}`))];
  const fits = value.shape.length === 4 && shape.every((size, i) => (value.shape[i] ?? size) === size);
  if (!fits)
    throw checks.misfit(
      `a cache ${value.name} of ${shapeText(value.shape)}, while its metadata say ${shape.join(' × ')}`,
    );
  return shape;
}

function decoderContract(header: OnnxHeader, metadata: Metadata, path: string): DecoderContract {
  const checks = new GraphChecks('sherpa-onnx', path);
  const [targets, targetLength, hidden, cell] = header.inputs;
  const [prediction, , nextHidden, nextCell] = header.outputs;
  const isKnown = hidden?.shape.length === 3 && header.inputs.length === 4 && header.outputs.length === 4;
  if (!targets || !targetLength || !isKnown) throw checks.misfit(`inputs ${names(header.inputs)}`);
  const state = [metadata.integer('pred_rnn_layers'), 1, metadata.integer('pred_hidden')];
  if (!state.every((size, i) => (hidden.shape[i] ?? size) === size)) {
    throw checks.misfit(`a state of ${shapeText(hidden.shape)}, while the metadata say ${state.join(' × ')}`);
  }
  return {
    inputs: header.inputs,
    outputs: header.outputs,
    floatType: checks.floatType([prediction!, hidden, cell!, nextHidden!, nextCell!]),
    targetType: checks.integerType(targets),
    targetLengthType: checks.integerType(targetLength),
    state,
    outputShape: [1, prediction!.shape[1] ?? state[2]!, 1],
  };
}

function joinerContract(
  header: OnnxHeader,
  decoder: DecoderContract,
  vocabulary: Vocabulary,
  files: ModelFiles,
): JoinerContract {
  const checks = new GraphChecks('sherpa-onnx', files.joiner!);
  const [frames, prediction] = header.inputs;
  const [scores] = header.outputs;
  if (frames?.shape.length !== 3 || !prediction || header.inputs.length !== 2 || scores?.shape.length !== 4) {
    throw checks.misfit(`inputs ${names(header.inputs)}`);
  }
  checks.classes(scores, vocabulary, files.tokens);
  return {
    inputs: header.inputs,
    outputs: header.outputs,
    floatType: checks.floatType([frames, prediction, scores, decoder.outputs[0]!]),
    framesPerCall: frames.shape[2] ?? null,
    takesTimeFirst: false,
    predictionShape: decoder.outputShape,
  };
}

/**
 * Whether one file serves every look-ahead. Exports declare an open time axis even where their attention is fixed to one
 * chunk size, so only an explicit `dynamic_window` counts, or `dynamicWindow` in an `earshot.json` beside the model.
 */
async function declaresAnyWindow(folder: string, metadata: Metadata): Promise<boolean> {
  const declared = metadata.text('dynamic_window');
  if (declared !== null) return declared === '1';
  const path = join(folder, 'earshot.json');
  const content = await readFile(path, 'utf8').catch(() => null);
  if (content === null) return false;
  try {
    return (JSON.parse(content) as { dynamicWindow?: unknown } | null)?.dynamicWindow === true;
  } catch {
    throw new UserError(`${path} is not valid JSON`);
  }
}

function lookAheads(metadata: Metadata, leftContext: number, anyWindow: boolean): number[] {
  const window = metadata.integer('window_size');
  const shift = metadata.integer('chunk_shift');
  const declared = lookAheadOfWindow(window);
  if (declared === null || shift !== (declared + 1) * SUBSAMPLING) {
    throw new UserError(
      `the model declares windows of ${window} frames every ${shift}; they have to be 8n + 9 every 8n`,
    );
  }
  if (!anyWindow) return [declared];
  // Chunked attention looks back whole chunks, so the left context has to be a multiple of a chunk.
  const possible = Object.values(LOOK_AHEADS).filter((lookAhead) => leftContext % (lookAhead + 1) === 0);
  return [...new Set([...possible, declared])].sort((a, b) => b - a);
}
