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
  /** The predictor, or predictor and joiner in one. */
  readonly decoder: string;
  /** `null` where the decoder is the joiner too. */
  readonly joiner: string | null;
  readonly tokens: string;
  /** What a contract keeps in a file of its own beside the graphs; `null` where there is none. */
  readonly config: string | null;
  /** Weights that graphs keep beside themselves, sorted. */
  readonly weights: readonly string[];
}

/** The files of a contract. */
export interface FileNames {
  /** Encoder, decoder and, where it is a graph of its own, joiner; without precision and extension. */
  readonly graphs: readonly string[];
  readonly tokens: string;
  /** A file that may be there. */
  readonly config?: string;
}

/**
 * Finds a model's files in a folder.
 *
 * @throws UserError naming what is missing.
 */
export async function modelFiles(folder: string, precision: Precision, names: FileNames): Promise<ModelFiles> {
  const present = await filesIn(folder);
  const graphs = names.graphs.map((name) => graphName(name, precision));
  const missing = [...graphs, names.tokens].filter((name) => !present.includes(name));
  if (missing.length > 0) {
    const other = graphName('encoder', precision === 'int8' ? 'fp32' : 'int8');
    const remedy =
      missing.includes(graphs[0]!) && present.includes(other) ? `; it has ${other}, which is another precision` : '';
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
    joiner: joiner ?? null,
    tokens: join(folder, names.tokens),
    config: names.config !== undefined && present.includes(names.config) ? join(folder, names.config) : null,
    weights: weights.map((name) => join(folder, name)),
  };
}

/** Every file of a model. */
export function pathsOf({ encoder, decoder, joiner, tokens, config, weights }: ModelFiles): readonly string[] {
  return [encoder, decoder, joiner, tokens, config, ...weights].filter((path) => path !== null);
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

/** @throws UserError for a missing folder. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => {
    throw new UserError(`there is no model folder ${folder}`);
  });
}

/** The file of a graph in a precision. */
export function graphName(graph: string, precision: Precision): string {
  return `${graph}${precision === 'int8' ? '.int8' : ''}.onnx`;
}

/** SHA-256 over the names and contents of all files, hex. */
export async function modelDigest(files: ModelFiles): Promise<string> {
  return filesDigest(pathsOf(files));
}

/** SHA-256 over names and contents, hex. */
export async function filesDigest(paths: readonly string[]): Promise<string> {
  const digest = createHash('sha256');
  for (const path of paths) {
    digest.update(`${basename(path)}\n`);
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  }
  return digest.digest('hex');
}
