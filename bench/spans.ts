import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { falBackend } from '../src/backends/fal.ts';
import type { Bill } from '../src/server/ledger.ts';
import { quantile } from '../src/stats/quantiles.ts';
import type { Hypothesis } from '../src/types.ts';

// Holds what the client measures against what the server did: `earshot serve` waits for known, random times, each request
// in a queue and at work, and writes them into its ledger. Server and client are processes of their own.

const calls = 300;
const lanes = 2;

/** What has to hold of measured − true, in milliseconds; a poll may add its interval. */
const tolerance = { p50: 15, p99: 100 };

const faults = {
  seed: 5,
  latency: { queueMs: { uniform: [20, 120] }, inferenceMs: { lognormal: { median: 40, sigma: 0.6 } } },
};

const watches: readonly { readonly name: string; readonly settings: object; readonly slackMs: number }[] = [
  { name: 'run', settings: { transport: 'run' }, slackMs: 0 },
  { name: 'stream', settings: { transport: 'stream' }, slackMs: 0 },
  { name: 'queue, events', settings: { transport: 'queue' }, slackMs: 0 },
  { name: 'queue, poll 50 ms', settings: { transport: 'queue', pollIntervalMs: 50 }, slackMs: 50 },
];

interface Row {
  readonly transport: string;
  readonly span: string;
  readonly n: number;
  readonly 'true p50 (ms)': number;
  readonly 'error p50 (ms)': number;
  readonly 'error p99 (ms)': number;
  readonly 'within tolerance': boolean;
}

type Pair = readonly [measuredMs: number, trueMs: number];

async function startServer(folder: string): Promise<{ readonly url: string; stop(): void }> {
  await writeFile(join(folder, 'faults.json'), JSON.stringify(faults));
  const files = ['--faults', join(folder, 'faults.json'), '--ledger', join(folder, 'ledger.jsonl')];
  const args = [resolve('dist/cli/main.js'), 'serve', '--concurrency', String(lanes), ...files];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (text: Buffer) => {
      const line = /listening on (\S+)/.exec(text.toString());
      if (line) found(line[1]!);
    });
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return { url, stop: () => void child.kill() };
}

async function measure(target: string, settings: object): Promise<readonly Hypothesis[]> {
  const recognizer = await falBackend.open(falBackend.settings.parse({ target, concurrency: lanes, ...settings }), '.');
  const folder = resolve('datasets/spoken-commands/audio');
  const names = (await readdir(folder)).filter((name) => name.startsWith('en-US'));
  const answers: Hypothesis[] = [];
  let next = 0;
  const lane = async () => {
    while (next < calls) {
      const path = join(folder, names[next++ % names.length]!);
      const audio = { path, offsetSeconds: 0, durationSeconds: null };
      answers.push(await recognizer.transcribe(audio, { language: 'en-US', acceleration: 'none' }));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers.filter(({ hosted }) => !hosted!.cold);
}

function row(transport: string, span: string, pairs: readonly Pair[], slackMs: number): Row {
  const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other);
  const at = (values: readonly number[], share: number) => Number(quantile(sorted(values), share)!.toFixed(1));
  const errors = pairs.map(([measured, truth]) => Math.abs(measured - truth));
  const [p50, p99] = [at(errors, 0.5), at(errors, 0.99)];
  return {
    ...{ transport, span, n: pairs.length },
    'true p50 (ms)': at(
      pairs.map(([, truth]) => truth),
      0.5,
    ),
    'error p50 (ms)': p50,
    'error p99 (ms)': p99,
    'within tolerance': p50 <= tolerance.p50 + slackMs && p99 <= tolerance.p99 + slackMs,
  };
}

const folder = await mkdtemp(join(tmpdir(), 'earshot-spans-'));
const server = await startServer(folder);
const rows: Row[] = [];
try {
  for (const { name, settings, slackMs } of watches) {
    const answers = await measure(server.url, settings);
    const lines = (await readFile(join(folder, 'ledger.jsonl'), 'utf8')).trim().split('\n');
    const bills = new Map(lines.map((line) => JSON.parse(line) as Bill).map((bill) => [bill.requestId, bill]));
    const pairsOf = (pair: (answer: Hypothesis, bill: Bill) => readonly [number | null | undefined, number]) => {
      return answers.flatMap((answer): Pair[] => {
        const [measured, truth] = pair(answer, bills.get(answer.hosted!.requestId!)!);
        return measured === null || measured === undefined ? [] : [[measured, truth]];
      });
    };
    const whole = pairsOf(({ latencyMs }, { queueMs, inferenceMs }) => [latencyMs, queueMs + inferenceMs]);
    rows.push(row(name, 'latency', whole, slackMs));
    if (!name.startsWith('queue')) continue;
    const queue = pairsOf(({ spans }, { queueMs }) => [spans.queueMs, queueMs]);
    rows.push(row(name, 'queue', queue, slackMs));
    rows.push(
      row(
        name,
        'inference',
        pairsOf(({ spans }, bill) => [spans.inferenceMs, bill.inferenceMs]),
        0,
      ),
    );
  }
} finally {
  server.stop();
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);
console.log(`Tolerance: ${tolerance.p50} ms at p50 and ${tolerance.p99} ms at p99; a poll may add its interval.`);
process.exitCode = rows.every((one) => one['within tolerance']) ? 0 : 1;
