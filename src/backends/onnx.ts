import { z } from 'zod';
import { readContract } from '../engine/contracts/index.ts';
import { accelerationsOf } from '../engine/geometry.ts';
import { precisionsIn, type Precision } from '../engine/model-files.ts';
import { modelFolder } from '../engine/model-folder.ts';
import type { ExecutionOptions } from '../engine/sessions.ts';
import type { Backend, BackendFacts, Recognizer } from './backend.ts';
import { machineFacts, machineSettings } from './model-process/machine-price.ts';
import { ModelPool } from './model-process/model-pool.ts';
import { ModelRecognizer } from './model-process/model-recognizer.ts';

// The child runs what the compiler made, so the backend works in built form only.
const WORKER = new URL('./onnx-worker.js', import.meta.url);

const deliveries = { batch: 'batch', streaming: 'streaming-virtual', 'real-time': 'streaming-real' } as const;

const settings = z.strictObject({
  model: z
    .string()
    .min(1)
    .describe('Folder with an export (encoder, decoder, joiner, tokens.txt), or the name of a fetched public model.'),
  precision: z
    .enum(['fp32', 'int8'])
    .optional()
    .describe('Which graphs of the folder: *.onnx or *.int8.onnx; fp32 where it has both.'),
  mode: z
    .enum(['batch', 'streaming', 'real-time'])
    .default('streaming')
    .describe(
      'Whole clips at once, chunks at their real-time deadlines on a virtual clock, or chunks as they would be spoken.',
    ),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('Utterances at once, encoded together; on the virtual clock one follows the other.'),
  processes: z
    .int()
    .min(1)
    .max(256)
    .default(1)
    .describe(
      'Processes, each with the model and these threads, between which utterances at once (concurrency, in batch mode and in real time) are shared out. Small models gain more by them than by threads; each takes the memory of the model.',
    ),
  threads: z.int().min(1).default(1).describe('Threads of the encoder.'),
  provider: z.string().min(1).default('cpu').describe('Execution provider of onnxruntime, such as cpu or webgpu.'),
  allowFallback: z
    .boolean()
    .default(false)
    .describe('Whether to go on where onnxruntime silently runs the whole encoder on another provider.'),
  ...machineSettings,
});

type OnnxSettings = z.output<typeof settings>;

/** What the process has to load. */
export interface OnnxModel extends ExecutionOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly precision: Precision;
  /** Whether another provider may run the encoder than the one asked for. */
  readonly allowFallback: boolean;
  /** Utterances that will be under way at once. */
  readonly concurrency: number;
}

/** Streaming FastConformer transducers in one of the layouts of the engine's contracts on onnxruntime, in a process of their own. */
export const onnxBackend: Backend<typeof settings> = {
  kind: 'onnx',
  summary: 'local streaming FastConformer transducers (Nemotron) on onnxruntime',
  settings,

  async inspect(given: OnnxSettings, folder: string): Promise<BackendFacts> {
    const model = await exportOf(given, folder);
    const contract = await readContract(model.folder, model.precision);
    return {
      languages: contract.languages,
      accelerations: accelerationsOf(contract.lookAheads),
      supportsAuto: contract.supportsAuto,
      // As of one process: how many will have something to do is each cell's matter, and a plan should not promise too little.
      ...machineFacts(given),
      concurrency: concurrencyOf(given),
      location: 'local',
    };
  },

  async open(given: OnnxSettings, folder: string): Promise<Recognizer> {
    const { mode, provider, threads, allowFallback } = given;
    const processes = processesOf(given);
    const concurrency = Math.ceil(concurrencyOf(given) / processes);
    const model = { ...(await exportOf(given, folder)), provider, threads, allowFallback, concurrency };
    return ModelPool.open(processes, () =>
      ModelRecognizer.open<OnnxModel>({
        worker: WORKER,
        model,
        delivery: deliveries[mode],
        takesSeveral: concurrency > 1,
        machineUsdPerHour: usdPerHourOf(given),
      }),
    );
  },
};

/** Which graphs the settings mean. */
async function exportOf(given: OnnxSettings, base: string): Promise<Pick<OnnxModel, 'folder' | 'precision'>> {
  const folder = modelFolder(given.model, base);
  return { folder, precision: given.precision ?? (await precisionsIn(folder))[0]! };
}

/** A stream on the virtual clock has the machine to itself: another's work would pass for its own. */
function concurrencyOf({ mode, concurrency }: OnnxSettings): number {
  return mode === 'streaming' ? 1 : concurrency;
}

/** More would have nothing to do. */
function processesOf(given: OnnxSettings): number {
  return Math.min(given.processes, concurrencyOf(given));
}

/** Of one process: the machine is paid for once, however many share it. */
function usdPerHourOf(given: OnnxSettings): number | undefined {
  return given.machineUsdPerHour === undefined ? undefined : given.machineUsdPerHour / processesOf(given);
}
