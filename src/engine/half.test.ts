import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfBits, halfValues } from './half.ts';

const values = halfValues();
const float32 = fc.float({ noNaN: true });

test('every half goes to its value and back, and NaN stays NaN', () => {
  for (let bits = 0; bits < 1 << 16; bits++) {
    const value = values[bits]!;
    if (Number.isNaN(value)) expect(values[halfBits(value)]).toBeNaN();
    else if (halfBits(value) !== bits) expect.fail(`${bits} is ${value}, which becomes ${halfBits(value)}`);
  }
});

test('known values have the bits that the standard gives them', () => {
  expect([1, -2, 65_504, 2 ** -14, 2 ** -24, 1 / 3, -0].map(halfBits)).toEqual([
    0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555, 0x8000,
  ]);
  // From half a step above the largest on, and with ties to even.
  expect([65_519, 65_520, -1e9, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 3 * 2 ** -25].map(halfBits)).toEqual([
    0x7bff, 0x7c00, 0xfc00, 0x3c00, 0x3c02, 0, 2,
  ]);
});

test('no other half is nearer', () => {
  fc.assert(
    fc.property(fc.oneof(float32, fc.float({ min: -70_000, max: 70_000, noNaN: true })), (value) => {
      const bits = halfBits(value);
      const distance = Math.abs(values[bits]! - value);
      if (!Number.isFinite(values[bits]!)) {
        expect(Math.abs(value)).toBeGreaterThanOrEqual(65_520);
        return;
      }
      for (const neighbor of [bits - 1, bits + 1]) {
        const other = values[neighbor & 0xffff]!;
        if (Number.isFinite(other)) expect(distance).toBeLessThanOrEqual(Math.abs(other - value));
      }
    }),
    { numRuns: 2000 },
  );
});
