import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locales } from './corpora/locales.ts';
import { primaryLanguage } from './text/language.ts';
import { normalize } from './normalizers/apply.ts';
import { earshot } from './normalizers/earshot.ts';
import { NUMBER_LANGUAGES } from './normalizers/rules/numbers/index.ts';

/** Words of the locale's own tables: its numbers, and texts that its rules change. */
function vocabulary(locale: string): string[] {
  const language = primaryLanguage(locale);
  const files = [locale, language, language === 'no' ? 'nb' : language]
    .flatMap((name) => [`numbers/${name}.tsv`, `earshot/${name}.tsv`])
    .map((name) => new URL(`normalizers/__fixtures__/${name}`, import.meta.url))
    .filter((file) => existsSync(file));
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...new Set(text.split(/\s+/u))];
}

const digits = fc.oneof(
  fc.nat({ max: 99 }).map(String),
  fc.nat({ max: 9_999_999_999 }).map(String),
  fc.stringMatching(/^\d{1,3}([.,  ]\d{1,3}){0,3}(%|º|\.|km|-5)?$/u),
  fc.constantFrom('10:30', '21.5.2021', '-5', '½', '2½', '$5', '5 €', '007', '555-1234', '1'),
);
const separator = fc.constantFrom(' ', ' ', ' ', ', ', '. ', '-', '\u00a0', '');

describe.each(Object.keys(locales))('%s', (locale) => {
  const words = vocabulary(locale);
  const token = words.length === 0 ? digits : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, digits);
  const text = fc
    .array(fc.tuple(token, separator), { maxLength: 8 })
    .map((parts) => parts.map(([word, behind]) => word + behind).join(''));

  it('changes no further what it made of numbers and words', () => {
    fc.assert(
      fc.property(text, (input) => {
        const once = normalize(earshot, input, locale);
        expect(normalize(earshot, once, locale)).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  it('finds nothing in its tables for a word that every object has', () => {
    expect(normalize(earshot, 'Constructor, constructor of 2.', locale)).toBe('constructor constructor of 2');
  });

  it('has number rules', () => {
    expect(NUMBER_LANGUAGES).toContain(primaryLanguage(locale));
  });
});
