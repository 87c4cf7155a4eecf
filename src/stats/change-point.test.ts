import { describe, expect, it } from 'vitest';
import { changePoint } from './change-point.ts';
import { below, seededRandom } from './random.ts';

describe('change point', () => {
  it('finds a step in enough numbers', () => {
    expect(changePoint([5, 6, 5, 6, 5, 6, 9, 10, 9, 10, 9, 10], 1)).toMatchObject({ index: 6 });
    expect(changePoint([5, 6, 5, 6, 5, 6, 9, 10, 9, 10, 9, 10], 1)!.p).toBeLessThan(0.01);
  });

  it('is not sure of few', () => {
    expect(changePoint([1, 9], 1)).toBeNull();
    expect(changePoint([1, 1, 9, 9], 1)!.p).toBeGreaterThan(0.2);
  });

  it('raises few false alarms', () => {
    const random = seededRandom(5);
    const alarms = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => below(random, 1_000)));
    expect(alarms.filter((values, i) => changePoint(values, i)!.p < 0.05).length).toBeLessThan(12);
  });
});
