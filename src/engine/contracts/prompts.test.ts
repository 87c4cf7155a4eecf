import { expect, test } from 'vitest';
import { promptFacts, TRAINED_PROMPTS } from './prompts.ts';

test('Norwegian has a prompt by its two letters', () => {
  expect(promptFacts(TRAINED_PROMPTS).prompts!.get('no')).toBe(27);
});

test('a bare language is the region that the model was trained with, and one without its own is none', () => {
  const { es, pt, ja, zh } = TRAINED_PROMPTS;
  expect([es, pt]).toEqual([TRAINED_PROMPTS['es-US'], TRAINED_PROMPTS['pt-PT']]);
  expect([ja, zh]).toEqual([undefined, undefined]);
});
