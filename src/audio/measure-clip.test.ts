import { expect, it } from 'vitest';
import { measureClip } from './measure-clip.ts';
import { scaled, tone, whiteNoise, withNoise } from './probe-signals.ts';

const rate = 16_000;

/** A second of tone between two seconds of silence. */
function toneBetweenSilences(): Float32Array {
  const samples = new Float32Array(3 * rate);
  samples.set(tone(rate, 440), rate);
  return samples;
}

it('loudness is that of the loud part', () => {
  // A sine of amplitude 0.1 has a power of 0.005; a third of the frames are loud, a half is looked at.
  expect(measureClip(tone(rate, 440), rate).loudnessDbfs).toBeCloseTo(10 * Math.log10(0.005), 1);
  expect(measureClip(new Float32Array(rate), rate)).toEqual({
    loudnessDbfs: null,
    clippedShare: 0,
    snrEstimateDb: null,
  });
});

it('clipping is counted', () => {
  const samples = tone(rate, 440);
  samples.fill(1, 0, rate / 100);
  expect(measureClip(samples, rate).clippedShare).toBe(0.01);
});

it.each([0, 10, 20])('noise %d dB below the signal is found within 2 dB', (snrDb) => {
  const samples = withNoise(toneBetweenSilences(), snrDb, 1);
  // The speech power of the probe halves between tone and silence, as a third of it is loud.
  const { snrEstimateDb } = measureClip(samples, rate);
  expect(Math.abs(snrEstimateDb! - snrDb - 10 * Math.log10(1.5))).toBeLessThan(2);
});

it('white noise alone has no more than a decibel over itself', () => {
  expect(measureClip(scaled(whiteNoise(5 * rate, 1), 0.01), rate).snrEstimateDb).toBeLessThan(1);
});
