import { resolve } from 'node:path';
import { z } from 'zod';
import { BackendError, UserError } from '../errors.ts';
import type { Backend, BackendFacts, Recognizer } from './backend.ts';
import { machineFacts, machineSettings } from './model-process/machine-price.ts';
import { ModelRecognizer } from './model-process/model-recognizer.ts';
import { familyFiles, familyNames, familyOf, type FamilyName } from './sherpa-onnx-families.ts';

// The child runs what the compiler made, so the backend works in built form only.
const WORKER = new URL('./sherpa-onnx-worker.js', import.meta.url);

const settings = z.strictObject({
  family: z.enum(familyNames).describe('What kind of model it is.'),
  model: z.string().min(1).describe('Folder with an export of sherpa-onnx: its graphs and tokens.txt.'),
  precision: z.enum(['fp32', 'int8']).default('fp32').describe('Which graphs of the folder: *.onnx or *.int8.onnx.'),
  languages: z.array(z.string()).min(1).optional().describe('Tags that the model knows; any if absent.'),
  threads: z.int().min(1).default(1).describe('Threads of each graph.'),
  ...machineSettings,
});

type SherpaSettings = z.output<typeof settings>;

/** What the process has to load. */
export interface SherpaModel {
  readonly family: FamilyName;
  /** Absolute path. */
  readonly folder: string;
  readonly precision: 'fp32' | 'int8';
  readonly threads: number;
}

/** Models for whole clips, run by sherpa-onnx on the CPU in a process of their own. */
export const sherpaOnnxBackend: Backend<typeof settings> = {
  kind: 'sherpa-onnx',
  summary: 'local models for whole clips: NeMo CTC and transducers (Parakeet), Whisper, Moonshine, by sherpa-onnx',
  settings,

  async inspect(given: SherpaSettings, folder: string): Promise<BackendFacts> {
    assertInstalled();
    await familyFiles(resolve(folder, given.model), given.family, given.precision);
    return {
      languages: given.languages ?? null,
      // The model hears the whole clip: the longest look-ahead there is.
      accelerations: ['none'],
      supportsAuto: familyOf(given.family).takesLanguage,
      ...machineFacts(given),
      concurrency: 1,
      location: 'local',
    };
  },

  async open(given: SherpaSettings, folder: string): Promise<Recognizer> {
    assertInstalled();
    const { family, precision, threads, machineUsdPerHour } = given;
    const model: SherpaModel = { family, folder: resolve(folder, given.model), precision, threads };
    const options = { worker: WORKER, model, delivery: 'batch', takesSeveral: false, machineUsdPerHour } as const;
    return ModelRecognizer.open(options).catch((error: unknown) => {
      // sherpa-onnx ends its process over a graph that it cannot load.
      if (!(error instanceof BackendError)) throw error;
      throw new UserError(`sherpa-onnx cannot load the ${family} model in ${model.folder}: ${error.message}`);
    });
  },
};

/** @throws UserError where the package is missing, which nothing else needs. */
function assertInstalled(): void {
  try {
    import.meta.resolve('sherpa-onnx-node');
  } catch {
    throw new UserError('backends of kind sherpa-onnx need a package: npm install sherpa-onnx-node@1.13.8');
  }
}
