import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparisons } from './__fixtures__/comparisons.ts';
import { reportInput } from './__fixtures__/report-input.ts';
import { renderReport } from './html.ts';

describe('renderReport', () => {
  let page: string;

  beforeAll(async () => {
    page = await renderReport(reportInput(), { comparisons: comparisons() });
  }, 60_000);

  it('admits by its policy exactly the scripts and the style that it holds, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    const texts = [...page.matchAll(/<(script|style)>([^]*?)<\/\1>/g)].map(([, tag, text]) => ({ tag, text: text! }));
    expect(texts.map(({ tag }) => tag)).toEqual(['style', 'script', 'script', 'script']);
    const hashes = texts.map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashes.slice(1).join(' ')}; style-src ${hashes[0]!}; img-src data:; ` +
        `media-src data: blob:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('refers to nothing outside of itself and has no handlers or styles in its tags', () => {
    const markup = page.replace(/<(script|style)[^>]*>[^]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/\s(?:src|href|srcset|action|data)="(?!#|data:)/);
    expect(markup).not.toMatch(/<[^>]+\s(?:on\w+|style)=/);
  });

  it('gives the same page for the same run', async () => {
    expect(await renderReport(reportInput(), { comparisons: comparisons() })).toBe(page);
  });

  it('shows every interval of the headline table', () => {
    const table = /<table data-sortable class="cells"[^>]*>[^]*?<\/table>/.exec(page)![0];
    const columns = [
      'wer',
      'cer',
      'latencyP50',
      'latencyP95',
      'firstPartialP50',
      'emissionDelayP50',
      'rtf',
      'costPerMinuteUsd',
    ];
    const intervals = reportInput().summary.cells.flatMap(({ metrics }) =>
      columns.filter((name) => metrics[name]?.interval != null),
    );
    expect(table.match(/<small>[^<]*[–][^<]*<\/small>/g)).toHaveLength(intervals.length);
  });

  it('says before all numbers that speech and model are synthetic, and that sessions are mixed', () => {
    const opening = page.slice(0, page.indexOf('id="results"'));
    expect(opening).toContain('<strong>Synthetic.</strong>');
    expect(opening).toContain('<strong>Resumed run.</strong>');
    expect(opening).toContain('<strong>Other provider.</strong>');
  });

  it('draws a run in which nothing ran', async () => {
    const input = reportInput();
    const run = { ...input.run, question: null, corpora: [], recognizers: {}, stretches: [] };
    const empty = await renderReport({ run, summary: { ...input.summary, cells: [] }, records: [] });
    expect(empty).toContain('FAL_KEY is not set');
    expect(empty).toContain('There are no answers.');
  });
});
