import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BIN_COUNT, FFT_SIZE, PowerSpectrum } from './power-spectrum.ts';

/** The definition of the discrete Fourier transform, term by term. */
function directPower(frame: Float64Array, bin: number): number {
  let [real, imaginary] = [0, 0];
  for (const [n, sample] of frame.entries()) {
    const angle = (2 * Math.PI * ((bin * n) % FFT_SIZE)) / FFT_SIZE;
    real += sample * Math.cos(angle);
    imaginary -= sample * Math.sin(angle);
  }
  return real * real + imaginary * imaginary;
}

test('the power spectrum is that of the definition', () => {
  const spectrum = new PowerSpectrum();
  const samples = fc.float64Array({ minLength: FFT_SIZE, maxLength: FFT_SIZE, min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(samples, (frame) => {
      spectrum.frame.set(frame);
      spectrum.compute();
      const energy = frame.reduce((sum, sample) => sum + sample * sample, 0);
      for (let bin = 0; bin < BIN_COUNT; bin++) {
        expect(Math.abs(spectrum.power[bin]! - directPower(frame, bin))).toBeLessThan(1e-9 * (1 + energy * FFT_SIZE));
      }
    }),
    { numRuns: 20 },
  );
});
