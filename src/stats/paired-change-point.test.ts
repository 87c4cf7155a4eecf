import { describe, expect, it } from 'vitest';
import { segment } from './change-point.ts';
import { pairedChangePoint, type FollowedUtterance } from './paired-change-point.ts';
import { seededRandom } from './random.ts';

interface Design {
  readonly speakers: number;
  readonly runs: number;
  /** The chance that a word is wrong, from run to run. */
  readonly rate: (run: number) => number;
  /** Runs with which a model came that makes errors of its own; before the next one, runs are alike. */
  readonly swaps: readonly number[] | 'every run';
}

/** Four clips of ten words a speaker; speakers differ, and each takes to a model in a way of its own. */
function simulate({ speakers, runs, rate, swaps }: Design, seed: number): FollowedUtterance[] {
  const random = seededRandom(seed);
  const uniform = (): number => random() / 2 ** 32;
  return Array.from({ length: speakers }, (_, block) => {
    const ease = Array.from({ length: runs }, () => Math.exp(uniform() + uniform() + uniform() - 1.5));
    return Array.from({ length: 4 }, (): FollowedUtterance => {
      const draw = (run: number): number =>
        Array.from({ length: 10 }, uniform).filter(
          (chance) => chance < rate(run) * ease[swaps === 'every run' ? 0 : run]!,
        ).length;
      const errors: number[] = [];
      for (let run = 0; run < runs; run++) {
        errors.push(run === 0 || swaps === 'every run' || swaps.includes(run) ? draw(run) : errors[run - 1]!);
      }
      return { block, errors };
    });
  }).flat();
}

/** The share of simulations in which a change is shown at 5 %, and the share in which it is shown at the right run. */
function shares(design: Design, at: number, simulations = 200) {
  const found = Array.from({ length: simulations }, (_, i) => pairedChangePoint(simulate(design, i), i, 199));
  const shown = found.filter((change) => change !== null && change.p < 0.05);
  return {
    shown: shown.length / simulations,
    placed: shown.filter((change) => change!.index === at).length / simulations,
  };
}

const level = () => 0.07;

describe('a change of level on the same utterances', () => {
  // 200 simulations of a 5 % test show more than 9 % once in a hundred times.
  it.each([3, 10])('is rarely shown where there is none, with %i speakers', (speakers) => {
    for (const swaps of ['every run', [7], [3, 5, 7]] as const) {
      expect(shares({ speakers, runs: 10, rate: level, swaps }, 0).shown).toBeLessThan(0.09);
    }
  });

  it.each([
    [5, 0.6],
    [10, 0.9],
  ])('from 0.7 to 15 percent is shown with %i speakers, at its run', (speakers, least) => {
    const rate = (run: number): number => (run < 6 ? 0.007 : 0.15);
    for (const swaps of ['every run', [6]] as const) {
      expect(shares({ speakers, runs: 10, rate, swaps }, 6, 100).placed).toBeGreaterThan(least);
    }
  });

  it('is shown the more often the more runs there are', () => {
    const few = shares({ speakers: 6, runs: 4, rate: (run) => (run < 2 ? 0.05 : 0.1), swaps: 'every run' }, 2, 100);
    const many = shares({ speakers: 6, runs: 24, rate: (run) => (run < 12 ? 0.05 : 0.1), swaps: 'every run' }, 12, 100);
    expect(few.shown).toBeLessThan(0.5);
    expect(many.shown).toBeGreaterThan(0.8);
  });

  it('is not shown by a few clips that agree by chance', () => {
    const utterances = Array.from({ length: 30 }, (_, i) => ({
      block: i % 3,
      errors: i < 3 ? [0, 0, 1, 1] : [0, 0, 0, 0],
    }));
    expect(pairedChangePoint(utterances, 1)!.p).toBeGreaterThan(0.2);
  });

  it('is told from answers that some runs do not have', () => {
    const utterances = Array.from({ length: 30 }, (_, i) => ({
      block: i % 10,
      errors: [i % 3 === 0 ? null : 0, 0, null, 0, 1 + (i % 2), i % 7 === 0 ? null : 1],
    }));
    expect(pairedChangePoint(utterances, 1)).toMatchObject({ index: 4, p: expect.closeTo(0, 2) as number });
    const one = { block: 0, errors: [0, 1] };
    expect(pairedChangePoint([one], 1)).toBeNull();
    expect(
      pairedChangePoint(
        [
          { block: 0, errors: [2, 2] },
          { block: 1, errors: [null, 3] },
        ],
        1,
      ),
    ).toBeNull();
  });
});

describe('segments', () => {
  it('are split until nothing more is found, and parts are held to more', () => {
    const found = segment(0, 9, (start, end) =>
      end - start < 3 ? null : { index: 1, p: end - start === 9 ? 0.01 : end - start === 8 ? 0.001 : 0.5 },
    );
    expect(found).toEqual({
      p: 0.01,
      changes: [
        { index: 1, p: 0.01 },
        { index: 2, p: 0.002 },
      ],
    });
  });
});
