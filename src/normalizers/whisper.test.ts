import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalize, normalizers, trace } from './index.ts';

interface Row {
  readonly normalizer: 'whisper-basic' | 'whisper-english';
  readonly category: string;
  readonly input: string;
  readonly output: string;
}

const rows = readFileSync(new URL('__fixtures__/whisper.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

describe.each(['whisper-basic', 'whisper-english'] as const)('%s', (name) => {
  it.each(rows.filter((row) => row.normalizer === name))('$category: $input', ({ input, output }) => {
    expect(normalize(normalizers[name], input, 'en')).toBe(output);
  });
});

describe('whisper-english', () => {
  const english = (text: string): string => normalize(normalizers['whisper-english'], text, 'en');

  it.each([
    ['nineteen ninety nine', '1999'],
    ['one million two hundred thirty four thousand and fifty six', '1234056'],
    ['zero hundred', '0'],
    ['three point one four million', '3140000'],
    ['point five', '.5'],
    ['minus twenty degrees', '-20 degrees'],
    ['double seven eight', '778'],
    ['ten dollars and seven cents', '$10.07'],
    ['two hundredth', '200th'],
    ['fifty per cent', '50%'],
    ['per person', 'per person'],
  ])('reads "%s" as "%s"', (text, read) => {
    expect(english(text)).toBe(read);
  });

  it('tells which rule did what', () => {
    expect(trace(normalizers['whisper-english'], "He's got twenty colours.", 'en').map((step) => step.rule)).toEqual([
      'lower-case',
      'contractions',
      'number-signs',
      'numbers',
      'spelling',
    ]);
  });
});
