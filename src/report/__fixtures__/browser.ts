import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

export const executablePath = '/usr/bin/chromium';

/** A page, and everything in it that should not have happened. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export function launchBrowser(): Promise<Browser> {
  // Nothing but the page may use the machine, nor a network.
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu', ...quiet] });
}

/** Opens a file without a network, in a context of its own. */
export async function openPage(browser: Browser, file: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (/^(?!file:|data:|blob:)/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective))",
  );
  await page.goto(`file://${file}`);
  return { page, complaints };
}

/** Draws every chart, which pages do when one comes near what is visible. */
export async function drawCharts(page: Page): Promise<void> {
  for (const plot of await page.locator('[data-plot]').all()) {
    await plot.scrollIntoViewIfNeeded();
    await plot.locator('svg').waitFor();
  }
  await page.locator('[data-plot]:not([data-drawn])').first().waitFor({ state: 'detached' });
}

/** Draws every chart and opens all that is folded. */
export async function unfold(page: Page): Promise<void> {
  await drawCharts(page);
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
}

/** What axe-core finds wrong; the page has to be opened with `bypassCSP`. */
export async function axeViolations(page: Page): Promise<unknown> {
  await page.addScriptTag({ content: await readFile(new URL(import.meta.resolve('axe-core')), 'utf8') });
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} (${nodes.length})`))',
  );
}

/** How far the page is wider than the window, in px. */
export async function overflowOf(page: Page): Promise<number> {
  return (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number;
}

/** Which of the drawn plots have something beyond their edges, where nobody sees it. */
export function cutPlots(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('[data-plot]')].flatMap((plot) => {
    const edge = plot.querySelector('svg').getBoundingClientRect();
    const cut = [...plot.querySelectorAll('svg text')].filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 1 || bottom > edge.bottom + 1;
    });
    return cut.map((text) => plot.dataset.plot + ': ' + text.textContent);
  })`);
}
