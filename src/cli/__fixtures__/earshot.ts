import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What became of a command. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in the checkout. `during` may look at the process and its output while it runs. */
export function earshot(
  args: readonly string[],
  during?: (kill: (signal: NodeJS.Signals) => void, stderr: string, pid: number) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { cwd: root });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    during?.((signal) => void child.kill(signal), stderr, child.pid!);
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })));
}
