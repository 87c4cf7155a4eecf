import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateCheck } from '../../stats/gate-result.ts';
import type { Cell, ReportInput } from '../../types.ts';
import { axeViolations, executablePath, launchBrowser, openPage, overflowOf, unfold } from '../__fixtures__/browser.ts';
import { comparisons } from '../__fixtures__/comparisons.ts';
import { hostileTexts, reportInput } from '../__fixtures__/report-input.ts';
import { silence } from '../__fixtures__/silence.ts';
import { renderHistory } from '../history-page.ts';
import { renderGatePage } from './page.ts';

const views = [
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

/** Two languages, one of them from right to left, with the comparisons of their cells. */
function small(options: { readonly hostile?: boolean } = {}): {
  readonly input: ReportInput;
  readonly compared: readonly Comparison[];
} {
  const [input, plain] = [reportInput(options), reportInput()];
  const isKept = ({ language, backend }: Cell): boolean =>
    ['ar-EG', 'en-US'].includes(language) && backend === 'onnx-local';
  const kept = plain.summary.cells.flatMap(({ cell }, index) => (isKept(cell) ? [index] : []));
  const cells = kept.map((index) => input.summary.cells[index]!);
  const ids = new Set(cells.map(({ cell }) => JSON.stringify(cell)));
  const named = (cell: Cell): Cell =>
    input.summary.cells[plain.summary.cells.findIndex((one) => JSON.stringify(one.cell) === JSON.stringify(cell))]!
      .cell;
  return {
    input: {
      ...input,
      summary: { ...input.summary, cells },
      records: input.records.filter(({ cell }) => ids.has(JSON.stringify(cell))),
    },
    compared: comparisons()
      .filter(({ candidate }) => isKept(candidate))
      .map((one) => ({ ...one, candidate: named(one.candidate), baseline: named(one.baseline) })),
  };
}

function gatePage({ input, compared }: ReturnType<typeof small>, text: (index: number) => string): Promise<string> {
  const check = (comparison: Comparison | null, index: number): GateCheck => ({
    ...{ kind: 'regression', subject: text(index), rule: 'not worse by 0.5 points', finding: text(index + 1) },
    ...{ outcome: (['fail', 'undecided', 'pass'] as const)[index % 3]!, comparison },
  });
  return renderGatePage({
    candidate: input,
    baseline: {
      name: text(0),
      createdAt: input.run.createdAt,
      run: input,
      answers: input.records.map((record, index) => ({
        ...{ cell: record.cell, utterance: record.utterance, errors: index % 4, record },
      })),
    },
    comparisons: compared,
    unmatched: [],
    gate: { outcome: 'fail', checks: [...compared, null].map(check), remarks: [text(2)] },
    presets: [{ preset: 'raw', comparisons: compared }],
    differences: [text(3)],
    command: ['gate', text(4)],
    loadClip: () => Promise.resolve(silence()),
  });
}

function historyPage({ input }: ReturnType<typeof small>, text: (index: number) => string): Promise<string> {
  const folders = Array.from({ length: 6 }, (_, index) => `${index}${text(index)}`);
  const runs = folders.map((folder, index) => ({
    ...{ folder, summary: input.summary },
    run: { ...input.run, createdAt: `2026-01-0${index + 1}T00:00:00Z` },
  }));
  const series = input.summary.cells.slice(0, 4).flatMap(({ cell, metrics, primaryMetric }) =>
    (['errorRate', 'latencyP50', 'costPerMinuteUsd'] as const).map((metric) => ({
      ...{ cell, metric },
      points: runs.map(({ folder, run }) => ({
        ...{ folder, createdAt: run.createdAt },
        estimate: metrics[metric === 'errorRate' ? primaryMetric : metric]!,
      })),
      changes: [{ folder: folders[3]!, before: 0.01, after: 0.1, q: 0.004, causes: [text(1), text(2)] }],
    })),
  );
  return renderHistory({ series, runs, command: ['history', text(4)], earshotVersion: '0.0.0' });
}

// Long enough for a loaded machine; a healthy one needs a few seconds.
const patience = { timeout: 180_000 };

describe.skipIf(!existsSync(executablePath))(
  'pages over several runs in a browser (skipped without /usr/bin/chromium)',
  patience,
  () => {
    let browser: Browser;
    let folder: string;
    const file = (name: string): string => join(folder, `${name}.html`);

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'earshot-pages-'));
      const harmless = (index: number): string => `text ${index}`;
      const hostile = (index: number): string => hostileTexts[index % hostileTexts.length]!;
      const [plainRuns, hostileRuns] = [small(), small({ hostile: true })];
      await writeFile(file('gate'), await gatePage(plainRuns, harmless));
      await writeFile(file('history'), await historyPage(plainRuns, harmless));
      await writeFile(file('hostile-gate'), await gatePage(hostileRuns, hostile));
      await writeFile(file('hostile-history'), await historyPage(hostileRuns, hostile));
      browser = await launchBrowser();
    }, patience.timeout);

    afterAll(async () => {
      await browser.close();
    });

    describe.each(['gate', 'history'])('%s', (name) => {
      it.each(views)('passes axe at $width px in $colorScheme colors', async ({ width, colorScheme }) => {
        const viewport = { width, height: 900 };
        const { page, complaints } = await openPage(browser, file(name), { viewport, colorScheme, bypassCSP: true });
        await unfold(page);
        expect(await page.locator('[data-plot] svg path').count()).toBeGreaterThan(5);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        expect(await axeViolations(page)).toEqual([]);
        await page.context().close();
      });

      it('keeps hostile text inert and inside the page at 360 px', async () => {
        const viewport = { width: 360, height: 900 };
        const { page, complaints } = await openPage(browser, file(`hostile-${name}`), { viewport });
        await unfold(page);
        expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
        const foreign = 'img, iframe, object, embed, link, form:not(.vega-bindings), main script, main svg[onload]';
        expect(await page.locator(foreign).count()).toBe(0);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        await page.context().close();
      });

      it('sorts by keyboard, and a number says what it rests on and leads to its definition', async () => {
        const { page, complaints } = await openPage(browser, file(name), { viewport: { width: 1280, height: 900 } });
        const [table, column, meaning] =
          name === 'gate'
            ? ['Verdicts per cell', 'Difference, points', 'difference']
            : ['The newest value of each cell', 'Error rate', 'errorRate'];
        const figures = page.getByRole('table', { name: table });
        await figures.getByRole('button', { name: column }).focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Space');
        expect(await figures.getByRole('columnheader', { name: column }).getAttribute('aria-sort')).toBe('descending');
        const cells = await figures.locator(`td[data-metric="${meaning}"]`).all();
        const values = await Promise.all(cells.map(async (cell) => Number(await cell.getAttribute('data-value'))));
        expect(values.length).toBeGreaterThan(3);
        expect(values).toEqual(values.toSorted((left, right) => right - left));
        await figures.locator(`td[data-metric="${meaning}"]`).first().focus();
        expect(await page.getByRole('tooltip').textContent()).toMatch(
          name === 'gate' ? /resampling 8 speakers/ : /^n = /,
        );
        await page.keyboard.press('Enter');
        expect(await page.evaluate('document.activeElement.id')).toBe(`what-${meaning}`);
        expect(complaints).toEqual([]);
        await page.context().close();
      });
    });
  },
);
