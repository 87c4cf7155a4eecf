import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogMelFeatures } from './features.ts';

const MELS = 128;

/** The signal of `__fixtures__/features.py`, from integer arithmetic alone. */
function goldenSignal(): Float32Array {
  const count = 2 * 16_000 + 77;
  let state = 12_345;
  let phase = 0;
  return Float32Array.from({ length: count }, (_, n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    const noise = ((state >> 16) % 2001) - 1000;
    phase = (phase + 100 + Math.floor(n / 8)) % 16_000;
    const envelope = Math.floor(Math.min(n, count - n) / 4);
    const isQuiet = n >= 20_000 && n < 24_000;
    return isQuiet ? 0 : (noise + (phase * 2 < 16_000 ? envelope : -envelope)) / 32_768;
  });
}

/** All frames, time-major, from pieces of the given sizes; the last piece takes what is left. */
function framesOf(signal: Float32Array, pieceSizes: readonly number[] = []): Float32Array {
  const features = new LogMelFeatures(MELS);
  const frames: number[] = [];
  const frame = new Float32Array(MELS);
  const pullAll = (): void => {
    while (features.framesReady > 0) {
      features.pull(frame, 0, 1);
      frames.push(...frame);
    }
  };
  let at = 0;
  for (const size of [...pieceSizes, Infinity]) {
    features.push(signal.subarray(at, at + size));
    at = Math.min(signal.length, at + size);
    pullAll();
  }
  features.finish();
  pullAll();
  return Float32Array.from(frames);
}

describe('log-mel features', () => {
  test('equal the reference by torch and torchaudio', () => {
    const bytes = readFileSync(new URL('./__fixtures__/features.golden.bin', import.meta.url));
    const golden = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const ours = framesOf(goldenSignal());
    expect(ours.length).toBe(golden.length);
    const difference = ours.reduce((largest, value, i) => Math.max(largest, Math.abs(value - golden[i]!)), 0);
    expect(difference).toBeLessThan(1e-3);
  });

  test('are the same, bit for bit, however the signal is cut', () => {
    const signal = goldenSignal().subarray(0, 4000);
    const whole = framesOf(signal);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 20 }), (sizes) => {
        expect(framesOf(signal, sizes)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('number one per whole hop', () => {
    for (const samples of [0, 159, 160, 199, 200, 319, 320, 16_000]) {
      expect(framesOf(new Float32Array(samples)).length / MELS).toBe(Math.floor(samples / 160));
    }
  });

  test('of silence are the logarithm of the guard', () => {
    expect(framesOf(new Float32Array(1600))[0]).toBeCloseTo(Math.log(2 ** -24), 6);
  });

  test('of a long stream need no memory of its beginning', () => {
    const features = new LogMelFeatures(MELS);
    const frame = new Float32Array(MELS);
    const second = goldenSignal().subarray(0, 16_000);
    for (let i = 0; i < 20; i++) {
      features.push(second);
      while (features.framesReady > 0) features.pull(frame, 0, 1);
    }
    expect(features.sampleCount).toBe(20 * 16_000);
  });
});
