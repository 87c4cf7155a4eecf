import { describe, expect, it } from 'vitest';
import { frontMembership, type DrawnSetting } from './front-membership.ts';

/** A setting whose error is the mean of its blocks' errors. */
function setting(price: number, errors: readonly number[]): DrawnSetting {
  return {
    price: () => price,
    error: (drawn) => errors.reduce((sum, one, block) => sum + one * drawn[block]!, 0) / errors.length,
  };
}

describe('frontMembership', () => {
  it('is sure of settings that win or lose in every block', () => {
    const settings = [setting(1, [4, 5, 6, 7]), setting(2, [1, 2, 3, 4]), setting(3, [2, 3, 4, 5])];
    expect(frontMembership(settings, 4, 1, 500)).toEqual([1, 1, 0]);
  });

  it('halves what is a matter of which block was drawn', () => {
    // The dearer one is better in block 0 and worse in block 1, by as much.
    const [cheap, dear] = frontMembership([setting(1, [1, 0]), setting(2, [0, 1])], 2, 1, 4000)!;
    expect(cheap).toBe(1);
    // Of two draws from two blocks, one in four is block 0 twice.
    expect(dear).toBeCloseTo(0.25, 1);
  });

  it('does not let a hard block count against settings that it is equally hard for', () => {
    const hardness = [0, 50, 3, 90, 12, 7];
    const settings = [
      setting(
        1,
        hardness.map((one) => one + 1),
      ),
      setting(2, hardness),
    ];
    expect(frontMembership(settings, 6, 1, 500)).toEqual([1, 1]);
  });

  it('knows nothing from one block', () => {
    expect(frontMembership([setting(1, [1])], 1, 1, 100)).toBeNull();
  });
});
