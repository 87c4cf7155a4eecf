import { readFile } from 'node:fs/promises';

/** Whether an execution provider runs here, shown by running a graph on it. */
export interface ProviderCheck {
  readonly provider: string;
  readonly usable: boolean;
  /** The runtime's own words when it is not. */
  readonly reason: string | null;
}

/**
 * Tries every execution provider that this build of onnxruntime names by opening a graph on it, with the silent
 * fallback to the CPU switched off: the list alone says nothing about the machine.
 * @param graph path of a small ONNX model.
 */
export async function checkProviders(graph: string): Promise<readonly ProviderCheck[]> {
  const { InferenceSession, listSupportedBackends } = await import('onnxruntime-node');
  const bytes = await readFile(graph);
  const checks: ProviderCheck[] = [];
  for (const { name } of listSupportedBackends()) {
    // The CPU provider refuses to be told that it must not stand in for itself.
    const extra = name === 'cpu' ? {} : { extra: { session: { disable_cpu_ep_fallback: '1' } } };
    try {
      const session = await InferenceSession.create(bytes, {
        executionProviders: [name],
        logSeverityLevel: 4,
        ...extra,
      });
      await session.release();
      checks.push({ provider: name, usable: true, reason: null });
    } catch (error) {
      checks.push({
        provider: name,
        usable: false,
        reason: (error as Error).message.split('\n')[0]!.slice(0, 200),
      });
    }
  }
  return checks;
}
