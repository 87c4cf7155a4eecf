import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './errors.ts';
import type { RunInfo } from './types.ts';

/** The files that a run leaves behind. */
export function runFiles(folder: string) {
  return {
    info: join(folder, 'run.json'),
    journal: join(folder, 'results.jsonl'),
    requests: join(folder, 'requests.jsonl'),
    summary: join(folder, 'summary.json'),
    report: join(folder, 'report.html'),
    lock: join(folder, '.lock'),
  };
}

/**
 * Makes the folder of a run and claims it for this process.
 * @returns a function that gives the claim back.
 * @throws UserError when it cannot be written or another process is running in it.
 */
export function claimRunFolder(folder: string): () => void {
  const { lock } = runFiles(folder);
  try {
    mkdirSync(folder, { recursive: true });
    removeStaleLock(lock);
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && existsSync(lock)) {
      throw new UserError(
        `folder ${folder} is in use by process ${readFileSync(lock, 'utf8')}; wait for it or use another --out`,
      );
    }
    throw new UserError(`folder ${folder} cannot be written (${code ?? String(error)}); choose another with --out`);
  }
  return () => rmSync(lock, { force: true });
}

/** A process that was killed leaves its lock behind; it no longer claims anything. */
function removeStaleLock(lock: string): void {
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8'));
  // In a container pids begin anew: our own in a lock is that of the process before us. Killed while writing leaves none.
  if (!(pid > 0) || pid === process.pid) {
    rmSync(lock, { force: true });
    return;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(lock, { force: true });
  }
}

/** Takes back a run in which nothing was done: its own files, and the folder if nothing else is in it. */
export function discardRun(folder: string): void {
  for (const file of Object.values(runFiles(folder))) rmSync(file, { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Writes a whole file or nothing: readers never see half of it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new UserError(
      `cannot write ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)}); choose another place`,
    );
  }
}

/**
 * Reads `run.json`.
 * @throws UserError when the folder holds no run.
 */
export async function readRunInfo(folder: string): Promise<RunInfo> {
  const { info } = runFiles(folder);
  try {
    return JSON.parse(await readFile(info, 'utf8')) as RunInfo;
  } catch {
    throw new UserError(
      `${folder} is not the folder of a run (no readable run.json); give the folder that earshot run printed`,
    );
  }
}
