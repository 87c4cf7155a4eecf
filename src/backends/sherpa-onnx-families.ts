import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';

/** A kind of model that hears whole clips: its graphs, and how sherpa-onnx is told of them. */
interface Family {
  /** By sherpa-onnx's name of a graph, the end of its file's name, without precision and extension. */
  readonly graphs: Readonly<Record<string, string>>;
  readonly takesLanguage: boolean;
  /** @param language two letters, or '' for the model to find it. */
  config(paths: Readonly<Record<string, string>>, language: string): object;
}

const families = {
  'nemo-ctc': { graphs: { model: 'model' }, takesLanguage: false, config: (nemoCtc) => ({ nemoCtc }) },
  'nemo-transducer': {
    graphs: { encoder: 'encoder', decoder: 'decoder', joiner: 'joiner' },
    takesLanguage: false,
    config: (transducer) => ({ transducer, modelType: 'nemo_transducer' }),
  },
  whisper: {
    graphs: { encoder: 'encoder', decoder: 'decoder' },
    takesLanguage: true,
    config: (paths, language) => ({ whisper: { ...paths, language, task: 'transcribe' } }),
  },
  moonshine: {
    graphs: {
      preprocessor: 'preprocess',
      encoder: 'encode',
      uncachedDecoder: 'uncached_decode',
      cachedDecoder: 'cached_decode',
    },
    takesLanguage: false,
    config: (moonshine) => ({ moonshine }),
  },
} satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof families;

export const familyNames = Object.keys(families) as FamilyName[];

export function familyOf(name: FamilyName): Family {
  return families[name];
}

export interface FamilyFiles {
  /** Paths by sherpa-onnx's name of a graph. */
  readonly graphs: Readonly<Record<string, string>>;
  readonly tokens: string;
}

/**
 * A family's files in a folder: `encoder.onnx`, `tiny-encoder.onnx`, with int8 `encoder.int8.onnx` where there is one.
 *
 * @throws UserError naming what is missing.
 */
export async function familyFiles(folder: string, name: FamilyName, precision: 'fp32' | 'int8'): Promise<FamilyFiles> {
  const present = await readdir(folder).catch(() => {
    throw new UserError(`there is no model folder ${folder}`);
  });
  const missing: string[] = [];
  const find = (...wanted: readonly string[]): string => {
    for (const end of wanted) {
      const found = present.find((file) => file === end || file.endsWith(`-${end}`));
      if (found !== undefined) return join(folder, found);
    }
    missing.push(wanted[0]!);
    return '';
  };
  const graphs = Object.fromEntries(
    Object.entries(familyOf(name).graphs).map(([graph, stem]) => [
      graph,
      // Exports in int8 keep what hardly computes in float.
      precision === 'int8' ? find(`${stem}.int8.onnx`, `${stem}.onnx`) : find(`${stem}.onnx`),
    ]),
  );
  const tokens = find('tokens.txt');
  if (missing.length > 0) throw new UserError(`the ${name} model in ${folder} lacks ${missing.join(', ')}`);
  return { graphs, tokens };
}
