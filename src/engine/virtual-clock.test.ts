import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finishTimesMs } from './virtual-clock.ts';

describe('the virtual clock', () => {
  test('lets a recognizer that keeps up wait for the audio', () => {
    const chunks = [100, 200, 300].map((availableMs) => ({ availableMs, computeMs: 10 }));
    expect(finishTimesMs(chunks)).toEqual([110, 210, 310]);
  });

  test('lets one that does not fall behind', () => {
    const chunks = [100, 200, 300].map((availableMs) => ({ availableMs, computeMs: 150 }));
    expect(finishTimesMs(chunks)).toEqual([250, 400, 550]);
  });

  test('lets one slow chunk be caught up with', () => {
    const computeMs = [250, 10, 10, 10];
    const chunks = computeMs.map((ms, i) => ({ availableMs: 100 * (i + 1), computeMs: ms }));
    expect(finishTimesMs(chunks)).toEqual([350, 360, 370, 410]);
  });

  test('never finishes before the audio, nor out of order, nor earlier for more work', () => {
    const chunk = fc.record({ availableMs: fc.nat(1000), computeMs: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(chunk, { minLength: 1 }), fc.nat(50), (chunks, extraMs) => {
        const finishes = finishTimesMs(chunks);
        const slower = finishTimesMs(
          chunks.map(({ availableMs, computeMs }) => ({ availableMs, computeMs: computeMs + extraMs })),
        );
        for (const [i, finish] of finishes.entries()) {
          expect(finish).toBeGreaterThanOrEqual(chunks[i]!.availableMs + chunks[i]!.computeMs);
          expect(finish).toBeGreaterThanOrEqual(finishes[i - 1] ?? 0);
          expect(slower[i]!).toBeGreaterThanOrEqual(finish + extraMs);
        }
      }),
    );
  });
});
