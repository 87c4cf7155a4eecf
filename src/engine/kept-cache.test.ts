import fc from 'fast-check';
import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { moveOn } from './kept-cache.ts';

const sizes = fc.record({
  layers: fc.integer({ min: 1, max: 4 }),
  streams: fc.integer({ min: 1, max: 3 }),
  frames: fc.integer({ min: 1, max: 7 }),
  channels: fc.integer({ min: 1, max: 3 }),
  added: fc.integer({ min: 1, max: 7 }),
});

test('new frames come behind those that are remembered, and the first ones fall out', () => {
  fc.assert(
    fc.property(sizes, ({ layers, streams, frames, channels, added }) => {
      fc.pre(added <= frames);
      const tensor = (count: number, first: number): Tensor => {
        const dims = [streams, layers, count, channels];
        const values = Float32Array.from({ length: streams * layers * count * channels }, (_, i) => first + i);
        return new Tensor('float32', values, dims);
      };
      const [cache, fresh] = [tensor(frames, 0), tensor(added, 1000)];
      const framesOf = ({ data }: Tensor, part: number, count: number): number[] =>
        [...(data as Float32Array)].slice(part * count * channels, (part + 1) * count * channels);
      const parts = Array.from({ length: streams * layers }, (_, part) => part);
      const expected = parts.flatMap((part) =>
        [...framesOf(cache, part, frames), ...framesOf(fresh, part, added)].slice(-frames * channels),
      );
      moveOn(cache, fresh);
      expect([...(cache.data as Float32Array)]).toEqual(expected);
    }),
  );
});
