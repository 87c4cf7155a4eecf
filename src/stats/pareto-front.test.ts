import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFront } from './pareto-front.ts';

describe('paretoFront', () => {
  it('keeps what nothing beats, in order of the first cost', () => {
    const points = [
      { x: 3, y: 1 },
      { x: 1, y: 3 },
      { x: 3, y: 3 },
      { x: 2, y: 2 },
    ];
    expect(paretoFront(points)).toEqual([points[1], points[3], points[0]]);
  });

  it('keeps ties', () => {
    expect(
      paretoFront([
        { x: 1, y: 1 },
        { x: 1, y: 1 },
      ]),
    ).toHaveLength(2);
  });

  it('falls from point to point, and every other point is beaten', () => {
    const cost = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(fc.array(fc.record({ x: cost, y: cost }), { minLength: 1 }), (points) => {
        const front = paretoFront(points);
        for (const [index, point] of front.entries()) {
          if (index > 0) expect(point.y).toBeLessThanOrEqual(front[index - 1]!.y);
        }
        for (const point of points) {
          expect(front.some((best) => best.x <= point.x && best.y <= point.y)).toBe(true);
        }
      }),
    );
  });
});
