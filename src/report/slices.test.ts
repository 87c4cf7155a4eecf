import { expect, it } from 'vitest';
import { cell, record } from '../__fixtures__/records.ts';
import { normalizers } from '../normalizers/index.ts';
import { score } from '../score.ts';
import type { ResultRecord } from '../types.ts';
import { sliceErrors } from './slices.ts';
import { slicesSection } from './slices-section.ts';

const accelerations = ['none', 'full'] as const;

/** Eight speakers, of whom the women are misheard at `full`; noise in many steps. */
const records: readonly ResultRecord[] = accelerations.flatMap((acceleration) =>
  Array.from({ length: 24 }, (_, i) => {
    const gender = i % 2 === 0 ? 'female' : 'male';
    return record({
      ...{ key: `${acceleration}${i}`, utterance: `u${i}`, speaker: `s${i % 8}`, cell: { ...cell, acceleration } },
      text: acceleration === 'full' && gender === 'female' && i < 12 ? 'a b x y' : 'a b c d',
      attributes: { gender, id: `only ${i}`, snrDb: i, same: 'x', age: i === 0 ? null : i % 3 },
    });
  }),
);
const sliced = sliceErrors(score(records, { normalizer: normalizers.earshot }));
const slicesBy = (field: string) => sliced.find((one) => one.field === field)!.slices;
const sizesBy = (field: string) => slicesBy(field).map(({ value, rates }) => [value, rates[0]!.n]);

it('counts each group of each cell apart', () => {
  expect(slicesBy('gender').map(({ value, rates }) => [value, ...rates.map(({ rate, n }) => [rate, n])])).toEqual([
    ['female', [0, 12], [0.25, 12]],
    ['male', [0, 12], [0, 12]],
  ]);
});

it('makes thirds of numbers with many values, and leaves out who has none', () => {
  expect(sizesBy('snrDb')).toEqual([
    ['up to 7.67', 8],
    ['7.67 to 15.3', 8],
    ['over 15.3', 8],
  ]);
  expect(sizesBy('age')).toEqual([
    ['0', 7],
    ['1', 8],
    ['2', 8],
  ]);
});

it('leaves out fields that tell nothing apart, or everything', () => {
  expect(sliced.map(({ field }) => field)).toEqual(['gender', 'id', 'snrDb', 'age', 'speaker']);
  const many = Array.from({ length: 30 }, (_, i) =>
    record({ utterance: `u${i}`, key: `${i}`, attributes: { id: `${i}` } }),
  );
  expect(sliceErrors(score(many, { normalizer: normalizers.earshot }))).toEqual([]);
  expect(slicesSection([])).toBeNull();
});

it('gives intervals by speaker, and none to one speaker', () => {
  const female = sliced.find(({ field }) => field === 'gender')!.slices[0]!.rates[1]!;
  expect(female).toMatchObject({ resampled: 'speaker', blocks: 4 });
  const speaker = sliced.find(({ field }) => field === 'speaker')!.slices[0]!.rates[1]!;
  expect(speaker).toMatchObject({ interval: null, blocks: 1, n: 3 });
});

it('names groups as text, whatever they hold', () => {
  const hostile = records.map((one) => ({
    ...one,
    attributes: { '<b>': one.utterance < 'u2' ? '<script>' : '\u202e' },
  }));
  const page = slicesSection(sliceErrors(score(hostile, { normalizer: normalizers.earshot })))!.toString();
  expect(page).not.toMatch(/<script>|<b>"|\u202e/);
  expect(page).toContain('&lt;script&gt;');
});
