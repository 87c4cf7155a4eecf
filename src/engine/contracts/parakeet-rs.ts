import { readFile } from 'node:fs/promises';
import { UserError } from '../../errors.ts';
import { PRE_ENCODE_FRAMES } from '../geometry.ts';
import { modelFiles, type ModelFiles } from '../model-files.ts';
import { readOnnxHeader, type OnnxHeader } from '../onnx-header.ts';
import { readSentencePieces } from '../sentence-pieces.ts';
import type { Vocabulary } from '../tokens.ts';
import { describe, GraphChecks, hasInput, leftContextWarnings, lookAheadOfWindow } from './checks.ts';
import type { Contract, EncoderContract, FusedHead } from './contract.ts';
import { Metadata } from './metadata.ts';
import { isPromptDictionary, promptFacts, TRAINED_PROMPTS } from './prompts.ts';

/** What an export does that does not say its chunk: 560 ms. */
const DEFAULT_OUTPUT_FRAMES = 7;

/**
 * Exports for parakeet-rs: predictor and joiner fused in `decoder_joint.onnx`, caches layers-first, the SentencePiece model
 * itself for a vocabulary, `config.json` with the chunk and the prompts.
 */
export const parakeetRs: Contract = {
  name: 'parakeet-rs',

  matches: (encoder) => hasInput(encoder, 'processed_signal'),

  async read(folder, precision) {
    const files = await modelFiles(folder, precision, {
      graphs: ['encoder', 'decoder_joint'],
      tokens: 'tokenizer.model',
      config: 'config.json',
    });
    const [encoderHeader, headHeader, vocabulary, config] = await Promise.all([
      readOnnxHeader(files.encoder),
      readOnnxHeader(files.decoder),
      readSentencePieces(files.tokens),
      readConfig(files),
    ]);
    const encoder = encoderContract(encoderHeader, files.encoder);
    const metadata = new Metadata(encoderHeader.metadata, files.encoder);
    const hasPrompt = encoder.promptType !== null;
    return {
      layout: 'parakeet-rs',
      files,
      vocabulary,
      encoder,
      precision: encoderHeader.precision,
      head: fusedHead(headHeader, vocabulary, files),
      lookAheads: [lookAhead(encoder, metadata, config, files.encoder)],
      ...promptFacts(hasPrompt ? (config.prompt_dictionary ?? TRAINED_PROMPTS) : null),
      description: describe(encoder, vocabulary, [config.model_name ?? null]),
      warnings: leftContextWarnings(encoder.leftContext, hasPrompt),
    };
  },
};

function encoderContract(header: OnnxHeader, path: string): EncoderContract {
  const checks = new GraphChecks('parakeet-rs', path);
  const hasPrompt = hasInput(header, 'prompt_index');
  const { inputs, outputs } = checks.inOrder(
    header,
    [
      ...['processed_signal', 'processed_signal_length'],
      ...['cache_last_channel', 'cache_last_time', 'cache_last_channel_len'],
      ...(hasPrompt ? ['prompt_index'] : []),
    ],
    ['encoded', 'encoded_len', 'cache_last_channel_next', 'cache_last_time_next', 'cache_last_channel_len_next'],
  );
  const [signal, length, channel, time, cacheLength, prompt] = inputs;
  const [frames, , nextChannel, nextTime] = outputs;
  const melCount = signal!.shape[1];
  if (signal!.shape.length !== 3 || melCount == null) throw checks.misfit('features of an unknown number of bands');
  const channelCache = checks.shape(channel!, 4, 1);
  return {
    inputs,
    outputs,
    floatType: checks.floatType([signal!, channel!, time!, frames!, nextChannel!, nextTime!]),
    melCount,
    width: channelCache[3]!,
    takesTimeFirst: false,
    givesTimeFirst: false,
    lengthType: checks.integerType(length!),
    channelCache,
    timeCache: checks.shape(time!, 4, 1),
    cacheBatchAxis: 1,
    cacheLengthType: checks.integerType(cacheLength!),
    promptType: prompt ? checks.integerType(prompt) : null,
    layerCount: channelCache[0]!,
    leftContext: channelCache[2]!,
  };
}

function fusedHead(header: OnnxHeader, vocabulary: Vocabulary, files: ModelFiles): FusedHead {
  const checks = new GraphChecks('parakeet-rs', files.decoder);
  const { inputs, outputs } = checks.inOrder(
    header,
    ['encoder_outputs', 'targets', 'target_length', 'input_states_1', 'input_states_2'],
    ['outputs', 'prednet_lengths', 'output_states_1', 'output_states_2'],
  );
  const [frames, targets, targetLength, hidden, cell] = inputs;
  const [scores, , nextHidden, nextCell] = outputs;
  checks.classes(scores!, vocabulary, files.tokens);
  return {
    kind: 'fused',
    inputs,
    outputs,
    floatType: checks.floatType([frames!, hidden!, cell!, scores!, nextHidden!, nextCell!]),
    framesPerCall: frames!.shape[2] ?? null,
    takesTimeFirst: false,
    targetType: checks.integerType(targets!),
    targetLengthType: checks.integerType(targetLength!),
    state: checks.shape(hidden!, 3, 1),
  };
}

interface Config {
  readonly model_name?: string;
  readonly chunk_size_output_frames?: number;
  readonly prompt_dictionary?: Record<string, number>;
}

/** `config.json`, which older exports lack. Its `normalize` says what the checkpoint's class does, not what this model wants. */
async function readConfig({ config: path }: ModelFiles): Promise<Config> {
  if (path === null) return {};
  const content = await readFile(path, 'utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw new UserError(`${path} is not valid JSON`);
  }
  const config = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Config;
  if (config.prompt_dictionary !== undefined && !isPromptDictionary(config.prompt_dictionary)) {
    throw new UserError(`${path} has a prompt_dictionary that does not give each language an index`);
  }
  return config;
}

function lookAhead(encoder: EncoderContract, metadata: Metadata, config: Config, path: string): number {
  const cached = metadata.optionalInteger('pre_encode_cache') ?? PRE_ENCODE_FRAMES;
  if (cached !== PRE_ENCODE_FRAMES) {
    throw new UserError(`${path} has pre_encode_cache ${cached}; only ${PRE_ENCODE_FRAMES} is supported`);
  }
  const window = encoder.inputs[0]!.shape[2] ?? null;
  const ofWindow = window === null ? null : lookAheadOfWindow(window);
  if (window !== null && ofWindow === null) {
    throw new UserError(`${path} takes windows of ${window} frames; they have to be 8n + 9`);
  }
  const declared = metadata.optionalInteger('chunk_size_output_frames') ?? config.chunk_size_output_frames ?? null;
  if (declared !== null && ofWindow !== null && declared !== ofWindow + 1) {
    throw new UserError(`${path} takes windows of ${window} frames, but declares chunks of ${declared} encoder frames`);
  }
  return ofWindow ?? (declared ?? DEFAULT_OUTPUT_FRAMES) - 1;
}
