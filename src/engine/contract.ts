import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { chunkGeometry, LOOK_AHEADS, SUBSAMPLING } from './geometry.ts';
import { modelFiles, type ModelFiles, type Precision } from './model-files.ts';
import { readOnnxHeader, type ElementType, type GraphValue, type OnnxHeader } from './onnx-header.ts';
import { readVocabulary, type Vocabulary } from './tokens.ts';

/** The integer types that exports use for lengths, tokens and prompts. */
export type IntegerType = 'int32' | 'int64';

/** An encoder, decoder and joiner with everything that calling them takes. Dimensions are for one stream. */
export interface ModelContract {
  /** Whose conventions the graphs follow. */
  readonly layout: 'sherpa-onnx';
  readonly files: ModelFiles;
  readonly vocabulary: Vocabulary;
  readonly encoder: EncoderContract;
  readonly decoder: DecoderContract;
  readonly joiner: JoinerContract;
  /** Look-aheads that the export can do, in encoder frames, longest first. */
  readonly lookAheads: readonly number[];
  /** Index of each language's prompt in lower case; `null` for a model that takes none. */
  readonly prompts: ReadonlyMap<string, number> | null;
  /** Languages as the export spells them, `auto` left out; `null` for a model that takes none. */
  readonly languages: readonly string[] | null;
  readonly supportsAuto: boolean;
  /** What the model is, in a few words. */
  readonly description: string;
  /** Remarks on an export that works but not as its model was trained. */
  readonly warnings: readonly string[];
}

export interface EncoderContract {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly melCount: number;
  readonly width: number;
  readonly lengthType: IntegerType;
  /** 1 × layers × left context × width. */
  readonly channelCache: readonly number[];
  /** 1 × layers × width × convolution history. */
  readonly timeCache: readonly number[];
  readonly cacheLengthType: IntegerType;
  readonly promptType: IntegerType | null;
}

export interface DecoderContract {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly targetType: IntegerType;
  readonly targetLengthType: IntegerType;
  /** Layers × 1 × hidden size; of both LSTM states. */
  readonly state: readonly number[];
  readonly width: number;
}

export interface JoinerContract {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Encoder frames that one call can take; `null` for any number. */
  readonly framesPerCall: number | null;
}

/**
 * Reads what a model folder holds, in the layout that sherpa-onnx uses for NVIDIA's streaming FastConformer transducers:
 * three graphs, `tokens.txt`, metadata in the encoder. States are bound by position because exporters name them anew
 * each time; types and dimensions come from the graphs. Loads no inference runtime.
 *
 * @throws UserError for missing or damaged files and for graphs of another layout.
 */
export async function readContract(folder: string, precision: Precision): Promise<ModelContract> {
  const files = await modelFiles(folder, precision);
  const [encoderHeader, decoderHeader, joinerHeader, vocabulary] = await Promise.all([
    readOnnxHeader(files.encoder),
    readOnnxHeader(files.decoder),
    readOnnxHeader(files.joiner),
    readVocabulary(files.tokens),
  ]);
  const metadata = new Metadata(encoderHeader.metadata, files.encoder);
  const encoder = encoderContract(encoderHeader, metadata, files.encoder);
  const decoder = decoderContract(decoderHeader, metadata, files.decoder);
  const joiner = joinerContract(joinerHeader, vocabulary, files);
  const prompts = encoder.promptType === null ? null : metadata.prompts();
  const leftContext = encoder.channelCache[2]!;
  return {
    layout: 'sherpa-onnx',
    files,
    vocabulary,
    encoder,
    decoder,
    joiner,
    lookAheads: lookAheads(metadata, leftContext, await declaresAnyWindow(folder, metadata)),
    prompts: prompts && new Map(Object.entries(prompts).map(([name, index]) => [name.toLowerCase(), index])),
    languages: prompts && Object.keys(prompts).filter((name) => name !== 'auto'),
    supportsAuto: prompts !== null && 'auto' in prompts,
    description: describe(metadata, encoder, vocabulary),
    warnings: leftContextWarnings(leftContext, prompts !== null),
  };
}

/** Typed access to the encoder's `metadata_props`. */
class Metadata {
  readonly #entries: ReadonlyMap<string, string>;
  readonly #path: string;

  constructor(entries: ReadonlyMap<string, string>, path: string) {
    this.#entries = entries;
    this.#path = path;
  }

  text(key: string): string | null {
    return this.#entries.get(key) ?? null;
  }

  integer(key: string): number {
    const value = this.text(key);
    if (value === null)
      throw new UserError(`${this.#path} lacks the metadata entry ${key}, which sherpa-onnx exports carry`);
    if (!/^\d+$/.test(value))
      throw new UserError(`${this.#path} has ${key} = ${JSON.stringify(value)}; it has to be a number`);
    return Number(value);
  }

  /** Index by language as the export spells it, with `auto` where the model can find the language. */
  prompts(): Record<string, number> {
    const text = this.text('prompt_dictionary') ?? '';
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && Object.values(parsed).every(Number.isInteger)) {
        const auto = this.text('auto_prompt_id');
        return { ...(parsed as Record<string, number>), ...(auto === null ? {} : { auto: Number(auto) }) };
      }
    } catch {
      // A dictionary that is no JSON is reported below, like one of the wrong shape.
    }
    throw new UserError(`${this.#path} takes a language prompt, but its prompt_dictionary is ${JSON.stringify(text)}`);
  }
}

function encoderContract(header: OnnxHeader, metadata: Metadata, path: string): EncoderContract {
  const [signal, length, channel, time, cacheLength, prompt] = header.inputs;
  const isKnown = signal?.name === 'audio_signal' && signal.shape.length === 3 && cacheLength !== undefined;
  const melCount = signal?.shape[1] ?? null;
  if (!isKnown || !length || !channel || !time || header.outputs.length !== 5 || melCount === null) {
    throw otherLayout(path, `inputs ${names(header.inputs)}`);
  }
  if (signal.type !== 'float32')
    throw new UserError(`${path} takes ${signal.type} audio features; only float32 is supported`);
  if (prompt !== undefined && prompt.name !== 'prompt_index') throw otherLayout(path, `an input ${prompt.name}`);
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
  const channelCache = cacheShape(channel, metadata, 'cache_last_channel', path);
  const timeCache = cacheShape(time, metadata, 'cache_last_time', path);
  return {
    inputs: header.inputs,
    outputs: header.outputs,
    melCount,
    width: channelCache[3]!,
    lengthType: integerType(length, path),
    channelCache,
    timeCache,
    cacheLengthType: integerType(cacheLength, path),
    promptType: prompt ? integerType(prompt, path) : null,
  };
}

/** Batch, then the three dimensions of the metadata, which the graph must not contradict. */
function cacheShape(value: GraphValue, metadata: Metadata, key: string, path: string): number[] {
  const shape = [1, ...[1, 2, 3].map((dimension) => metadata.integer(`${key}_dim${dimension}`))];
  const fits = value.shape.length === 4 && shape.every((size, i) => (value.shape[i] ?? size) === size);
  if (!fits)
    throw otherLayout(
      path,
      `a cache ${value.name} of ${shapeText(value.shape)}, while its metadata say ${shape.join(' × ')}`,
    );
  return shape;
}

function decoderContract(header: OnnxHeader, metadata: Metadata, path: string): DecoderContract {
  const [targets, targetLength, hidden] = header.inputs;
  if (
    !targets ||
    !targetLength ||
    hidden?.shape.length !== 3 ||
    header.inputs.length !== 4 ||
    header.outputs.length !== 4
  ) {
    throw otherLayout(path, `inputs ${names(header.inputs)}`);
  }
  const state = [metadata.integer('pred_rnn_layers'), 1, metadata.integer('pred_hidden')];
  if (!state.every((size, i) => (hidden.shape[i] ?? size) === size)) {
    throw otherLayout(path, `a state of ${shapeText(hidden.shape)}, while the metadata say ${state.join(' × ')}`);
  }
  return {
    inputs: header.inputs,
    outputs: header.outputs,
    targetType: integerType(targets, path),
    targetLengthType: integerType(targetLength, path),
    state,
    width: header.outputs[0]!.shape[1] ?? state[2]!,
  };
}

function joinerContract(header: OnnxHeader, vocabulary: Vocabulary, files: ModelFiles): JoinerContract {
  const [frames] = header.inputs;
  const [logits] = header.outputs;
  if (frames?.shape.length !== 3 || header.inputs.length !== 2 || logits?.shape.length !== 4) {
    throw otherLayout(files.joiner, `inputs ${names(header.inputs)}`);
  }
  const classes = logits.shape[3];
  if (classes != null && classes !== vocabulary.pieces.length) {
    throw new UserError(
      `${files.tokens} has ${vocabulary.pieces.length} pieces, but ${files.joiner} tells ${classes} apart; they belong to different models`,
    );
  }
  return { inputs: header.inputs, outputs: header.outputs, framesPerCall: frames.shape[2] ?? null };
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
  const shift = metadata.integer('chunk_shift');
  const declared = shift / SUBSAMPLING - 1;
  if (
    !Number.isInteger(declared) ||
    declared < 0 ||
    chunkGeometry(declared).windowFrames !== metadata.integer('window_size')
  ) {
    const window = metadata.integer('window_size');
    throw new UserError(
      `the model declares windows of ${window} frames every ${shift}; they have to be 8n + 9 every 8n`,
    );
  }
  if (!anyWindow) return [declared];
  // Chunked attention looks back whole chunks, so the left context has to be a multiple of a chunk.
  const possible = Object.values(LOOK_AHEADS).filter((lookAhead) => leftContext % (lookAhead + 1) === 0);
  return [...new Set([...possible, declared])].sort((a, b) => b - a);
}

function leftContextWarnings(leftContext: number, hasPrompt: boolean): string[] {
  const trained = hasPrompt ? 56 : 70;
  if (leftContext === trained) return [];
  const model = hasPrompt ? 'multilingual' : 'English';
  return [`left context ${leftContext} instead of the ${trained} that the ${model} Nemotron models were trained with`];
}

function describe(metadata: Metadata, encoder: EncoderContract, vocabulary: Vocabulary): string {
  const size = `${encoder.channelCache[1]} layers of ${encoder.width}, ${vocabulary.pieces.length - 1} pieces`;
  const parts = [metadata.text('model_type') ?? 'streaming transducer', size, metadata.text('comment')];
  return parts.filter((part) => part !== null && part !== '').join('; ');
}

function integerType(value: GraphValue, path: string): IntegerType {
  const supported: readonly ElementType[] = ['int32', 'int64'];
  if (!supported.includes(value.type)) throw otherLayout(path, `${value.name} of type ${value.type}`);
  return value.type as IntegerType;
}

function otherLayout(path: string, found: string): UserError {
  return new UserError(`${path} is not in the layout of sherpa-onnx's streaming NeMo transducers: it has ${found}`);
}

function names(values: readonly GraphValue[]): string {
  return values.map((value) => value.name).join(', ');
}

function shapeText(shape: readonly (number | null)[]): string {
  return shape.map((size) => size ?? '?').join(' × ');
}
