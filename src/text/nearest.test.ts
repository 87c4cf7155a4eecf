import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it('finds the nearest word, case aside', () => {
  expect(nearest('Regulr', ['none', 'regular', 'high', 'full'])).toBe('regular');
});

it('finds none that differs in more than a third', () => {
  expect(nearest('abc', ['xyz'])).toBeNull();
});
