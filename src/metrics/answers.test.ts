import { expect, it } from 'vitest';
import { scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

const records = scored({}, { text: '' }, { text: null }, {});

it('failed is not empty and empty is not failed', () => {
  expect(valueOf(metrics.failureRate, records)).toBe(1 / 4);
  expect(valueOf(metrics.emptyRate, records)).toBe(1 / 3);
});

it('coverage counts what is missing as well', () => {
  expect(valueOf(metrics.coverage, records, 6)).toBe(1 / 2);
  expect(valueOf(metrics.coverage, [], 0)).toBeNull();
});
