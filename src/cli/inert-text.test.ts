import { expect, it } from 'vitest';
import { inertText } from './inert-text.ts';
import { formatTable } from './terminal.ts';

it('spells out escapes, line breaks and direction controls, and keeps every script', () => {
  expect(inertText('a\u001b[2Jb\r\nc\u202etxt.exe\u009b')).toBe(
    'a<U+001B>[2Jb<U+000D><U+000A>c<U+202E>txt.exe<U+009B>',
  );
  const plain = 'de-DE\u00a0· 日本語 עברית क्षि e\u0301 👩🏽‍💻';
  expect(inertText(plain)).toBe(plain);
});

it('keeps a row of a table on its line', () => {
  const table = formatTable(['name', 'n'], [['a\n\u001b[1Ab', '1']], ['left', 'right']);
  expect(table.split('\n')).toHaveLength(3);
  expect(table).toContain('a<U+000A><U+001B>[1Ab  1');
});
