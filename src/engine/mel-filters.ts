import { BIN_COUNT, FFT_SIZE } from './power-spectrum.ts';

/** Triangles over neighboring frequencies; outside of them their weights are zero. */
export interface MelFilters {
  readonly count: number;
  /** The first frequency under each triangle. */
  readonly firstBins: Int32Array;
  /** Of all triangles, one behind the other. */
  readonly weights: Float64Array;
  /** Where the weights of each triangle end among all. */
  readonly ends: Int32Array;
}

// Slaney's scale: linear below 1 kHz, logarithmic above (Auditory Toolbox, 1998; the default of librosa).
const LINEAR_HZ_PER_MEL = 200 / 3;
const LOGARITHMIC_FROM_HZ = 1000;
const LOGARITHMIC_FROM_MEL = LOGARITHMIC_FROM_HZ / LINEAR_HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function melOfHz(hz: number): number {
  if (hz < LOGARITHMIC_FROM_HZ) return hz / LINEAR_HZ_PER_MEL;
  return LOGARITHMIC_FROM_MEL + Math.log(hz / LOGARITHMIC_FROM_HZ) / LOG_STEP;
}

function hzOfMel(mel: number): number {
  if (mel < LOGARITHMIC_FROM_MEL) return mel * LINEAR_HZ_PER_MEL;
  return LOGARITHMIC_FROM_HZ * Math.exp((mel - LOGARITHMIC_FROM_MEL) * LOG_STEP);
}

const known = new Map<string, MelFilters>();

/** The `count` triangles from 0 Hz to Nyquist on Slaney's scale, each of area one (`norm="slaney"`). */
export function melFilters(count: number, sampleRate: number): MelFilters {
  const key = `${count} at ${sampleRate}`;
  const filters = known.get(key) ?? design(count, sampleRate);
  known.set(key, filters);
  return filters;
}

function design(count: number, sampleRate: number): MelFilters {
  const nyquist = sampleRate / 2;
  const edges = Array.from({ length: count + 2 }, (_, i) => hzOfMel((melOfHz(nyquist) * i) / (count + 1)));
  const firstBins = new Int32Array(count);
  const ends = new Int32Array(count);
  const weights: number[] = [];
  for (let mel = 0; mel < count; mel++) {
    const [low, peak, high] = [edges[mel]!, edges[mel + 1]!, edges[mel + 2]!];
    const start = weights.length;
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      const hz = (bin * sampleRate) / FFT_SIZE;
      const weight = Math.min((hz - low) / (peak - low), (high - hz) / (high - peak));
      if (weight <= 0) continue;
      if (weights.length === start) firstBins[mel] = bin;
      weights.push((weight * 2) / (high - low));
    }
    ends[mel] = weights.length;
  }
  return { count, firstBins, weights: Float64Array.from(weights), ends };
}

/**
 * Weighs a power spectrum with each filter.
 *
 * @param into one sum per filter, to which `offset` is added.
 */
export function weigh(
  { count, firstBins, weights, ends }: MelFilters,
  power: Float64Array,
  into: Float64Array,
  offset: number,
): void {
  let at = 0;
  for (let mel = 0; mel < count; mel++) {
    const shift = firstBins[mel]! - at;
    const end = ends[mel]!;
    let sum = 0;
    for (; at < end; at++) sum += weights[at]! * power[shift + at]!;
    into[mel] = sum + offset;
  }
}
