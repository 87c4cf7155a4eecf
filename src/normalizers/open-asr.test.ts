import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalize, normalizers } from './index.ts';

interface Row {
  readonly locale: 'en' | 'und';
  readonly category: string;
  readonly input: string;
  readonly output: string;
}

const rows = readFileSync(new URL('__fixtures__/open-asr.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

describe.each(['en', 'und'] as const)('open-asr in %s', (locale) => {
  it.each(rows.filter((row) => row.locale === locale))('$category: $input', ({ input, output }) => {
    expect(normalize(normalizers['open-asr'], input, locale)).toBe(output);
  });
});
