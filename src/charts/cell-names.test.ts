import { expect, it } from 'vitest';
import { cell } from '../__fixtures__/records.ts';
import { compareCells, compareSettings } from './cell-names.ts';

const cells = ['b', 'a'].flatMap((backend) =>
  (['full', 'none', 'high'] as const).flatMap((acceleration) =>
    ['it-IT', 'de-DE'].map((language) => ({ ...cell, backend, acceleration, language })),
  ),
);

it('settings have the same order within a language and over all', () => {
  const nameOf = ({ backend, acceleration }: (typeof cells)[number]) => `${backend} ${acceleration}`;
  const german = cells.filter(({ language }) => language === 'de-DE').toSorted(compareCells);
  const all = new Set(cells.toSorted(compareSettings).map(nameOf));
  expect([...all]).toEqual(german.map(nameOf));
  expect([...all]).toEqual(['a none', 'a high', 'a full', 'b none', 'b high', 'b full']);
});
