import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeClips } from './local-server.ts';

const command = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** A sweep of short clips against fal backends, in a folder of its own. */
export interface Sweep {
  readonly config: string;
  /** Where the run writes. */
  readonly out: string;
}

/** Writes clips, their manifest and the configuration; `backends` are settings of fal backends by name. */
export function writeSweep(utterances: number, backends: Readonly<Record<string, object>>): Sweep {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-sweep-'));
  const rows = writeClips(utterances).map(({ path }, index) => {
    return { id: `u${index}`, audio_filepath: path, duration: 0.1, text: 'ok', lang: 'en-US' };
  });
  writeFileSync(join(folder, 'manifest.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const config = {
    name: 'storm',
    corpora: { clips: { path: 'manifest.jsonl' } },
    backends: Object.fromEntries(Object.entries(backends).map(([entry, settings]) => [entry, { kind: 'fal', ...settings }])),
    matrix: { language: 'en-US' },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'sweep.yaml'), JSON.stringify(config));
  return { config: join(folder, 'sweep.yaml'), out: join(folder, 'run') };
}

/** What became of a command. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Starts `earshot` as a process of its own. */
export function startEarshot(args: readonly string[], environment: NodeJS.ProcessEnv = {}): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listen = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<Ended>((resolve) => child.on('close', (exitCode) => resolve({ exitCode, output })));
  return { child, ended };
}
