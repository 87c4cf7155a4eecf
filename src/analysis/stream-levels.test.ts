import { expect, it } from 'vitest';
import { cell, record } from '../__fixtures__/records.ts';
import { streamLevels } from './stream-levels.ts';

it('streams of which more than a tenth were fed late are not said to fit', () => {
  const level = (late: number) =>
    streamLevels(
      Array.from({ length: 20 }, (_, i) =>
        record({
          cell: { ...cell, concurrency: 4 },
          utterance: `u${i}`,
          chunkLatenciesMs: [20],
          pacing: { chunkMs: 80, slipMs: i < late ? 500 : 1 },
        }),
      ),
    )[0]!;
  expect(level(2)).toMatchObject({ fits: true, mistimed: 2, chunks: 18 });
  expect(level(3)).toMatchObject({ fits: false, mistimed: 3, p99Ms: 20 });
});
