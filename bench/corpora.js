import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../src/config.js';
import { gatherFacts } from '../src/facts.js';
import { openJournal } from '../src/journal.js';
import { plan } from '../src/plan.js';
import { run } from '../src/run.js';
// Measures what a large corpus costs in time and memory, each size in a process of its own. Run from the repository's
// root: node dist/bench/bench/corpora.js
const clip = resolve('datasets/spoken-commands/audio/en-US-0001.flac');
const FILES = 1000;
/** A manifest of so many rows over a thousand audio files. */
async function makeCorpus(folder, rows) {
  await mkdir(join(folder, 'audio'), { recursive: true });
  for (let file = 0; file < FILES; file++) await copyFile(clip, join(folder, `audio/${file}.flac`));
  const lines = function* () {
    for (let row = 0; row < rows; row++) {
      const fields = {
        id: `utterance-${row}`,
        audio_filepath: `audio/${row % FILES}.flac`,
        duration: 1 + (row % 200) / 10,
        text: 'the quick brown fox jumps over the lazy dog again',
        lang: 'en-US',
        speaker: `s${row % 5000}`,
      };
      yield `${JSON.stringify(fields)}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'manifest.jsonl')));
  await writeFile(
    join(folder, 'sweep.yaml'),
    `name: scale
corpora: { c: { path: . } }
backends: { tiny: { kind: onnx, model: ${resolve('models/tiny-fastconformer')} } }
matrix: { language: en-US }
`,
  );
}
async function loadPlan(folder) {
  const config = parseConfig(await readFile(join(folder, 'sweep.yaml'), 'utf8'), 'sweep.yaml');
  const facts = await gatherFacts(config, folder, process.env);
  return { config, facts, planned: plan(config, facts) };
}
const info = {
  model: 'nothing',
  description: 'answers at once',
  modelSha256: null,
  precision: null,
  requestedProvider: null,
  effectiveProvider: null,
  threads: null,
  loadMs: null,
  peakMemoryMiB: null,
};
const recognizer = {
  info,
  transcribe: () =>
    Promise.resolve({
      text: 'the quick brown fox',
      detectedLanguage: null,
      delivery: 'batch',
      partials: null,
      words: null,
      latencyMs: 1,
      spans: {},
      costUsd: 0,
      audioSha256: null,
      heardSeconds: null,
    }),
  close: () => Promise.resolve(info),
};
async function runSweep(folder) {
  const { config, facts, planned } = await loadPlan(folder);
  const journal = openJournal(join(folder, 'results.jsonl'));
  await run({
    config,
    cells: planned.cells.map(({ cell }) => cell),
    corpora: facts.corpora,
    backends: [
      {
        name: 'tiny',
        location: 'local',
        concurrency: 1,
        usdPerAudioMinute: null,
        open: () => Promise.resolve(recognizer),
      },
    ],
    done: new Set(),
    journal,
    stretch: 0,
    earlierRecognizers: {},
    now: () => performance.now(),
    signal: new AbortController().signal,
    maxUsd: null,
    spentUsd: 0,
    folder,
    onOpen: () => undefined,
    onRecord: () => undefined,
  });
  journal.close();
}
const stages = { plan: loadPlan, run: runSweep };
async function measure(stage, rows) {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-scale-'));
  try {
    await makeCorpus(folder, rows);
    const args = [fileURLToPath(import.meta.url), stage, folder];
    // A small heap shows what is held; with a large one, the collector only tidies up later.
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=96', ...args], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
const [stage, folder] = process.argv.slice(2);
if (stage !== undefined && folder !== undefined) {
  const startedAt = performance.now();
  await stages[stage](folder);
  const { user, system } = process.cpuUsage();
  const figures = {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(figures));
} else {
  const table = [];
  for (const [what, rows] of [
    ['plan', 1_000_000],
    ['run', 1_000],
    ['run', 100_000],
  ]) {
    const { seconds, cpuSeconds, peakMemoryMiB } = await measure(what, rows);
    const round = (value) => Math.round(value * 10) / 10;
    const figures = {
      'time (s)': round(seconds),
      'processor (s)': round(cpuSeconds),
      'memory (MiB)': round(peakMemoryMiB),
    };
    table.push({ what, utterances: rows, ...figures });
  }
  console.table(table);
}
