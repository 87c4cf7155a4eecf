// Decode features in streaming windows with onnxruntime-node: the part of evaluate.py that needs a runtime.
//
//   node decode.mjs JOB.json
//
// The job names the three graphs, a file of float32 features, the utterances in it ({offset, frames, prompt},
// mel-major), the look-ahead and the batch size. Prints one JSON array of token arrays.

import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const MELS = 128;
const PRE_CACHE = 9;
const MAX_SYMBOLS_PER_FRAME = 10;

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const raw = readFileSync(job.features);
const features = new Float32Array(raw.buffer, raw.byteOffset, raw.byteLength / 4);
const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
const [encoder, decoder, joiner] = await Promise.all(
  job.graphs.map((path) => ort.InferenceSession.create(path, options)),
);
const { layers, left, width, convolution, predictor, blank } = job.dimensions;

const floats = (dims) => new ort.Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b)), dims);
const longs = (values) => new ort.Tensor('int64', BigInt64Array.from(values.map(BigInt)), [values.length]);

// One utterance's transducer state: the decoder runs once per emitted token, and its output outlives a window.
async function predict(state, token) {
  const [targets, targetLength, hidden, cell] = decoder.inputNames;
  const [output, , nextHidden, nextCell] = decoder.outputNames;
  const result = await decoder.run({
    [targets]: new ort.Tensor('int32', Int32Array.of(token), [1, 1]),
    [targetLength]: new ort.Tensor('int32', Int32Array.of(1), [1]),
    [hidden]: state.hidden,
    [cell]: state.cell,
  });
  return { ...state, output: result[output], hidden: result[nextHidden], cell: result[nextCell] };
}

function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

async function decodeFrame(state, frame) {
  const encoded = new ort.Tensor('float32', frame, [1, frame.length, 1]);
  for (let symbols = 0; symbols < MAX_SYMBOLS_PER_FRAME; symbols++) {
    const scores = await joiner.run({ encoder_outputs: encoded, decoder_outputs: state.output });
    const token = argmax(scores.outputs.data);
    if (token === blank) break;
    state.tokens.push(token);
    state = await predict(state, token);
  }
  return state;
}

// Mel frames [start - 9, start + shift) of each utterance, 0 where there are none.
function windowOf(batch, start, shift) {
  const size = PRE_CACHE + shift;
  const data = new Float32Array(batch.length * MELS * size);
  batch.forEach(({ offset, frames }, b) => {
    const first = Math.max(0, start - PRE_CACHE);
    const last = Math.min(frames, start + shift);
    if (first >= last) return;
    for (let mel = 0; mel < MELS; mel++) {
      const row = offset + mel * frames;
      data.set(features.subarray(row + first, row + last), (b * MELS + mel) * size + first - start + PRE_CACHE);
    }
  });
  return new ort.Tensor('float32', data, [batch.length, MELS, size]);
}

async function decodeBatch(batch) {
  const shift = 8 * (job.lookAhead + 1);
  const size = batch.length;
  const state = { tokens: [], hidden: floats([1, 1, predictor]), cell: floats([1, 1, predictor]) };
  const states = await Promise.all(batch.map(() => predict({ ...state, tokens: [] }, blank)));
  let channel = floats([size, layers, left, width]);
  let time = floats([size, layers, width, convolution]);
  let filled = longs(batch.map(() => 0));
  const longest = Math.max(...batch.map(({ frames }) => frames));
  for (let start = 0; start < longest; start += shift) {
    const lengths = batch.map(({ frames }) => PRE_CACHE + Math.min(shift, Math.max(0, frames - start)));
    const result = await encoder.run({
      audio_signal: windowOf(batch, start, shift),
      length: longs(lengths),
      cache_last_channel: channel,
      cache_last_time: time,
      cache_last_channel_len: filled,
      prompt_index: longs(batch.map(({ prompt }) => prompt)),
    });
    channel = result.cache_last_channel_next;
    time = result.cache_last_time_next;
    filled = result.cache_last_channel_next_len;
    const frames = result.outputs.dims[2];
    for (let b = 0; b < size; b++) {
      for (let t = 0; t < Number(result.encoded_lengths.data[b]); t++) {
        const frame = Float32Array.from({ length: width }, (_, d) => result.outputs.data[(b * width + d) * frames + t]);
        states[b] = await decodeFrame(states[b], frame);
      }
    }
  }
  return states.map(({ tokens }) => tokens);
}

const results = [];
for (let first = 0; first < job.utterances.length; first += job.batchSize) {
  results.push(...(await decodeBatch(job.utterances.slice(first, first + job.batchSize))));
}
console.log(JSON.stringify(results));
