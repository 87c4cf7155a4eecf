import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeOf, wholePartials } from './partials.ts';

describe('stored partials', () => {
  test('give back the texts that were shown, whole ones among them', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '😁', '語') });
    fc.assert(
      fc.property(fc.array(fc.record({ text, isWhole: fc.boolean() })), (shown) => {
        let before = '';
        const stored = shown.map(({ text, isWhole }, atMs) => {
          const partial = isWhole ? { atMs, text } : { atMs, ...changeOf(before, text) };
          before = text;
          return partial;
        });
        // Through UTF-8, as the journal goes.
        const read = JSON.parse(Buffer.from(JSON.stringify(stored)).toString('utf8')) as typeof stored;
        expect(wholePartials(read)).toEqual(shown.map(({ text }, atMs) => ({ atMs, text })));
      }),
    );
  });

  test('never part a pair of surrogates', () => {
    expect(changeOf('a😀', 'a😁')).toEqual({ keep: 1, add: '😁' });
  });

  test('of a text that grows take no more room than the text', () => {
    let text = '';
    let added = 0;
    for (let i = 0; i < 1000; i++) {
      const next = `${text} word`;
      added += changeOf(text, next).add.length;
      text = next;
    }
    expect(added).toBe(text.length);
  });
});
