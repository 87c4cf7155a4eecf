import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalize, normalizerId, normalizers, trace } from './index.ts';
import type { Normalizer, Rule } from './normalizer.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const locale = fc.constantFrom('en', 'de-CH', 'fr', 'tr', 'ar', 'he', 'hi', 'th', 'ja', 'zh-TW', 'el', 'ko', 'und');

describe.each(Object.entries(normalizers))('%s', (name, normalizer: Normalizer) => {
  it('stands in the table under its own name', () => {
    expect(normalizer.name).toBe(name);
  });

  it('makes of equal text equal text, whatever it saw between', () => {
    fc.assert(
      fc.property(text, text, locale, (one, other, tag) => {
        const first = normalize(normalizer, one, tag);
        normalize(normalizer, other, tag);
        expect(normalize(normalizer, one, tag)).toBe(first);
      }),
    );
  });

  it('ends where its trace ends', () => {
    fc.assert(
      fc.property(text, locale, (input, tag) => {
        expect(trace(normalizer, input, tag).at(-1)?.after ?? input).toBe(normalize(normalizer, input, tag));
      }),
    );
  });

  it('has rules of its own for each language that it names', () => {
    const dataOf = (tag: string): string => JSON.stringify(normalizer.rules(tag).map(({ name, data }) => [name, data]));
    for (const language of normalizer.languages) expect(dataOf(language)).not.toBe(dataOf('und'));
  });
});

/** Those that reproduce another program keep its spaces, and what a second pass would change. */
describe.each([normalizers.earshot, normalizers['case-punctuation'], normalizers.raw])('$name', (normalizer) => {
  it('changes its own result no further', () => {
    fc.assert(
      fc.property(text, locale, (input, tag) => {
        const once = normalize(normalizer, input, tag);
        expect(normalize(normalizer, once, tag)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves no space at the ends and no two together', () => {
    fc.assert(
      fc.property(text, locale, (input, tag) => {
        expect(normalize(normalizer, input, tag)).not.toMatch(/^\s|\s$|\s\s/u);
      }),
    );
  });
});

describe('identity', () => {
  const rule: Rule = { name: 'r', data: 'd', apply: (input) => input };
  const normalizer: Normalizer = { name: 'n', version: '2', summary: '', languages: [], rules: () => [rule] };

  it('is name@version#hash', () => {
    expect(normalizerId(normalizer)).toBe('n@2#f6d95c2f43869a9d');
  });

  it('changes with names and data of rules, in any language', () => {
    const other = (changed: Partial<Normalizer>): string => normalizerId({ ...normalizer, ...changed });
    const ids = [
      normalizerId(normalizer),
      other({ rules: () => [{ ...rule, name: 'q' }] }),
      other({ rules: () => [{ ...rule, data: 'e' }] }),
      other({ rules: () => [rule, rule] }),
      other({ languages: ['tr'], rules: (tag) => (tag === 'tr' ? [rule, rule] : [rule]) }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('trace', () => {
  it('tells which rule made what of the text', () => {
    expect(trace(normalizers.earshot, 'Don’t pay £20!', 'en')).toEqual([
      { rule: 'lower-case', before: 'Don’t pay £20!', after: 'don’t pay £20!' },
      { rule: 'amounts', before: 'don’t pay £20!', after: 'don’t pay 20 pound !' },
      { rule: 'punctuation', before: 'don’t pay 20 pound !', after: "don't pay 20 pound  " },
      { rule: 'contractions', before: "don't pay 20 pound  ", after: 'do not pay 20 pound' },
    ]);
  });
});

describe('presets', () => {
  it('raw lets case and punctuation count', () => {
    expect(normalize(normalizers.raw, ' Hello,  World! ', 'en')).toBe('Hello, World!');
  });

  it('case-punctuation splits at apostrophes, keeps combining marks', () => {
    expect(normalize(normalizers['case-punctuation'], "Don't — हिन्दी, 3.14!", 'en')).toBe('don t हिन्दी 3 14');
  });
});
