import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Recognizer } from '../src/backends/backend.ts';
import { parseConfig } from '../src/config.ts';
import { gatherFacts } from '../src/facts.ts';
import { openJournal } from '../src/journal.ts';
import { plan } from '../src/plan.ts';
import { run } from '../src/run.ts';
import type { RecognizerInfo } from '../src/types.ts';

// Measures what a large corpus costs in time and memory, each size in a process of its own. Run from the repository's
// root: node dist/bench/bench/corpora.js

const clip = resolve('datasets/spoken-commands/audio/en-US-0001.flac');
const FILES = 1000;

interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryMiB: number;
  /** Most that lived right behind a collection, in the midst of the work. */
  readonly heldMemoryMiB: number;
}

/** A manifest of so many rows over a thousand audio files. */
async function makeCorpus(folder: string, rows: number): Promise<void> {
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

async function loadPlan(folder: string) {
  const config = parseConfig(await readFile(join(folder, 'sweep.yaml'), 'utf8'), 'sweep.yaml');
  const facts = await gatherFacts(config, { folder, environment: process.env, mayAssume: false });
  return { config, facts, planned: plan(config, facts) };
}

const info: RecognizerInfo = {
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

const recognizer: Recognizer = {
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

const MiB = 2 ** 20;

/** Watches what outlives a collection: the peak of a process is mostly what its collector has not got round to. */
class HeldMemory {
  mostMiB = 0;

  sample(): void {
    globalThis.gc!();
    const { heapUsed, external } = process.memoryUsage();
    this.mostMiB = Math.max(this.mostMiB, (heapUsed + external) / MiB);
  }
}

const held = new HeldMemory();

async function runSweep(folder: string): Promise<void> {
  let records = 0;
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
    onRecord: () => ++records % 250 === 0 && held.sample(),
  });
  journal.close();
}

const stages: Readonly<Record<string, (folder: string) => Promise<unknown>>> = { plan: loadPlan, run: runSweep };

async function measure(stage: string, rows: number): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-scale-'));
  try {
    await makeCorpus(folder, rows);
    const args = [fileURLToPath(import.meta.url), stage, folder];
    // A small heap shows what is held; with a large one, the collector only tidies up later.
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=96', '--expose-gc', ...args],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [stage, folder] = process.argv.slice(2);
if (stage !== undefined && folder !== undefined) {
  const startedAt = performance.now();
  await stages[stage]!(folder);
  if (stage === 'plan') held.sample();
  const { user, system } = process.cpuUsage();
  const figures: Figures = {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
    heldMemoryMiB: held.mostMiB,
  };
  process.stdout.write(JSON.stringify(figures));
} else {
  const table = [];
  for (const [what, rows] of [
    ['plan', 1_000_000],
    ['run', 1_000],
    ['run', 100_000],
  ] as const) {
    const { seconds, cpuSeconds, peakMemoryMiB, heldMemoryMiB } = await measure(what, rows);
    const round = (value: number) => Math.round(value * 10) / 10;
    const figures = {
      'time (s)': round(seconds),
      'processor (s)': round(cpuSeconds),
      'peak (MiB)': round(peakMemoryMiB),
      'held (MiB)': round(heldMemoryMiB),
    };
    table.push({ what, utterances: rows, ...figures });
  }
  console.table(table);
}
