import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { LogMelFeatures } from './features.ts';
import { chunkGeometry } from './geometry.ts';
import { FeatureWindows } from './windows.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MELS = 128;
const FRAMES_PER_PUSH = 100;

/** Bytes of the heap that a frame takes at least, collected or not: each round is fewer frames than fill it to the next collection. */
function bytesPerFrame(onPush: () => void): number {
  const features = new LogMelFeatures(MELS);
  const windows = new FeatureWindows(features, chunkGeometry(0), MELS, 'nemo');
  const second = Float32Array.from({ length: FRAMES_PER_PUSH * 160 }, (_, n) => Math.sin(n * n * 1e-4));
  const hear = (pushes: number): void => {
    for (let push = 0; push < pushes; push++) {
      features.push(second);
      while (windows.isComplete) windows.fill();
      onPush();
    }
  };
  // Code that is not compiled yet boxes numbers, and when it is compiled hangs on what else the machine does.
  const rounds = Array.from({ length: 12 }, () => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    hear(100);
    return (process.memoryUsage().heapUsed - before) / (100 * FRAMES_PER_PUSH);
  });
  return Math.min(...rounds);
}

it('features allocate nothing per frame', () => {
  expect(bytesPerFrame(() => undefined)).toBeLessThan(8);
  const kept: object[] = [];
  const something = () => {
    for (let frame = 0; frame < FRAMES_PER_PUSH; frame++) kept.push({ frame });
  };
  expect(bytesPerFrame(something)).toBeGreaterThan(24);
});
