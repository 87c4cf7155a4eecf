import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { child, HEADER_BYTES, headerAt, MalformedError, parse, text, varints } from './protobuf.ts';

/** Element types that the recognizer's graphs use, by their number in `TensorProto.DataType`. */
const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = { 1: 'float32', 6: 'int32', 7: 'int64', 10: 'float16' };

export type ElementType = 'float32' | 'float16' | 'int32' | 'int64' | 'other';

/** Numbers that weights come as, by their number in `TensorProto.DataType`; quantized ones with and without a sign. */
const WEIGHT_PRECISIONS: Readonly<Record<number, WeightPrecision>> = {
  1: 'fp32',
  2: 'int8',
  3: 'int8',
  10: 'fp16',
  16: 'bf16',
  21: 'int4',
  22: 'int4',
};

export type WeightPrecision = 'fp32' | 'fp16' | 'bf16' | 'int8' | 'int4';

/** An input or output of a graph. A dimension is `null` where the graph leaves it open. */
export interface GraphValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | null)[];
}

/** What an ONNX file says about itself besides its nodes and weights. */
export interface OnnxHeader {
  readonly metadata: ReadonlyMap<string, string>;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** What most of the weights are numbers of, whatever the file is called; `null` for a graph without weights. */
  readonly precision: WeightPrecision | null;
}

interface Field {
  readonly number: number;
  /** `null` where the field is no length-delimited one. */
  readonly start: number | null;
  readonly end: number;
  readonly value: number;
}

// Field numbers of onnx.proto: ModelProto, GraphProto, StringStringEntryProto, ValueInfoProto, TypeProto, TensorShapeProto.
const MODEL = { irVersion: 1, graph: 7, metadata: 14 };
const GRAPH = { initializer: 5, input: 11, output: 12 };
const TENSOR = { dimension: 1, elementType: 2 };
const LARGEST_HEADER_ENTRY_BYTES = 1 << 24;

/**
 * Reads metadata, inputs, outputs and the type of the weights of an ONNX file, without the weights: length-delimited fields are skipped by
 * seeking, so a file of hundreds of megabytes costs a few hundred small reads and no inference runtime is loaded.
 *
 * @throws UserError for a missing file and for one that is no ONNX model or is cut short.
 */
export async function readOnnxHeader(path: string): Promise<OnnxHeader> {
  const file = await open(path).catch((error: unknown) => {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new UserError(`cannot read the model graph ${path}: ${reason}`);
  });
  try {
    const reader = new ProtobufFile(file, (await file.stat()).size);
    return await readModel(reader);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new UserError(`${path} is not a complete ONNX model (${error.message}); fetch or export it again`);
  } finally {
    await file.close();
  }
}

async function readModel(reader: ProtobufFile): Promise<OnnxHeader> {
  const metadata = new Map<string, string>();
  const inputs: GraphValue[] = [];
  const outputs: GraphValue[] = [];
  const weights = new Map<WeightPrecision, number>();
  let sawVersion = false;
  let sawGraph = false;
  for await (const field of reader.fields(0, reader.size)) {
    if (field.number === MODEL.irVersion && field.start === null) sawVersion = true;
    if (field.start === null) continue;
    if (field.number === MODEL.metadata) {
      const entry = parse(await reader.bytes(field));
      metadata.set(text(entry, 1), text(entry, 2));
    } else if (field.number === MODEL.graph) {
      sawGraph = true;
      for await (const member of reader.fields(field.start, field.end)) {
        if (member.number === GRAPH.input) inputs.push(graphValue(await reader.bytes(member)));
        else if (member.number === GRAPH.output) outputs.push(graphValue(await reader.bytes(member)));
        else if (member.number === GRAPH.initializer && member.start !== null) {
          const { precision, elements } = await weight(reader, member.start, member.end);
          if (precision) weights.set(precision, (weights.get(precision) ?? 0) + elements);
        }
      }
    }
  }
  if (!sawVersion || !sawGraph || inputs.length === 0) throw new MalformedError('it holds no graph');
  const [most] = [...weights].sort(([, a], [, b]) => b - a);
  return { metadata, inputs, outputs, precision: most?.[0] ?? null };
}

/** Element type and number of elements of an initializer, whose data is skipped. */
async function weight(
  reader: ProtobufFile,
  start: number,
  end: number,
): Promise<{ precision: WeightPrecision | null; elements: number }> {
  let elements = 1;
  let precision: WeightPrecision | null = null;
  for await (const field of reader.fields(start, end)) {
    if (field.number === TENSOR.elementType) precision = WEIGHT_PRECISIONS[field.value] ?? null;
    if (field.number !== TENSOR.dimension) continue;
    // Dimensions come one by one or packed into one field.
    const sizes = field.start === null ? [field.value] : varints(await reader.bytes(field));
    for (const size of sizes) elements *= size;
  }
  return { precision, elements };
}

function graphValue(bytes: Uint8Array): GraphValue {
  const value = parse(bytes);
  const tensor = parse(child(parse(child(value, 2)), 1));
  const dimensions = parse(child(tensor, 2)).filter((field) => field.number === 1);
  const shape = dimensions.map(
    (dimension) => parse(dimension.bytes).find((field) => field.number === 1)?.value ?? null,
  );
  const elementType = tensor.find((field) => field.number === 1)?.value ?? 0;
  return { name: text(value, 1), type: ELEMENT_TYPES[elementType] ?? 'other', shape };
}

/** Walks the fields of messages in a file through one small buffer. */
class ProtobufFile {
  readonly size: number;
  readonly #file: FileHandle;
  readonly #buffer = new Uint8Array(1 << 14);
  #from = 0;
  #length = 0;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  async *fields(start: number, end: number): AsyncGenerator<Field> {
    let at = start;
    while (at < end) {
      const header = headerAt(await this.#peek(at, Math.min(HEADER_BYTES, end - at)), 0);
      const contentStart = at + header.headerBytes;
      const contentEnd = contentStart + header.contentBytes;
      if (contentEnd > end) throw new MalformedError('it is cut short');
      yield {
        number: header.number,
        start: header.delimited ? contentStart : null,
        end: contentEnd,
        value: header.value,
      };
      at = contentEnd;
    }
  }

  async bytes(field: Field): Promise<Uint8Array> {
    const start = field.start ?? field.end;
    const length = field.end - start;
    if (length > LARGEST_HEADER_ENTRY_BYTES) throw new MalformedError('a description is too long');
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    if (bytesRead < length) throw new MalformedError('it is cut short');
    return bytes;
  }

  async #peek(at: number, length: number): Promise<Uint8Array> {
    if (at < this.#from || at + length > this.#from + this.#length) {
      this.#from = at;
      this.#length = (await this.#file.read(this.#buffer, 0, this.#buffer.length, at)).bytesRead;
      if (this.#length < length) throw new MalformedError('it is cut short');
    }
    return this.#buffer.subarray(at - this.#from, at - this.#from + length);
  }
}
