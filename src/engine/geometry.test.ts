import { describe, expect, test } from 'vitest';
import { accelerationsOf, chunkGeometry, LOOK_AHEADS, samplesForChunk } from './geometry.ts';

describe('chunk geometry', () => {
  test.each([
    ['full', 0, 80, 17, 8, 1],
    ['high', 3, 320, 41, 32, 4],
    ['regular', 6, 560, 65, 56, 7],
    ['none', 13, 1120, 121, 112, 14],
  ] as const)(
    'of %s acceleration looks ahead %i frames in chunks of %i ms',
    (name, lookAhead, ms, window, shift, output) => {
      expect(LOOK_AHEADS[name]).toBe(lookAhead);
      expect(chunkGeometry(lookAhead)).toEqual({
        lookAhead,
        windowFrames: window,
        shiftFrames: shift,
        outputFrames: output,
      });
      expect(shift * 10).toBe(ms);
    },
  );

  test('needs the samples under the last window of the chunk', () => {
    // Frame f covers samples up to 160·f + 200.
    expect(samplesForChunk(chunkGeometry(0), 0)).toBe(7 * 160 + 200);
    expect(samplesForChunk(chunkGeometry(6), 1)).toBe(111 * 160 + 200);
  });

  test('names the accelerations that a model can do', () => {
    expect(accelerationsOf([13, 6, 1, 0])).toEqual(['none', 'regular', 'full']);
  });
});
