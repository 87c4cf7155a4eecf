import { describe, expect, it } from 'vitest';
import { hostileTexts, reportInput } from './__fixtures__/report-input.ts';
import { renderMarkdown } from './markdown.ts';

describe('renderMarkdown', () => {
  it('tells the findings and a row per cell', () => {
    const text = renderMarkdown(reportInput());
    expect(text).toMatch(/^# fixture sweep\n/);
    expect(text).toContain('**Synthetic speech**');
    expect(text.match(/^\| [a-z]{2}-[A-Z]{2}/gm)).toHaveLength(reportInput().summary.cells.length);
  });

  it('lets no text from outside become markup, a mention, or a border of the table', () => {
    const input = reportInput();
    const [first] = input.summary.cells;
    for (const backend of [...hostileTexts.slice(0, 3), '@everyone | **x** [a](b) `c`\n# d']) {
      const cell = { ...first!, cell: { ...first!.cell, backend } };
      const run = { ...input.run, name: backend, question: backend };
      const text = renderMarkdown({ ...input, run, summary: { ...input.summary, cells: [cell, first!] } });
      const borders = text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.split('|').length);
      expect(new Set(borders).size).toBe(1);
      expect(text).not.toMatch(/<script|<img|@everyone|\*\*x\*\*|\]\(b\)|^# d/m);
    }
  });
});
