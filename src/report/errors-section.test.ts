import { describe, expect, it } from 'vitest';
import { cell, record } from '../__fixtures__/records.ts';
import { analyze } from '../analyze.ts';
import { normalizers } from '../normalizers/index.ts';
import { score } from '../score.ts';
import { measureSensitivity } from '../sensitivity.ts';
import { hostileTexts, reportInput } from './__fixtures__/report-input.ts';
import { errorsSection } from './errors-section.ts';
import { renderMarkdown } from './markdown.ts';
import { sensitivitySection } from './sensitivity-section.ts';

function backend(name: string) {
  return { ...cell, language: 'en-US', backend: name };
}

const records = score(
  [
    record({ utterance: 'a', cell: backend('digits'), reference: '25 red ships', text: '25 bed ships' }),
    record({ utterance: 'a', cell: backend('words'), reference: '25 red ships', text: 'twenty five red ships' }),
    record({ utterance: 'b', cell: backend('words'), reference: '', text: 'Thank you.' }),
    ...hostileTexts.map((text, i) =>
      record({ utterance: `<img>${i}`, cell: backend('words'), reference: text, text: `${text} <b>x</b> |` }),
    ),
  ],
  { normalizer: normalizers['case-punctuation'] },
);

describe('errors and normalizers in a report', () => {
  it('shows shares, flags and confusions, with all text escaped', async () => {
    const page = errorsSection(await analyze(records))!.toString();
    expect(page).toContain('Number format');
    expect(page).toMatch(/Signs of hallucination[^<]*\d answers? of 8/);
    expect(page).toMatch(/<del[^]*?red[^]*?<ins[^]*?bed/);
    expect(page).not.toMatch(/<(script|img|svg|b>x)/);
  });

  it('shows the rank flip with the rule behind it', () => {
    const page = sensitivitySection(measureSensitivity(records.slice(0, 2)))!.toString();
    expect(page).toMatch(
      /digits[^]*better than[^]*words[^]*under case-punctuation[^]*worse under earshot: number-words −/,
    );
  });

  it('says so where there is nothing to show', async () => {
    const none = score([record({ cell: backend('words') })], { normalizer: normalizers.raw });
    expect(errorsSection(await analyze(none))!.toString()).toContain('No answer had an error.');
    expect(errorsSection(undefined)).toBeNull();
    expect(sensitivitySection(undefined)).toBeNull();
    expect(sensitivitySection(null)!.toString()).toContain('Not measured');
    expect(sensitivitySection(measureSensitivity(none))!.toString()).toContain('No two settings');
  });

  it('keeps the tables of Markdown whole', async () => {
    const text = renderMarkdown(reportInput(), {
      analysis: await analyze(records),
      sensitivity: measureSensitivity(records),
    });
    const [, errors, sensitivity] = text.split(/^## /m);
    for (const part of [errors!, sensitivity!]) {
      const rows = part.split('\n').filter((line) => line.startsWith('|'));
      expect(rows).toHaveLength(4);
      expect(new Set(rows.map((line) => line.split('|').length)).size).toBe(1);
    }
    expect(text).not.toMatch(/<script|<img|<b>/);
  });
});
