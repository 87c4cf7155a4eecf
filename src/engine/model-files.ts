import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../errors.ts';

/** Which of a folder's sets of graphs: `encoder.onnx` or `encoder.int8.onnx`, and so on. */
export type Precision = 'fp32' | 'int8';

/** Absolute or given paths of a model's files. */
export interface ModelFiles {
  readonly encoder: string;
  readonly decoder: string;
  readonly joiner: string;
  readonly tokens: string;
  /** Weights that graphs keep beside themselves, sorted. */
  readonly weights: readonly string[];
}

/** Exports of the same models that other programs run, by a file that only they have. */
const OTHER_EXPORTS = {
  'decoder_joint.onnx': 'parakeet-rs',
  'genai_config.json': 'onnxruntime-genai',
  'nemotron_onnx_config.json': 'the transformers-based runtime',
};

/**
 * Finds a model's files in a folder.
 *
 * @throws UserError naming what is missing.
 */
export async function modelFiles(folder: string, precision: Precision): Promise<ModelFiles> {
  const present = await filesIn(folder);
  const graphs = ['encoder', 'decoder', 'joiner'].map((name) => graphName(name, precision));
  const missing = [...graphs, 'tokens.txt'].filter((name) => !present.includes(name));
  if (missing.length > 0) {
    const other = graphName('encoder', precision === 'int8' ? 'fp32' : 'int8');
    const foreign = Object.entries(OTHER_EXPORTS).find(([name]) => present.includes(name));
    const remedy = present.includes(other)
      ? `; it has ${other}, which is another precision`
      : foreign
        ? `; with ${foreign[0]} it is an export for ${foreign[1]}, whose graphs are called in another way`
        : '';
    throw new UserError(`the model folder ${folder} lacks ${missing.join(', ')}${remedy}`);
  }
  const [encoder, decoder, joiner] = graphs.map((name) => join(folder, name));
  const weightNames = graphs.flatMap((name) => [
    `${name}.data`,
    `${basename(name, '.onnx')}.data`,
    `${basename(name, '.onnx')}.weights`,
  ]);
  const weights = weightNames.filter((name) => present.includes(name)).sort();
  return {
    encoder: encoder!,
    decoder: decoder!,
    joiner: joiner!,
    tokens: join(folder, 'tokens.txt'),
    weights: weights.map((name) => join(folder, name)),
  };
}

/**
 * The precisions that a folder has graphs of, `fp32` first; that alone where it has none, whose lack is then named.
 *
 * @throws UserError for a missing folder.
 */
export async function precisionsIn(folder: string): Promise<readonly Precision[]> {
  const present = await filesIn(folder);
  const found = (['fp32', 'int8'] as const).filter((precision) => present.includes(graphName('encoder', precision)));
  return found.length > 0 ? found : ['fp32'];
}

async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => {
    throw new UserError(`there is no model folder ${folder}`);
  });
}

function graphName(graph: string, precision: Precision): string {
  return `${graph}${precision === 'int8' ? '.int8' : ''}.onnx`;
}

/** SHA-256 over the names and contents of all files, hex. */
export async function modelDigest(files: ModelFiles): Promise<string> {
  const digest = createHash('sha256');
  for (const path of [files.encoder, files.decoder, files.joiner, files.tokens, ...files.weights]) {
    digest.update(`${basename(path)}\n`);
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  }
  return digest.digest('hex');
}
