import { expect, test } from 'vitest';
import { assertRanOn } from './profile.ts';

test('what ran at least in part where it was asked to is fine', () => {
  expect(() => assertRanOn('cpu', 'cpu')).not.toThrow();
  expect(() => assertRanOn('webgpu', 'webgpu, cpu')).not.toThrow();
});

test('what ran wholly elsewhere is refused by both names', () => {
  expect(() => assertRanOn('cuda', 'cpu')).toThrow(
    'the execution provider cuda was asked for, but cpu ran the encoder; allowFallback: true measures it all the same',
  );
  expect(() => assertRanOn('webgpu', null)).toThrow(/webgpu was asked for, but nothing that could be told ran/);
});
