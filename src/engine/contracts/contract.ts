import type { ModelFiles, Precision } from '../model-files.ts';
import type { GraphValue, OnnxHeader, WeightPrecision } from '../onnx-header.ts';
import type { Vocabulary } from '../tokens.ts';

/** The conventions that a public export can follow, each named for the program that it was made for. */
export type ContractName = 'sherpa-onnx' | 'parakeet-rs' | 'onnxruntime-genai';

/** One way to export a streaming transducer: how to know it and how to read it. */
export interface Contract {
  readonly name: ContractName;
  /** Whether an encoder, in a folder with these files, is of this contract. At most one contract says yes. */
  matches(encoder: OnnxHeader, present: readonly string[]): boolean;
  /**
   * Reads headers, metadata and vocabulary; loads no inference runtime.
   *
   * @throws UserError for missing or damaged files and for graphs that do not fit the contract.
   */
  read(folder: string, precision: Precision): Promise<ModelContract>;
}

/** The integer types that exports use for lengths, tokens and prompts. */
export type IntegerType = 'int32' | 'int64';

/** The types that exports use for features, caches, states and scores. */
export type FloatType = 'float32' | 'float16';

/** A model with everything that calling its graphs takes. Dimensions are for one stream. */
export interface ModelContract {
  readonly layout: ContractName;
  readonly files: ModelFiles;
  readonly vocabulary: Vocabulary;
  readonly encoder: EncoderContract;
  /** Of the encoder's weights. */
  readonly precision: WeightPrecision | null;
  readonly head: SplitHead | FusedHead;
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

/** The inputs and outputs of a graph in the order in which the engine passes them. */
export interface GraphContract {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

/**
 * Inputs: features, their length, channel cache, time cache, cache length and, in a model that takes one, the prompt.
 * Outputs: frames, their length, channel cache, time cache, cache length.
 */
export interface EncoderContract extends GraphContract {
  readonly floatType: FloatType;
  readonly melCount: number;
  readonly width: number;
  /** Features are 1 × time × mel bands instead of 1 × mel bands × time. */
  readonly takesTimeFirst: boolean;
  /** Frames are 1 × time × width instead of 1 × width × time. */
  readonly givesTimeFirst: boolean;
  readonly lengthType: IntegerType;
  readonly channelCache: readonly number[];
  readonly timeCache: readonly number[];
  /** Of both caches; everything else has streams along its first axis. */
  readonly cacheBatchAxis: 0 | 1;
  readonly cacheLengthType: IntegerType;
  readonly promptType: IntegerType | null;
  readonly layerCount: number;
  /** Encoder frames that attention looks back. */
  readonly leftContext: number;
}

/** Place of the features' length among an encoder's inputs. */
export const LENGTH = 1;

/** Places of the caches among an encoder's inputs and among its outputs. */
export const CHANNEL_CACHE = 2;
export const TIME_CACHE = 3;

/** Place of the caches' length among an encoder's inputs and among its outputs. */
export const CACHE_LENGTH = 4;

/** A predictor and a joiner in graphs of their own. */
export interface SplitHead {
  readonly kind: 'split';
  readonly decoder: DecoderContract;
  readonly joiner: JoinerContract;
}

/**
 * Predictor and joiner in one graph, so that every look at a frame runs the predictor too. Inputs: frames, last token, its
 * length, both states. Outputs: scores, length, both states.
 */
export interface FusedHead extends PredictorContract, JointFrames, GraphContract {
  readonly kind: 'fused';
}

export interface PredictorContract {
  readonly floatType: FloatType;
  readonly targetType: IntegerType;
  /** `null` where the graph takes no length beside the token. */
  readonly targetLengthType: IntegerType | null;
  /** Layers × 1 × hidden size; of both LSTM states. */
  readonly state: readonly number[];
}

/** Inputs: last token, its length where the graph takes one, both states. Outputs: prediction, length likewise, states. */
export interface DecoderContract extends PredictorContract, GraphContract {
  readonly outputShape: readonly number[];
}

/** How encoder frames go into a joiner, and its scores (1 × frames × 1 × classes) come out. */
export interface JointFrames {
  readonly floatType: FloatType;
  /** Encoder frames that one call can take; `null` for any number. */
  readonly framesPerCall: number | null;
  /** Frames are 1 × time × width instead of 1 × width × time. */
  readonly takesTimeFirst: boolean;
}

/** Inputs: frames, prediction. Output: scores. */
export interface JoinerContract extends JointFrames, GraphContract {
  /** Of the prediction, which need not be the shape that the decoder gives it. */
  readonly predictionShape: readonly number[];
}
