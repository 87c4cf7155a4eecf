import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from '../src/analyze.ts';
import { reportOptions } from '../src/cli/report-options.ts';
import { readRecords, readRun } from '../src/read-run.ts';
import { renderExplain } from '../src/report/explain/explain-page.ts';
import { renderReport } from '../src/report/html.ts';
import { writeWhole } from '../src/run-folder.ts';
import { makeRun } from './made-up-run.ts';

// Measures what the pages of a large run cost in time and memory, each in a process of its own. Run from the
// repository's root: node dist/bench/bench/reports.js [FOLDER that keeps the made-up run and its pages]

const pages: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  async report(folder) {
    const read = await readRun(folder);
    writeWhole(join(folder, 'report.html'), await renderReport(read, await reportOptions(folder, read)));
  },
  async explain(folder) {
    const { run, records } = await readRecords(folder);
    const { records: errors } = await analyze(records);
    writeWhole(join(folder, 'explain.html'), await renderExplain([{ run, name: run.name, records, errors }]));
  },
};

interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryMiB: number;
}

function measure(page: string, folder: string): Figures {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), page, folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Figures;
}

const [page, ...rest] = process.argv.slice(2);
if (page !== undefined && page in pages) {
  const startedAt = performance.now();
  await pages[page]!(rest[0]!);
  const { user, system } = process.cpuUsage();
  const figures: Figures = {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(figures));
} else {
  const folder = page ?? (await mkdtemp(join(tmpdir(), 'earshot-pages-')));
  try {
    await makeRun(folder);
    const table = [];
    for (const name of Object.keys(pages)) {
      const { seconds, cpuSeconds, peakMemoryMiB } = measure(name, folder);
      const { size } = await stat(join(folder, `${name}.html`));
      const round = (value: number) => Math.round(value * 10) / 10;
      table.push({
        page: name,
        records: 100_000,
        'time (s)': round(seconds),
        'processor (s)': round(cpuSeconds),
        'memory (MiB)': round(peakMemoryMiB),
        'size (MiB)': round(size / 2 ** 20),
      });
    }
    console.table(table);
  } finally {
    if (page === undefined) await rm(folder, { recursive: true });
  }
}
