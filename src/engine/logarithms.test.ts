import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Logarithms } from './logarithms.ts';

test('many logarithms at once are those of Math.log, of any number', () => {
  const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const special = fc.constantFrom(
    0,
    -0,
    -1,
    Infinity,
    -Infinity,
    NaN,
    Number.MIN_VALUE,
    2 ** -1022,
    1,
    2,
    1 - 2 ** -53,
  );
  const anyNumber = fc.oneof(
    bits.map((word) => new Float64Array(BigUint64Array.of(word).buffer)[0]!),
    fc.double({ min: 0, max: 4 }),
    special,
  );
  const logarithms = new Logarithms(50);
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 50, maxLength: 50 }), (numbers) => {
      logarithms.values.set(numbers);
      logarithms.compute();
      for (const [i, number] of numbers.entries()) {
        const [expected, actual] = [Math.log(number), logarithms.values[i]!];
        if (Number.isFinite(expected)) expect(Math.abs(actual - expected)).toBeLessThan(1e-12);
        else expect(actual).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
