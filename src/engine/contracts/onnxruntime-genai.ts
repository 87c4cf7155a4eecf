import { UserError } from '../../errors.ts';
import { modelFiles, type ModelFiles } from '../model-files.ts';
import { readOnnxHeader, type GraphValue, type OnnxHeader } from '../onnx-header.ts';
import { readVocabularyLines, type Vocabulary } from '../tokens.ts';
import { describe, GraphChecks, hasInput, leftContextWarnings, lookAheadOfWindow, shapeText } from './checks.ts';
import type { Contract, DecoderContract, EncoderContract, JoinerContract } from './contract.ts';
import { promptFacts, TRAINED_PROMPTS } from './prompts.ts';

/**
 * Exports that Olive makes for onnxruntime-genai and Foundry Local: features and frames time-major, int64 tokens, the
 * language as `lang_id`, the pieces line by line in `vocab.txt`. The export has no metadata; all is in the graphs' shapes.
 */
export const onnxruntimeGenai: Contract = {
  name: 'onnxruntime-genai',

  matches: (encoder, present) =>
    hasInput(encoder, 'audio_signal') && (hasInput(encoder, 'lang_id') || present.includes('joint.onnx')),

  async read(folder, precision) {
    const files = await modelFiles(folder, precision, { graphs: ['encoder', 'decoder', 'joint'], tokens: 'vocab.txt' });
    const [encoderHeader, decoderHeader, jointHeader, vocabulary] = await Promise.all([
      readOnnxHeader(files.encoder),
      readOnnxHeader(files.decoder),
      readOnnxHeader(files.joiner!),
      readVocabularyLines(files.tokens),
    ]);
    const { encoder, windowFrames } = encoderContract(encoderHeader, files.encoder);
    const lookAhead = lookAheadOfWindow(windowFrames);
    if (lookAhead === null) {
      throw new UserError(`${files.encoder} takes windows of ${windowFrames} frames; they have to be 8n + 9`);
    }
    const decoder = decoderContract(decoderHeader, files.decoder);
    const joiner = joinerContract(jointHeader, decoder, vocabulary, files);
    const hasPrompt = encoder.promptType !== null;
    return {
      layout: 'onnxruntime-genai',
      files,
      vocabulary,
      encoder,
      precision: encoderHeader.precision,
      head: { kind: 'split', decoder, joiner },
      lookAheads: [lookAhead],
      ...promptFacts(hasPrompt ? TRAINED_PROMPTS : null),
      description: describe(encoder, vocabulary, [null]),
      warnings: leftContextWarnings(encoder.leftContext, hasPrompt),
    };
  },
};

function encoderContract(header: OnnxHeader, path: string): { encoder: EncoderContract; windowFrames: number } {
  const checks = new GraphChecks('onnxruntime-genai', path);
  const hasPrompt = hasInput(header, 'lang_id');
  const { inputs, outputs } = checks.inOrder(
    header,
    [
      ...['audio_signal', 'length', 'cache_last_channel', 'cache_last_time', 'cache_last_channel_len'],
      ...(hasPrompt ? ['lang_id'] : []),
    ],
    ['outputs', 'encoded_lengths', 'cache_last_channel_next', 'cache_last_time_next', 'cache_last_channel_len_next'],
  );
  const [signal, length, channel, time, cacheLength, prompt] = inputs;
  const [frames, , nextChannel, nextTime] = outputs;
  const [, windowFrames, melCount] = checks.shape(signal!, 3, 0);
  const channelCache = checks.shape(channel!, 4, 0);
  const width = channelCache[3]!;
  if (frames!.shape.length !== 3 || (frames!.shape[2] ?? width) !== width) {
    throw checks.misfit(`frames of ${shapeText(frames!.shape)} instead of 1 × time × ${width}`);
  }
  const encoder: EncoderContract = {
    inputs,
    outputs,
    floatType: checks.floatType([signal!, channel!, time!, frames!, nextChannel!, nextTime!]),
    melCount: melCount!,
    width,
    takesTimeFirst: true,
    givesTimeFirst: true,
    lengthType: checks.integerType(length!),
    channelCache,
    timeCache: checks.shape(time!, 4, 0),
    cacheBatchAxis: 0,
    cacheLengthType: checks.integerType(cacheLength!),
    promptType: prompt ? checks.integerType(prompt) : null,
    layerCount: channelCache[1]!,
    leftContext: channelCache[2]!,
  };
  return { encoder, windowFrames: windowFrames! };
}

function decoderContract(header: OnnxHeader, path: string): DecoderContract {
  const checks = new GraphChecks('onnxruntime-genai', path);
  const { inputs, outputs } = checks.inOrder(header, ['targets', 'h_in', 'c_in'], ['decoder_output', 'h_out', 'c_out']);
  const [targets, hidden, cell] = inputs;
  return {
    inputs,
    outputs,
    floatType: checks.floatType([hidden!, cell!, ...outputs]),
    targetType: checks.integerType(targets!),
    targetLengthType: null,
    state: checks.shape(hidden!, 3, 1),
    outputShape: checks.shape(outputs[0]!, 3, 0),
  };
}

function joinerContract(
  header: OnnxHeader,
  decoder: DecoderContract,
  vocabulary: Vocabulary,
  files: ModelFiles,
): JoinerContract {
  const checks = new GraphChecks('onnxruntime-genai', files.joiner!);
  const { inputs, outputs } = checks.inOrder(header, ['encoder_output', 'decoder_output'], ['joint_output']);
  const [frames, prediction] = inputs as [GraphValue, GraphValue];
  checks.classes(outputs[0]!, vocabulary, files.tokens);
  const predictionShape = checks.shape(prediction, 3, 0);
  if (elements(predictionShape) !== elements(decoder.outputShape)) {
    throw checks.misfit(
      `predictions of ${shapeText(predictionShape)}, while the decoder gives ${shapeText(decoder.outputShape)}`,
    );
  }
  return {
    inputs,
    outputs,
    floatType: checks.floatType([frames, prediction, outputs[0]!, decoder.outputs[0]!]),
    framesPerCall: frames.shape[1] ?? null,
    takesTimeFirst: true,
    predictionShape,
  };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
