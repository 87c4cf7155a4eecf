/**
 * A process that runs a graph on one execution provider, with the silent fallback to the CPU switched off, and prints
 * how that went as JSON. Arguments: provider, path of the graph.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

const [provider = '', graph = ''] = process.argv.slice(2);
// The CPU provider refuses to be told that it must not stand in for itself.
const extra = provider === 'cpu' ? {} : { extra: { session: { disable_cpu_ep_fallback: '1' } } };

async function probe(): Promise<{ usable: boolean; reason: string | null }> {
  try {
    const session = await InferenceSession.create(graph, {
      executionProviders: [provider],
      logSeverityLevel: 4,
      ...extra,
    });
    await session.run(zeroInputs(session));
    await session.release();
    return { usable: true, reason: null };
  } catch (error) {
    return { usable: false, reason: essence((error as Error).message) };
  }
}

/** Zeros for every input of a graph whose inputs are float32, open dimensions taken as 1. */
function zeroInputs(session: InferenceSession): Record<string, Tensor> {
  return Object.fromEntries(
    session.inputMetadata.map((input) => {
      const shape = input.isTensor ? input.shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1)) : [];
      const length = shape.reduce((product, size) => product * size, 1);
      return [input.name, new Tensor('float32', new Float32Array(length), shape)];
    }),
  );
}

/** The first line without the source positions that native code puts before it. */
function essence(message: string): string {
  return message
    .split('\n')[0]!
    .replace(/^.*::\S*\s|^\S+:\d+ /g, '')
    .slice(0, 160);
}

process.stdout.write(JSON.stringify(await probe()));
