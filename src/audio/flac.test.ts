import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { readFlac } from './flac.ts';

const COUNT = 3000;

// The signals of `__fixtures__/flac.py`.
function noise(): number[] {
  let state = 7;
  return Array.from({ length: COUNT }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return ((state >> 8) % 65_536) - 32_768;
  });
}

function sweep(): number[] {
  let phase = 0;
  return Array.from({ length: COUNT }, (_, n) => {
    phase = (phase + 40 + Math.floor(n / 4)) % 8192;
    return (phase < 4096 ? phase : 8192 - phase) * 8 - 16_384;
  });
}

const tone = sweep();
const hiss = noise();
const quiet = hiss.map((sample) => Math.floor(sample / 64));

const files: readonly (readonly [file: string, rate: number, bits: number, mono: (n: number) => number])[] = [
  ['mono-16.flac', 16_000, 16, (n) => tone[n]!],
  ['noise-16.flac', 16_000, 16, (n) => hiss[n]!],
  ['silence-8.flac', 8000, 8, () => 0],
  ['fixed-8.flac', 11_025, 8, (n) => Math.floor(tone[n]! / 256)],
  ['wasted-24.flac', 44_100, 24, (n) => tone[n]! * 256],
  ['full-24.flac', 48_000, 24, (n) => tone[n]! * 256 + (((hiss[n]! % 256) + 256) % 256)],
  ['left-side.flac', 16_000, 16, (n) => (tone[n]! + tone[n]! - quiet[n]!) / 2],
  ['right-side.flac', 16_000, 16, (n) => (tone[n]! + quiet[n]! + tone[n]!) / 2],
  ['mid-side.flac', 16_000, 16, (n) => Math.floor(tone[n]! / 2)],
  ['independent.flac', 16_000, 16, (n) => (tone[n]! + hiss[n]!) / 2],
];

function fixture(file: string): Buffer {
  return readFileSync(new URL(`./__fixtures__/${file}`, import.meta.url));
}

describe('FLAC', () => {
  test.each(files)('%s has exactly its samples', (file, rate, bits, mono) => {
    const { samples, sampleRate } = readFlac(fixture(file), file);
    expect(sampleRate).toBe(rate);
    expect(samples).toEqual(Float32Array.from({ length: COUNT }, (_, n) => mono(n) / 2 ** (bits - 1)));
  });

  test('cut short anywhere is an error of one line', () => {
    const bytes = fixture('mono-16.flac');
    fc.assert(
      fc.property(fc.integer({ min: 4, max: bytes.length - 3 }), (length) => {
        expect(() => readFlac(bytes.subarray(0, length), 'a.flac')).toThrow(
          /^a\.flac is a damaged or truncated FLAC: [^\n]+$/,
        );
      }),
    );
  });

  test('with any byte of its frames changed never passes for sound', () => {
    const bytes = fixture('full-24.flac');
    const original = readFlac(bytes, 'a.flac').samples;
    fc.assert(
      fc.property(fc.integer({ min: 100, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= change;
        try {
          // A change that does no harm, as in a checksum, may stay unnoticed.
          expect(readFlac(damaged, 'a.flac').samples).toEqual(original);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
