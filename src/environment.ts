import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from './types.ts';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Facts about this machine and these versions. The git revision is that of `folder`, where it lies in a checkout. */
export async function describeEnvironment(folder: string): Promise<Environment> {
  const manifest = packageManifest();
  return {
    earshotVersion: manifest.version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    gitRevision: await gitRevision(folder),
    packages: manifest.dependencies,
  };
}

/** Earshot's own package.json. */
export function packageManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;
}

async function gitRevision(folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', folder, 'rev-parse', 'HEAD']);
    return stdout.trim();
  } catch {
    return null;
  }
}
