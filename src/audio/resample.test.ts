import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { resample, Resampler } from './resample.ts';

const TARGET = 16_000;

function tone(hz: number, rate: number, seconds = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, n) => 0.9 * Math.sin((2 * Math.PI * hz * n) / rate),
  );
}

/** Power in dB against full scale, away from the ends, where zeros beyond the signal are heard. */
function powerDb(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return 10 * Math.log10(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length + 1e-30);
}

const rates = [8000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];

describe('resampling to 16 kHz', () => {
  test.each(rates)('from %i Hz keeps tones to 120 dB', (rate) => {
    const nyquist = Math.min(rate, TARGET) / 2;
    for (const hz of [50, 440, 0.5 * nyquist, 0.9 * nyquist]) {
      const ideal = tone(hz, TARGET);
      const error = resample(tone(hz, rate), rate, TARGET).map((sample, n) => sample - (ideal[n] ?? 0));
      expect(powerDb(ideal) - powerDb(error)).toBeGreaterThan(120);
    }
  });

  test.each(rates.filter((rate) => rate > TARGET))('from %i Hz lets nothing fold over', (rate) => {
    for (const hz of [8000, 8500, 10_000, 0.49 * rate].filter((hz) => hz < rate / 2)) {
      expect(powerDb(resample(tone(hz, rate), rate, TARGET))).toBeLessThan(-120);
    }
  });

  test.each(rates.filter((rate) => rate < TARGET))('from %i Hz leaves no image', (rate) => {
    const hz = 0.8 * (rate / 2);
    const ideal = tone(hz, TARGET);
    const rest = resample(tone(hz, rate), rate, TARGET).map((sample, n) => sample - (ideal[n] ?? 0));
    expect(powerDb(rest)).toBeLessThan(-120);
  });

  test('keeps a constant and the length', () => {
    const constant = resample(new Float32Array(44_100).fill(0.5), 44_100, TARGET);
    expect(constant.length).toBe(16_000);
    expect(constant.subarray(4000, 12_000).every((sample) => Math.abs(sample - 0.5) < 1e-7)).toBe(true);
    expect(resample(new Float32Array(3), 44_100, TARGET).length).toBe(2);
    expect(resample(new Float32Array(1), 8000, TARGET).length).toBe(2);
  });

  test('gives the same bits for samples that come in pieces of any size', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...rates, TARGET), sizes, (rate, lengths) => {
        const whole = tone(300, rate, lengths.reduce((sum, length) => sum + length, 0) / rate);
        const resampler = new Resampler(rate, TARGET);
        const pieces: number[] = [];
        let at = 0;
        for (const length of lengths) pieces.push(...resampler.push(whole.subarray(at, (at += length))));
        pieces.push(...resampler.finish());
        expect(Float32Array.from(pieces)).toEqual(resample(whole, rate, TARGET));
      }),
      { numRuns: 60 },
    );
  });

  test('hands samples of the right rate through', () => {
    const samples = tone(440, TARGET);
    expect(resample(samples, TARGET, TARGET)).toBe(samples);
  });
});
