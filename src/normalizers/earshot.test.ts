import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalize } from './apply.ts';
import { earshot } from './earshot.ts';

const folder = new URL('__fixtures__/earshot/', import.meta.url);

const visible = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})|\\t/gu, (escape, code: string | undefined) =>
    code === undefined ? (escape === '\\t' ? '\t' : escape) : String.fromCharCode(parseInt(code, 16)),
  );

/** Every `<language>.tsv` of the folder is a table of texts and what becomes of them. */
describe.each(readdirSync(folder).map((file) => file.replace('.tsv', '')))('%s', (language) => {
  const rows = readFileSync(new URL(`${language}.tsv`, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t').map(visible) as [string, string]);

  it.each(rows)('"%s" becomes "%s"', (before, after) => {
    expect(normalize(earshot, before, language)).toBe(after.normalize('NFC'));
  });

  it.each(rows)('leaves the result of "%s" as it is', (_, after) => {
    expect(normalize(earshot, after, language)).toBe(after.normalize('NFC'));
  });
});
