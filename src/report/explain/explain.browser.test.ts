import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunInfo } from '../../types.ts';
import {
  axeViolations,
  executablePath,
  launchBrowser,
  type OpenPage,
  openPage,
  overflowOf,
  unfold,
} from '../__fixtures__/browser.ts';
import { hostileTexts, reportInput } from '../__fixtures__/report-input.ts';
import { silence } from '../__fixtures__/silence.ts';
import { explainedRun } from './__fixtures__/explained.ts';
import { renderExplain } from './explain-page.ts';

const views = [
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

// Long enough for a loaded machine; a healthy one needs a few seconds.
const patience = { timeout: 180_000 };

describe.skipIf(!existsSync(executablePath))(
  'page of errors in a browser (skipped without /usr/bin/chromium)',
  patience,
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'earshot-explain-'));
      const run: RunInfo = reportInput().run;
      const plain = await explainedRun();
      const clips = { load: () => Promise.resolve<Uint8Array>(silence()), link: () => 'clip.wav' };
      await writeFile(join(folder, 'plain.html'), await renderExplain([{ run, ...plain }], { clips }));
      const hostile = reportInput({ hostile: true });
      const input = { run: hostile.run, name: hostile.run.name, records: hostile.records, errors: new Map() };
      await writeFile(join(folder, 'hostile.html'), await renderExplain([input]));
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser.close();
    });

    async function open(file: string, view: (typeof views)[number], bypassCSP = false): Promise<OpenPage> {
      const { width, colorScheme } = view;
      const viewport = { width, height: 800 };
      const opened = await openPage(browser, join(folder, file), { viewport, colorScheme, bypassCSP });
      await opened.page.locator('#app:not([aria-busy])').waitFor();
      return opened;
    }

    it.each(views)('clicks through at $width px in $colorScheme colors without complaint', async (view) => {
      const { page, complaints } = await open('plain.html', view);
      const rows = page.locator('.row');
      expect(await page.locator('#count').textContent()).toBe('6 of 6 utterances');

      await page.keyboard.press('/');
      await page.keyboard.type('kitchen');
      await page.locator('#count', { hasText: '1 of 6' }).waitFor();
      expect(await page.locator('.aligned ins').allTextContents()).toEqual([
        'heard instead: ≠chicken',
        'heard instead: ≠night',
        'inserted: +now',
      ]);
      expect(page.url()).toContain('text=kitchen');
      await page.reload();
      await page.locator('#count', { hasText: '1 of 6' }).waitFor();

      await page.locator('.filters summary').click();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('#list').focus();
      const before = await page.locator('[aria-selected=true].row').getAttribute('data-utterance');
      await page.keyboard.press('j');
      expect(await page.locator('[aria-selected=true].row').getAttribute('data-utterance')).not.toBe(before);
      await page.keyboard.press('ArrowUp');
      expect(await page.locator('[aria-selected=true].row').getAttribute('data-utterance')).toBe(before);

      await page.getByRole('tab', { name: 'What happens often' }).click();
      await page.getByRole('button', { name: '−anna → +anne' }).click();
      await page.locator('#count', { hasText: '1 of 6' }).waitFor();
      await page.getByRole('button', { name: 'Spectrogram' }).click();
      await page.getByRole('img', { name: 'Spectrogram' }).waitFor();
      await page.getByRole('button', { name: 'Accept what they heard' }).click();
      expect(await page.getByRole('button', { name: 'Save 1 accepted as an overlay' }).isVisible()).toBe(true);

      await page.getByRole('button', { name: 'Remove this filter' }).click();
      expect(await rows.count()).toBe(6);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join(folder, `${view.width}.png`) });
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it.each(views)('passes axe at $width px in $colorScheme colors', async (view) => {
      const { page } = await open('plain.html', view, true);
      await unfold(page);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('tab', { name: 'What happens often' }).click();
      expect(await axeViolations(page)).toEqual([]);
      await page.context().close();
    });

    it('keeps hostile text inert, and only visible rows in the document', async () => {
      const { page, complaints } = await open('hostile.html', views[1]);
      const rows = page.locator('.row');
      expect(await rows.count()).toBeLessThan(40);
      for (let step = 0; step < hostileTexts.length; step++) {
        await page.keyboard.press('j');
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      }
      await page.getByRole('tab', { name: 'What happens often' }).click();
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(await page.locator('img, iframe, svg, object, form').count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  },
);
