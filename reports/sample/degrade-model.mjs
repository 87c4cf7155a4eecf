// A model that hears worse than the one it was made of, to show what a gate does with it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies a model and disturbs the weights of its encoder: each float32 initializer is multiplied by 1 ± noise. The file
 * keeps its length and structure, so that the copy runs as the original does and hears worse.
 *
 * @type {typeof import('./degrade-model.mjs').degradeModel}
 */
export function degradeModel(from, to, noise) {
  mkdirSync(to, { recursive: true });
  for (const file of ['decoder.onnx', 'joiner.onnx', 'tokens.txt']) copyFileSync(join(from, file), join(to, file));
  const bytes = readFileSync(join(from, 'encoder.onnx'));
  const random = seededRandom(1);
  for (const weights of float32Initializers(bytes)) {
    for (let at = 0; at + 4 <= weights.length; at += 4) {
      const factor = 1 + noise * (2 * random() - 1);
      weights.writeFloatLE(weights.readFloatLE(at) * factor, at);
    }
  }
  writeFileSync(join(to, 'encoder.onnx'), bytes);
}

/** Numbers from 0 to 1, the same ones everywhere (xorshift; Marsaglia, Journal of Statistical Software 8, 2003). */
function seededRandom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR = { dataType: 2, rawData: 9 };
const FLOAT = 1;

function* float32Initializers(model) {
  for (const graph of fields(model)) {
    if (graph.number !== MODEL_GRAPH) continue;
    for (const initializer of fields(graph.bytes)) {
      if (initializer.number !== GRAPH_INITIALIZER) continue;
      const tensor = [...fields(initializer.bytes)];
      const isFloat = tensor.some(({ number, value }) => number === TENSOR.dataType && value === FLOAT);
      const raw = tensor.find(({ number }) => number === TENSOR.rawData);
      // Small ones are scalars and shapes of the graph's own arithmetic, no weights.
      if (isFloat && raw !== undefined && raw.bytes.length > 1_024) yield raw.bytes;
    }
  }
}

/** The fields of a protobuf message; their bytes are views, so that writing to them changes the message. */
function* fields(message) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag % 8;
    const value = wire === 0 || wire === 2 ? varint() : 0;
    const length = wire === 2 ? value : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    yield { number: Math.floor(tag / 8), value, bytes: message.subarray(at, at + length) };
    at += length;
  }
}
