// Makes the sample report and its picture again: npm run sample
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = new URL('.', import.meta.url);
const run = 'reports/sample/run';

rmSync(run, { recursive: true, force: true });
earshot('run', 'configs/quickstart.yaml', '--out', run);
earshot('report', run, '--format', 'markdown', '--out', 'reports/sample/report.md');
// Little audio, because it is committed.
earshot('report', run, '--max-audio-mb', '0.2', '--out', 'reports/sample/report.html');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1120, height: 1000 }, colorScheme: 'light' });
await page.goto(new URL('report.html', folder).href);
await page.screenshot({ path: new URL('report.png', folder).pathname });
await browser.close();

function earshot(...args) {
  const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 70);
}
