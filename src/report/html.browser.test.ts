import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../analyze.ts';
import { measureSensitivity } from '../sensitivity.ts';
import type { Cell, ReportInput } from '../types.ts';
import {
  axeViolations,
  cutPlots,
  drawCharts,
  executablePath,
  launchBrowser,
  type OpenPage,
  openPage,
  overflowOf,
  unfold,
} from './__fixtures__/browser.ts';
import { choice, comparisons } from './__fixtures__/comparisons.ts';
import { reportInput } from './__fixtures__/report-input.ts';
import { silence } from './__fixtures__/silence.ts';
import { renderReport } from './html.ts';

const views = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

/** Every kind of content in few cells, for a check that looks at each element. */
function smallInput(): ReportInput {
  const input = reportInput();
  const isKept = ({ cell }: { readonly cell: Cell }): boolean => ['ar-EG', 'ja-JP'].includes(cell.language);
  const summary = { ...input.summary, cells: input.summary.cells.filter(isKept) };
  return { ...input, summary, records: input.records.filter(isKept) };
}

// Long enough for a loaded machine; a healthy one needs a few seconds.
const patience = { timeout: 180_000 };

describe.skipIf(!existsSync(executablePath))(
  'report in a browser (skipped without /usr/bin/chromium)',
  patience,
  () => {
    let browser: Browser;
    let folder: string;
    const files = { plain: '', hostile: '', small: '' };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'earshot-report-'));
      const loadClip = (): Promise<Uint8Array> => Promise.resolve(silence());
      const inputs = { plain: reportInput(), hostile: reportInput({ hostile: true }), small: smallInput() };
      for (const [name, input] of Object.entries(inputs)) {
        const languages = new Set(input.summary.cells.map(({ cell }) => cell.language));
        const compared = comparisons().filter(({ candidate }) => languages.has(candidate.language));
        files[name as keyof typeof inputs] = join(folder, `${name}.html`);
        await writeFile(
          join(folder, `${name}.html`),
          await renderReport(input, {
            ...{ loadClip, comparisons: compared, choice: choice(compared) },
            analysis: await analyze(input.records),
            sensitivity: measureSensitivity(input.records),
          }),
        );
      }
      browser = await launchBrowser();
    }, patience.timeout);

    afterAll(async () => {
      await browser.close();
    });

    const open = (file: keyof typeof files, options: BrowserContextOptions): Promise<OpenPage> =>
      openPage(browser, files[file], options);

    it.each(views)(
      'shows all charts at $width px in $colorScheme colors without complaint',
      async ({ width, colorScheme }) => {
        const { page, complaints } = await open('plain', { viewport: { width, height: 900 }, colorScheme });
        await drawCharts(page);
        expect(await page.locator('[data-plot] svg path').count()).toBeGreaterThan(100);
        expect(await cutPlots(page)).toEqual([]);
        // A phone that is turned and turned back.
        for (const turned of [width * 2, width]) await page.setViewportSize({ width: turned, height: 900 });
        await expect.poll(() => cutPlots(page)).toEqual([]);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await page.screenshot({ path: join(folder, `${width}-${colorScheme}.png`), fullPage: true });
        expect(complaints).toEqual([]);
        await page.context().close();
      },
    );

    it.each([views[0], views[3]])('passes axe at $width px in $colorScheme colors', async ({ width, colorScheme }) => {
      const { page } = await open('small', { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      await unfold(page);
      expect(await axeViolations(page)).toEqual([]);
      await page.context().close();
    });

    it('keeps hostile text inert and inside the page', async () => {
      const { page, complaints } = await open('hostile', { viewport: { width: 360, height: 900 } });
      await unfold(page);
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(
        await page
          .locator('img, iframe, object, embed, link, form:not(.vega-bindings), main script, main svg[onload]')
          .count(),
      ).toBe(0);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join(folder, 'hostile.png') });
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('sorts by keyboard, unknown values last, and says so to listeners', async () => {
      const { page } = await open('plain', { viewport: { width: 1280, height: 900 } });
      const head = page.locator('.cells').first().getByRole('columnheader', { name: 'First text p50' });
      const values = async (): Promise<readonly string[]> =>
        page.evaluate(
          "[...document.querySelectorAll('.cells')[0].tBodies[0].rows].map((row) => row.children[6].dataset.value)",
        );
      const known = (list: readonly string[]): readonly number[] => list.filter((value) => value !== '').map(Number);
      await head.getByRole('button').focus();
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      const ascending = await values();
      expect(known(ascending)).toEqual(known(ascending).toSorted((left, right) => left - right));
      expect(ascending.at(-1)).toBe('');
      await page.keyboard.press('Space');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      const descending = await values();
      expect(known(descending)).toEqual([...known(ascending)].reverse());
      expect(descending.at(-1)).toBe('');
      await page.context().close();
    });

    it('says what a number rests on when it is focused, and leads to its definition', async () => {
      const { page, complaints } = await open('plain', { viewport: { width: 1280, height: 900 } });
      await page.locator('.cells td[tabindex="0"]').first().focus();
      await page.keyboard.press('ArrowDown');
      const note = page.getByRole('tooltip');
      expect(await note.textContent()).toBe('Seconds of audio that the recognizer takes at a time');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await note.textContent()).toMatch(/^n = \d+; 95% interval from resampling 8 speakers/);
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('what-cer');
      expect(await note.isVisible()).toBe(false);
      await page.evaluate("document.querySelector('#word-error-rate details').open = true");
      await page.locator('#word-error-rate td[tabindex="0"]').focus();
      await page.keyboard.press('ArrowDown');
      expect(await note.textContent()).toMatch(/^Each point is a pooled rate/);
      // Row heads are no numbers.
      await page.keyboard.press('ArrowLeft');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('TD');
      const rates = page.locator('#word-error-rate tbody td:nth-child(2)');
      await page.locator('#word-error-rate th:nth-child(2) button').press('Enter');
      const sorted = (await rates.allTextContents()).map((text) => Number.parseFloat(text));
      expect(sorted).toEqual(sorted.toSorted((left, right) => left - right));
      expect(new Set(sorted).size).toBeGreaterThan(5);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('recommends anew when a limit is moved by keyboard, and as before when that is taken back', async () => {
      const { page, complaints } = await open('plain', { viewport: { width: 1280, height: 900 } });
      const answers = async (): Promise<readonly string[]> => page.locator('[data-answer]').allTextContents();
      const taken = async (): Promise<number> => page.locator('td.taken').count();
      const [before, takenBefore] = [await answers(), await taken()];
      expect(before.length).toBe(6);
      await page.getByRole('slider', { name: 'Median latency up to' }).focus();
      await page.keyboard.press('Home');
      expect(await taken()).toBe(0);
      expect((await answers())[0]).toContain('median latency');
      expect(await page.getByRole('slider', { name: 'Median latency up to' }).getAttribute('aria-valuetext')).toBe(
        '0 ms',
      );
      await page.getByRole('button', { name: 'As in the sweep' }).press('Enter');
      expect(await answers()).toEqual(before);
      expect(await taken()).toBe(takenBefore);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('plays the clips of the worst utterances', async () => {
      const { page, complaints } = await open('plain', { viewport: { width: 1280, height: 900 } });
      expect(await page.locator('audio[controls]').count()).toBeGreaterThan(5);
      const seconds = await page.evaluate(
        `new Promise((resolve, reject) => {
        const player = document.querySelector('audio');
        player.addEventListener('loadedmetadata', () => resolve(player.duration));
        player.addEventListener('error', () => reject(new Error('cannot play')));
        player.load();
      })`,
      );
      expect(seconds).toBeCloseTo(0.1, 3);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it.each([
      ['SVG', /^<svg[^]*fill="#0072b2"/],
      // The two numbers after the name of the first part are width and height: twice those of the plot.
      ['PNG', /^.PNG\r\n\x1a\n\0\0\0\rIHDR\0\0[\x04-\x06].\0\0/],
      ['Vega-Lite', /^\{\s+"\$schema": "https:\/\/vega\.github\.io\/schema\/vega-lite\/v6\.json"/],
      // On a loaded machine Chromium has been seen to lose the event of a download that it was asked for.
    ])('saves a chart as %s', { retry: 2 }, async (form, beginning) => {
      const { page, complaints } = await open('plain', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Save “Word error rate by language and acceleration” as ${form}` }).click(),
      ]);
      const text = await readFile(await download.path(), form === 'PNG' ? 'latin1' : 'utf8');
      expect(text).toMatch(beginning);
      expect(text).not.toContain('var(--');
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('says of every number in a table how it was made', async () => {
      const { page } = await open('plain', { viewport: { width: 1280, height: 900 } });
      const silent = await page.evaluate(
        `[...document.querySelectorAll('table')].flatMap((table) => {
          const heads = [...table.querySelector('thead tr').children];
          return [...table.querySelectorAll('tbody td:not(.text)')]
            .filter((cell) => /\\d/.test(cell.textContent) && !cell.hasAttribute('tabindex'))
            .map((cell) => heads[[...cell.parentElement.children].indexOf(cell)].textContent);
        })`,
      );
      expect(silent).toEqual([]);
      const failed = page
        .getByRole('table', { name: 'Results per cell' })
        .locator('tbody tr')
        .first()
        .locator('td')
        .last();
      await failed.hover();
      expect(await page.getByRole('tooltip').textContent()).toMatch(/^Utterances that were answered, of those planned/);
      await page.context().close();
    });

    it('tells its figures without a script', async () => {
      const { page } = await open('plain', { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
      expect(await page.getByRole('table', { name: 'Results per cell' }).isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
      await page.context().close();
    });
  },
);
