import { BIN_COUNT, FFT_SIZE } from './power-spectrum.ts';

/** A triangle over neighboring frequencies; outside of them its weight is zero. */
export interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
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

const known = new Map<string, readonly MelFilter[]>();

/** The `count` triangles from 0 Hz to Nyquist on Slaney's scale, each of area one (`norm="slaney"`). */
export function melFilters(count: number, sampleRate: number): readonly MelFilter[] {
  const key = `${count} at ${sampleRate}`;
  const filters = known.get(key) ?? design(count, sampleRate);
  known.set(key, filters);
  return filters;
}

function design(count: number, sampleRate: number): MelFilter[] {
  const nyquist = sampleRate / 2;
  const edges = Array.from({ length: count + 2 }, (_, i) => hzOfMel((melOfHz(nyquist) * i) / (count + 1)));
  return Array.from({ length: count }, (_, mel) => {
    const [low, peak, high] = [edges[mel]!, edges[mel + 1]!, edges[mel + 2]!];
    const weights: number[] = [];
    let firstBin = 0;
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      const hz = (bin * sampleRate) / FFT_SIZE;
      const weight = Math.min((hz - low) / (peak - low), (high - hz) / (high - peak));
      if (weight <= 0) continue;
      if (weights.length === 0) firstBin = bin;
      weights.push((weight * 2) / (high - low));
    }
    return { firstBin, weights: Float64Array.from(weights) };
  });
}
