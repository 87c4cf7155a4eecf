import { expect, it } from 'vitest';
import { cell } from './__fixtures__/records.ts';
import { withLevels } from './run-info.ts';
import type { RunInfo } from './types.ts';

it('a search that ended early leaves the cells that it did not come to', () => {
  const other = { ...cell, backend: 'other' };
  const info = { cells: [cell, other], plannedUtterances: [20, 30] } as unknown as RunInfo;
  const levels = [1, 2].map((concurrency) => ({ ...cell, concurrency }));
  const ended = withLevels(info, levels);
  expect(ended).toEqual({ cells: [...levels, other], plannedUtterances: [20, 20, 30] });
  // Resumed, they are searched as well.
  const more = { ...other, concurrency: 1 };
  const whole = withLevels({ ...info, ...ended }, [more]);
  expect(whole).toEqual({ cells: [...levels, more], plannedUtterances: [20, 20, 30] });
});
