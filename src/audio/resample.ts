/** Loss of anything that would fold over, dB; what float32 samples can hold themselves is about 150. */
const STOPBAND_DB = 130;

/** Part of the band below the lower Nyquist frequency that passes untouched; as in SoX's high quality. */
const PASSBAND = 0.913;

/** A low-pass filter in polyphase form for one ratio of rates. */
interface Kernel {
  /** Output samples per `downFactor` input samples. */
  readonly upFactor: number;
  readonly downFactor: number;
  /** Input samples on each side of an output's position. */
  readonly reach: number;
  /** `upFactor` rows of 2 × reach + 1 weights, one for each fraction that an output can fall on. */
  readonly weights: Float64Array;
}

const kernels = new Map<string, Kernel>();

/**
 * Changes the sample rate by a Kaiser-windowed sinc: flat to 91 % of the lower Nyquist frequency, 130 dB down from that
 * frequency on, so nothing folds over. Zeros lie beyond both ends; the delay is zero.
 *
 * @returns ⌈length × to / from⌉ samples; the input itself when the rates are equal.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  const resampler = new Resampler(from, to);
  const [most, rest] = [resampler.push(samples), resampler.finish()];
  if (rest.length === 0) return most;
  const whole = new Float32Array(most.length + rest.length);
  whole.set(most);
  whole.set(rest, most.length);
  return whole;
}

/** The same for samples that come in pieces: the output is equal bit for bit, whatever their sizes. */
export class Resampler {
  /** `null` when the rates are equal. */
  readonly #kernel: Kernel | null;
  /** What later outputs still need of the input, and the position of its first sample. */
  #kept: Float32Array = new Float32Array(0);
  #origin = 0;
  #received = 0;
  #produced = 0;

  constructor(from: number, to: number) {
    this.#kernel = from === to ? null : kernelFor(from, to);
  }

  /** Takes the next samples and gives the output that no later sample can change. */
  push(samples: Float32Array): Float32Array {
    if (this.#kernel === null) return samples;
    const { upFactor, downFactor, reach } = this.#kernel;
    this.#keep(samples, Math.floor((this.#produced * downFactor) / upFactor) - reach);
    const complete = Math.ceil(((this.#received - reach) * upFactor) / downFactor);
    return this.#produce(this.#kernel, Math.max(this.#produced, complete));
  }

  /** Gives what is left at the end of the signal. */
  finish(): Float32Array {
    if (this.#kernel === null) return new Float32Array(0);
    const { upFactor, downFactor } = this.#kernel;
    return this.#produce(this.#kernel, Math.ceil((this.#received * upFactor) / downFactor));
  }

  #keep(samples: Float32Array, firstNeeded: number): void {
    const drop = Math.min(this.#kept.length, Math.max(0, firstNeeded - this.#origin));
    const left = this.#kept.subarray(drop);
    this.#origin += drop;
    this.#received += samples.length;
    if (left.length === 0) {
      this.#kept = samples;
      return;
    }
    this.#kept = new Float32Array(left.length + samples.length);
    this.#kept.set(left);
    this.#kept.set(samples, left.length);
  }

  #produce({ upFactor, downFactor, reach, weights }: Kernel, end: number): Float32Array {
    const taps = 2 * reach + 1;
    const output = new Float32Array(end - this.#produced);
    const samples = this.#kept;
    for (let at = 0; at < output.length; at++) {
      const position = (this.#produced + at) * downFactor;
      const row = (position % upFactor) * taps;
      const first = Math.floor(position / upFactor) - reach - this.#origin;
      const stop = Math.min(taps, samples.length - first);
      let sum = 0;
      for (let tap = Math.max(0, -first); tap < stop; tap++) sum += weights[row + tap]! * samples[first + tap]!;
      output[at] = sum;
    }
    this.#produced = end;
    return output;
  }
}

function kernelFor(from: number, to: number): Kernel {
  const divisor = greatestCommonDivisor(from, to);
  const [upFactor, downFactor] = [to / divisor, from / divisor];
  const key = `${upFactor}/${downFactor}`;
  const known = kernels.get(key);
  if (known) return known;
  const kernel = designKernel(upFactor, downFactor);
  kernels.set(key, kernel);
  return kernel;
}

/** Kaiser's formulas: Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.5.3. */
function designKernel(upFactor: number, downFactor: number): Kernel {
  // Frequencies in cycles per input sample.
  const nyquist = Math.min(1, upFactor / downFactor) / 2;
  const cutoff = (nyquist * (1 + PASSBAND)) / 2;
  const transition = 2 * Math.PI * nyquist * (1 - PASSBAND);
  const halfLength = (STOPBAND_DB - 7.95) / (2.285 * transition) / 2;
  const beta = 0.1102 * (STOPBAND_DB - 8.7);
  const reach = Math.ceil(halfLength);
  const taps = 2 * reach + 1;
  const weights = new Float64Array(upFactor * taps);
  for (let phase = 0; phase < upFactor; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - reach - phase / upFactor;
      const edge = 1 - (distance / halfLength) ** 2;
      const window = edge <= 0 ? 0 : bessel(beta * Math.sqrt(edge));
      const weight = window * sinc(2 * cutoff * distance);
      weights[phase * taps + tap] = weight;
      sum += weight;
    }
    // Equal sums make a constant come out constant.
    for (let tap = 0; tap < taps; tap++) weights[phase * taps + tap]! /= sum;
  }
  return { upFactor, downFactor, reach, weights };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
