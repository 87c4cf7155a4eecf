import { invariant } from '../errors.ts';
import { Logarithms } from './logarithms.ts';
import { melFilters, weigh, type MelFilters } from './mel-filters.ts';
import { FFT_SIZE, PowerSpectrum } from './power-spectrum.ts';

/** Hz; the only rate that the models hear. */
export const SAMPLE_RATE = 16_000;

/** Samples from one feature frame to the next: 10 ms. */
export const HOP_SAMPLES = 160;

const WINDOW_SAMPLES = 400;
const HALF_WINDOW = WINDOW_SAMPLES / 2;
const PRE_EMPHASIS = 0.97;
const LOG_GUARD = 2 ** -24;
/** The epsilon of float32, below which sherpa-onnx's powers do not fall. */
const POWER_FLOOR = 2 ** -23;

/**
 * Whose conventions the features and the first window follow.
 *
 * - `nemo`: the training's. Nine frames of the value 0.0 stand before the first chunk (`pad_and_drop_preencoded`).
 * - `sherpa-onnx`: those of the other engine, to compare with it word by word: a periodic window, ln(max(x, 2⁻²³)), and a
 *   first window of real frames, so that the first 0.16 s is context only. Its frames also lie 5 ms later in the audio:
 *   give it 80 zeros more at the start.
 */
export type Conventions = 'nemo' | 'sherpa-onnx';

/** Of Hann, symmetric as the training's or periodic as sherpa-onnx's. */
const WINDOWS: Readonly<Record<Conventions, Float64Array>> = {
  nemo: hann(WINDOW_SAMPLES - 1),
  'sherpa-onnx': hann(WINDOW_SAMPLES),
};

function hann(period: number): Float64Array {
  return Float64Array.from({ length: WINDOW_SAMPLES }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / period));
}

/** Samples that must have arrived before feature frame `frame` can be computed. */
export function samplesForFrame(frame: number): number {
  return frame * HOP_SAMPLES + HALF_WINDOW;
}

/**
 * Log-mel features as NeMo computes them for its streaming models, from pushed samples to pulled frames.
 *
 * Pre-emphasis 0.97 over the whole signal, symmetric Hann window of 400 samples centered at 160·t in a transform of 512,
 * zeros beyond both ends, power, Slaney mels, ln(x + 2⁻²⁴); no normalization and no dither. A signal of N samples has
 * ⌊N / 160⌋ frames. Samples may arrive in pieces of any size; the frames are the same, bit for bit.
 * (`AudioToMelSpectrogramPreprocessor` in NVIDIA NeMo, parts/preprocessing/features.py.)
 */
export class LogMelFeatures {
  readonly #filters: MelFilters;
  readonly #spectrum = new PowerSpectrum();
  readonly #logarithms: Logarithms;
  readonly #window: Float64Array;
  /** Pre-emphasized samples that a frame still needs, in float32 as in the reference. */
  #samples = new Float32Array(SAMPLE_RATE);
  /** Position in the signal of the first kept sample. */
  #origin = 0;
  #kept = 0;
  #lastSample = 0;
  #finished = false;
  #framesPulled = 0;

  readonly #isNemo: boolean;

  /** @param melCount mel bands, as the model wants them. */
  constructor(melCount: number, conventions: Conventions = 'nemo') {
    this.#filters = melFilters(melCount, SAMPLE_RATE);
    this.#logarithms = new Logarithms(melCount);
    this.#isNemo = conventions === 'nemo';
    this.#window = WINDOWS[conventions];
  }

  /** Samples heard so far. */
  get sampleCount(): number {
    return this.#origin + this.#kept;
  }

  /** Frames that {@link pull} can give now. */
  get framesReady(): number {
    const complete = Math.floor((this.sampleCount - HALF_WINDOW) / HOP_SAMPLES) + 1;
    const total = this.#finished ? Math.floor(this.sampleCount / HOP_SAMPLES) : Math.max(0, complete);
    return total - this.#framesPulled;
  }

  /** Takes the next samples, mono at 16 kHz in [-1, 1]. */
  push(samples: Float32Array): void {
    invariant(!this.#finished, 'samples were pushed after the end of the signal');
    this.#makeRoom(samples.length);
    let last = this.#lastSample;
    for (let i = 0, to = this.#kept; i < samples.length; i++, to++) {
      const sample = samples[i]!;
      this.#samples[to] = sample - PRE_EMPHASIS * last;
      last = sample;
    }
    this.#lastSample = last;
    this.#kept += samples.length;
  }

  /** Declares the end of the signal; the last frames see zeros beyond it. */
  finish(): void {
    this.#finished = true;
  }

  /** Writes the next frame to `into[offset + band * stride]` for each mel band. */
  pull(into: Float32Array, offset: number, stride: number): void {
    invariant(this.framesReady > 0, 'a frame was pulled before it was ready');
    const { frame, power } = this.#spectrum;
    const start = this.#framesPulled * HOP_SAMPLES - HALF_WINDOW - this.#origin;
    const samples = this.#samples;
    const window = this.#window;
    const margin = (FFT_SIZE - WINDOW_SAMPLES) / 2;
    const from = Math.max(0, -start);
    const to = Math.min(WINDOW_SAMPLES, this.#kept - start);
    // Beyond the window the frame is zero anyway.
    if (to - from < WINDOW_SAMPLES) frame.fill(0);
    for (let i = from; i < to; i++) frame[margin + i] = samples[start + i]! * window[i]!;
    this.#spectrum.compute();
    const { values } = this.#logarithms;
    weigh(this.#filters, power, values, this.#isNemo ? LOG_GUARD : 0);
    if (!this.#isNemo)
      for (let band = 0; band < values.length; band++) values[band] = Math.max(values[band]!, POWER_FLOOR);
    this.#logarithms.compute();
    for (let band = 0, at = offset; band < values.length; band++, at += stride) into[at] = values[band]!;
    this.#framesPulled++;
  }

  /** Drops what no later frame needs and grows the buffer if the new samples still do not fit. */
  #makeRoom(count: number): void {
    if (this.#kept + count <= this.#samples.length) return;
    const firstNeeded = Math.max(0, this.#framesPulled * HOP_SAMPLES - HALF_WINDOW);
    const drop = Math.min(this.#kept, Math.max(0, firstNeeded - this.#origin));
    const left = this.#kept - drop;
    const capacity = left + count > this.#samples.length ? Math.max(2 * this.#samples.length, left + count) : 0;
    const target = capacity > this.#samples.length ? new Float32Array(capacity) : this.#samples;
    target.set(this.#samples.subarray(drop, this.#kept));
    this.#samples = target;
    this.#origin += drop;
    this.#kept = left;
  }
}
