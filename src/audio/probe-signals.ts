import { seededRandom, type Random } from '../stats/random.ts';
import { resample } from './resample.ts';

/** Hz; what recognizers are given. */
export const PROBE_RATE = 16_000;

/** White noise of a root mean square of 1, by Box and Muller's transform. */
export function whiteNoise(length: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const uniform = (source: Random) => (source() + 1) / 4294967297;
  return Float32Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random)),
  );
}

/** A tone as loud as speech. */
export function tone(length: number, hz: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => 0.1 * Math.sin((2 * Math.PI * hz * at) / PROBE_RATE));
}

/** The same samples louder or softer. */
export function scaled(samples: Float32Array, factor: number): Float32Array {
  return samples.map((sample) => sample * factor);
}

/** Mean power of the louder half of a clip's frames, which leaves its pauses out. */
export function speechPower(samples: Float32Array): number {
  const frame = PROBE_RATE / 50;
  const powers: number[] = [];
  for (let start = 0; start + frame <= samples.length; start += frame)
    powers.push(power(samples.subarray(start, start + frame)));
  if (powers.length === 0) return power(samples);
  const louder = powers.sort((one, other) => other - one).slice(0, Math.ceil(powers.length / 2));
  return louder.reduce((sum, value) => sum + value, 0) / louder.length;
}

/** Adds white noise so many decibels below the speech. */
export function withNoise(samples: Float32Array, snrDb: number, seed: number): Float32Array {
  const level = Math.sqrt(speechPower(samples) / 10 ** (snrDb / 10));
  const noise = whiteNoise(samples.length, seed);
  return samples.map((sample, at) => sample + level * noise[at]!);
}

/** Faster above 1 and slower below, with the pitch that goes with it. */
export function atSpeed(samples: Float32Array, speed: number): Float32Array {
  return resample(samples, Math.round(PROBE_RATE * speed), PROBE_RATE);
}

/** A telephone line: 8 kHz and µ-law (ITU-T G.711), there and back. */
export function byTelephone(samples: Float32Array): Float32Array {
  return resample(resample(samples, PROBE_RATE, 8000).map(muLawAndBack), 8000, PROBE_RATE);
}

const BIAS = 0x84;

function muLawAndBack(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(Math.round(sample * 32768))) + BIAS;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return (Math.sign(sample) * ((((mantissa << 3) + BIAS) << exponent) - BIAS)) / 32768;
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
}
