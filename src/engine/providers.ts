import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Whether an execution provider runs here, shown by running a graph on it. */
export interface ProviderCheck {
  readonly provider: string;
  readonly usable: boolean;
  /** The runtime's own words when it is not. */
  readonly reason: string | null;
}

/**
 * Tries every execution provider that this build of onnxruntime names, each in a process of its own: a driver that
 * crashes takes nothing along, and what native code prints stays off the terminal.
 * @param graph path of a small ONNX model.
 */
export async function checkProviders(graph: string): Promise<readonly ProviderCheck[]> {
  const { listSupportedBackends } = await import('onnxruntime-node');
  const probe = fileURLToPath(new URL('./provider-probe.js', import.meta.url));
  const checks: ProviderCheck[] = [];
  for (const { name } of listSupportedBackends()) {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [probe, name, graph], { timeout: 60_000 });
      checks.push({ provider: name, ...(JSON.parse(stdout) as { usable: boolean; reason: string | null }) });
    } catch (error) {
      const { signal } = error as { signal?: string };
      checks.push({
        provider: name,
        usable: false,
        reason: `the process that tried it ended${signal ? ` by ${signal}` : ''}`,
      });
    }
  }
  return checks;
}
