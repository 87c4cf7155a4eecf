import type { Cell } from '../types.ts';
import { paretoFront } from './pareto-front.ts';
import { below, seededRandom } from './random.ts';

/** By the name of the metric that stands against the error rate: how likely each cell is to lie on the front. */
export type FrontMemberships = Readonly<
  Record<string, readonly { readonly cell: Cell; readonly probability: number }[]>
>;

/** A setting as a function of how often each block was drawn; both are better when lower. */
export interface DrawnSetting {
  /** `null` where a draw leaves it undefined. */
  price(drawn: Int32Array): number | null;
  error(drawn: Int32Array): number | null;
}

/**
 * How likely each setting is to lie on the front of those that no other beats in both quantities: the share of
 * replicates of a block bootstrap in which it does. All settings are drawn together, so what makes a block hard for all of
 * them makes none look better. `null` with fewer than two blocks.
 */
export function frontMembership(
  settings: readonly DrawnSetting[],
  blocks: number,
  seed: number,
  replicates: number,
): readonly number[] | null {
  if (blocks < 2) return null;
  const random = seededRandom(seed);
  const drawn = new Int32Array(blocks);
  const memberships = settings.map(() => 0);
  let defined = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0);
    for (let i = 0; i < blocks; i++) drawn[below(random, blocks)]!++;
    const points = settings.flatMap((setting, index) => {
      const [x, y] = [setting.price(drawn), setting.error(drawn)];
      return x === null || y === null ? [] : [{ x, y, index }];
    });
    if (points.length < settings.length) continue;
    defined++;
    for (const { index } of paretoFront(points)) memberships[index]!++;
  }
  return defined < 0.95 * replicates ? null : memberships.map((count) => count / defined);
}
