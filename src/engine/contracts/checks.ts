/** What the contracts have in common: reading graphs strictly, and remarks on what they read. */
import { UserError } from '../../errors.ts';
import { PRE_ENCODE_FRAMES, SUBSAMPLING } from '../geometry.ts';
import type { GraphValue, OnnxHeader } from '../onnx-header.ts';
import type { Vocabulary } from '../tokens.ts';
import type { ContractName, EncoderContract, FloatType, GraphContract, IntegerType } from './contract.ts';

/** Refuses graphs that do not fit a contract, by what they have instead. */
export class GraphChecks {
  readonly #contract: ContractName;
  readonly #path: string;

  constructor(contract: ContractName, path: string) {
    this.#contract = contract;
    this.#path = path;
  }

  misfit(found: string): UserError {
    return new UserError(
      `${this.#path} is not in the layout of ${this.#contract}'s streaming transducers: it has ${found}`,
    );
  }

  /**
   * The graph's inputs and outputs by name in the order given, in whatever order the file has them.
   *
   * @throws UserError unless the graph has these and no others.
   */
  inOrder(header: OnnxHeader, inputs: readonly string[], outputs: readonly string[]): GraphContract {
    const pick = (values: readonly GraphValue[], wanted: readonly string[], kind: string): GraphValue[] => {
      const found = wanted.map((name) => values.find((value) => value.name === name));
      if (found.includes(undefined) || values.length !== wanted.length) throw this.misfit(`${kind} ${names(values)}`);
      return found as GraphValue[];
    };
    return { inputs: pick(header.inputs, inputs, 'inputs'), outputs: pick(header.outputs, outputs, 'outputs') };
  }

  integerType(value: GraphValue): IntegerType {
    if (value.type === 'int32' || value.type === 'int64') return value.type;
    throw this.misfit(`${value.name} of type ${value.type}`);
  }

  /** The type that all of these values share. */
  floatType(values: readonly GraphValue[]): FloatType {
    const [{ type } = { type: 'other' }] = values;
    const other = values.find((value) => value.type !== type);
    if (other) throw this.misfit(`${other.name} of type ${other.type} beside ${values[0]!.name} of type ${type}`);
    if (type === 'float32' || type === 'float16') return type;
    throw this.misfit(`${values[0]!.name} of type ${type}`);
  }

  /** The dimensions of a value for one stream: an open dimension is the batch at `batchAxis` or an error. */
  shape(value: GraphValue, rank: number, batchAxis: number): number[] {
    const shape = value.shape.map((size, axis) => (axis === batchAxis ? (size ?? 1) : size));
    if (shape.length !== rank || shape[batchAxis] !== 1 || shape.includes(null))
      throw this.misfit(`${value.name} of ${shapeText(value.shape)}`);
    return shape as number[];
  }

  /** @throws UserError where a joiner tells another number of classes apart than the vocabulary has. */
  classes(scores: GraphValue, vocabulary: Vocabulary, tokens: string): void {
    const classes = scores.shape[3];
    if (scores.shape.length !== 4) throw this.misfit(`${scores.name} of ${shapeText(scores.shape)}`);
    if (classes != null && classes !== vocabulary.pieces.length) {
      throw new UserError(
        `${tokens} has ${vocabulary.pieces.length} pieces, but ${this.#path} tells ${classes} apart; they belong to different models`,
      );
    }
  }
}

export function hasInput(header: OnnxHeader, name: string): boolean {
  return header.inputs.some((input) => input.name === name);
}

/** The look-ahead, in encoder frames, of windows of 9 + 8·(R+1) feature frames; `null` for windows of another size. */
export function lookAheadOfWindow(windowFrames: number): number | null {
  const chunks = (windowFrames - PRE_ENCODE_FRAMES) / SUBSAMPLING;
  return Number.isInteger(chunks) && chunks >= 1 ? chunks - 1 : null;
}

/** A remark on an export with another left context than its model was trained with. */
export function leftContextWarnings(leftContext: number, hasPrompt: boolean): string[] {
  const trained = hasPrompt ? 56 : 70;
  if (leftContext === trained) return [];
  const model = hasPrompt ? 'multilingual' : 'English';
  return [`left context ${leftContext} instead of the ${trained} that the ${model} Nemotron models were trained with`];
}

/** What a model is, in a few words. */
export function describe(encoder: EncoderContract, vocabulary: Vocabulary, parts: readonly (string | null)[]): string {
  const [kind, ...remarks] = parts;
  const size = `${encoder.layerCount} layers of ${encoder.width}, ${vocabulary.pieces.length - 1} pieces`;
  const all = [kind ?? 'streaming transducer', size, ...remarks];
  return all.filter((part) => part !== null && part !== '').join('; ');
}

export function names(values: readonly GraphValue[]): string {
  return values.map((value) => value.name).join(', ');
}

export function shapeText(shape: readonly (number | null)[]): string {
  return shape.map((size) => size ?? '?').join(' × ');
}
