/** A choice with two costs, both better when lower. */
export interface Tradeoff {
  readonly x: number;
  readonly y: number;
}

/** The points that no other point beats in one cost without losing in the other, in order of x. Ties stay. */
export function paretoFront<Point extends Tradeoff>(points: readonly Point[]): readonly Point[] {
  const dominated = (point: Point): boolean =>
    points.some((other) => other.x <= point.x && other.y <= point.y && (other.x < point.x || other.y < point.y));
  return points.filter((point) => !dominated(point)).toSorted((left, right) => left.x - right.x || left.y - right.y);
}
