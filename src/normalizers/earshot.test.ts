import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalize } from './apply.ts';
import { earshot } from './earshot.ts';
import { NUMBER_LANGUAGES, numberLexicon } from './rules/numbers/index.ts';

const folder = new URL('__fixtures__/earshot/', import.meta.url);
const numbers = new URL('__fixtures__/numbers/', import.meta.url);

const visible = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})|\\t/gu, (escape, code: string | undefined) =>
    code === undefined ? (escape === '\\t' ? '\t' : escape) : String.fromCharCode(parseInt(code, 16)),
  );

const rowsOf = (file: URL): string[][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t').map(visible));

/** Every `<language>.tsv` of the folder is a table of texts that are said alike, and what becomes of them. */
describe.each(readdirSync(folder).map((file) => file.replace('.tsv', '')))('%s', (language) => {
  const pairs = rowsOf(new URL(`${language}.tsv`, folder)).flatMap((columns) => {
    const result = columns.at(-1)!.normalize('NFC');
    return columns.slice(0, -1).map((text) => [text, result] as const);
  });

  it.each(pairs)('"%s" becomes "%s"', (text, result) => {
    expect(normalize(earshot, text, language)).toBe(result);
  });

  it.each(pairs)('leaves what "%s" became as it is', (_, result) => {
    expect(normalize(earshot, result, language)).toBe(result);
  });
});

/** Thousands of rows, so that a table is one test, which lists the rows that are read otherwise. */
it.each(readdirSync(numbers).map((file) => file.replace('.tsv', '')))('numbers in %s', (locale) => {
  const read = rowsOf(new URL(`${locale}.tsv`, numbers)).map(([words = '', value = '']) => {
    const result = normalize(earshot, words, locale);
    return { words, value, result, again: normalize(earshot, result, locale) };
  });
  expect(read.length).toBeGreaterThan(90);
  expect(read.filter(({ value, result, again }) => result !== value || again !== value)).toEqual([]);
});

const unitsByLanguage = NUMBER_LANGUAGES.flatMap((language) => {
  const lexicon = numberLexicon(language);
  return lexicon === null ? [] : [{ language, lexicon }];
});

it.each(unitsByLanguage)('takes no unit for a hesitation the second time: $language', ({ language, lexicon }) => {
  const { articles, one, ordinalEnding, ordinals, unitForms } = lexicon;
  // Numbers that keep their digits, that become words, ordinals, and those with a word before what they count.
  const numbers = ['2.5', '1', '11986609081', one, ...articles, `1${ordinalEnding(1)}`, '1000000 de'];
  const texts = [...Object.keys(unitForms), ...Object.values(unitForms)].flatMap((unit) =>
    numbers.concat(Object.keys(ordinals).slice(0, 1)).map((number) => `${number} ${unit}`),
  );
  const changed = texts.filter((text) => {
    const once = normalize(earshot, text, language);
    return normalize(earshot, once, language) !== once;
  });
  expect(changed).toEqual([]);
});
