import { describe, expect, it } from 'vitest';
import { cell as plainCell, scored } from './__fixtures__/records.ts';
import { compareSettings } from './compare-settings.ts';
import { compareWithReference } from './compare-with-reference.ts';
import type { Cell } from './types.ts';

const how = { margin: 0.005, seed: 1 };

function cellsOf(backends: readonly string[], accelerations: readonly Cell['acceleration'][]): readonly Cell[] {
  return backends.flatMap((backend) => accelerations.map((acceleration) => ({ ...plainCell, backend, acceleration })));
}

function answers(cells: readonly Cell[], text = 'a b c d') {
  return scored(...cells.flatMap((cell) => ['u', 'v', 'w'].map((utterance) => ({ cell, utterance, text }))));
}

function pairs(cells: readonly Cell[], records = answers(cells)): readonly string[] {
  const known = compareSettings(records, cells, how);
  const name = ({ backend, acceleration }: Cell): string => `${backend} ${acceleration}`;
  return compareWithReference(records, cells, known, how).map(
    ({ baseline, candidate }) => `${name(baseline)} → ${name(candidate)}`,
  );
}

describe('compareWithReference', () => {
  it('holds every setting against the longest chunk of the first backend', () => {
    expect(pairs(cellsOf(['one', 'two'], ['full', 'none']))).toEqual([
      'one none → one full',
      'one none → two full',
      'one none → two none',
    ]);
  });

  it('takes over what was compared already', () => {
    const cells = cellsOf(['one'], ['none', 'full']);
    const known = compareSettings(answers(cells), cells, how);
    expect(compareWithReference(answers(cells), cells, known, how)[0]).toBe(known[0]);
  });

  it('passes over a backend that answered nothing', () => {
    const cells = cellsOf(['one', 'two'], ['none']);
    expect(pairs(cells, answers(cells.slice(1)))).toEqual([]);
  });
});
