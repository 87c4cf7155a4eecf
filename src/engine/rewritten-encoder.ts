import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CHANNEL_CACHE, LENGTH, type EncoderContract, type ModelContract } from './contracts/contract.ts';
import { encoderShapes } from './encoder.ts';
import type { ChunkGeometry } from './geometry.ts';
import { MalformedError } from './protobuf.ts';
import { withConstantInput, withShapes } from './rewriting/fixed-inputs.ts';
import { giveFreshFrames } from './rewriting/fresh-frames.ts';
import { REWRITINGS } from './rewriting/index.ts';
import { OnnxModel } from './rewriting/onnx-model.ts';
import { projectCache } from './rewriting/projected-cache.ts';
import { gatherShifts } from './rewriting/relative-shifts.ts';

/** A larger graph is not read into memory to be changed. */
export const LARGEST_BYTES = 256 * 2 ** 20;

/** An encoder as it is run. */
export interface RewrittenEncoder {
  /** As its file has it. */
  readonly stored: OnnxModel;
  readonly model: OnnxModel;
  /** How the model is called: as the contract says, but for the channel cache where that is projected. */
  readonly contract: EncoderContract;
  /** What each layer adds to a projected cache in each call; `null` where it is not projected. */
  readonly fresh: readonly string[] | null;
}

/** Reads the encoder's graph; `null` for one that is not to be changed. */
export async function rewrittenEncoder(model: ModelContract, provider: string): Promise<RewrittenEncoder | null> {
  const { encoder: contract, files } = model;
  if ((await stat(files.encoder)).size > LARGEST_BYTES || !(await holdsItsWeights(model))) return null;
  try {
    const stored = OnnxModel.parse(await readFile(files.encoder));
    // The others have optimizations of their own; and to a GPU the cache travels in every call, where its doubled size
    // would cost more than the products.
    if (provider !== 'cpu') return { stored, model: stored, contract, fresh: null };
    const rewritten = REWRITINGS.reduce((before, rewrite) => rewrite(before), stored);
    const projected = projectCache(rewritten, { ...cacheOf(contract), shape: contract.channelCache });
    if (projected === null) return { stored, model: rewritten, contract, fresh: null };
    const { shape: channelCache, fresh } = projected;
    return { stored, model: projected.model, contract: { ...contract, channelCache }, fresh };
  } catch (error) {
    // onnxruntime says of such a file what it is.
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/** For streams that are cut in this way and go one by one. */
export function forStreams({ model, contract }: RewrittenEncoder, geometry: ChunkGeometry): OnnxModel {
  const shapes = encoderShapes(contract, geometry);
  return withShapes(model, new Map(contract.inputs.map(({ name }, i) => [name, shapes[i]!])));
}

/** For full windows of single streams, which come with {@link newFrames}. */
export function forFullWindows(rewritten: RewrittenEncoder, geometry: ChunkGeometry): OnnxModel {
  const length = rewritten.contract.inputs[LENGTH]!.name;
  const model = withConstantInput(forStreams(rewritten, geometry), length, geometry.windowFrames);
  return newFrames({ ...rewritten, model }, geometry, 1);
}

/** For any number of streams that are cut in this way, which come with {@link newFrames}. */
export function forBatches(rewritten: RewrittenEncoder, geometry: ChunkGeometry): OnnxModel {
  return newFrames(rewritten, geometry, null);
}

/**
 * Where the cache is projected, gives its new frames alone, and gathers relative shifts. Both are to be compared with what came
 * out before.
 */
function newFrames(
  { model, contract, fresh }: RewrittenEncoder,
  { outputFrames }: ChunkGeometry,
  streams: number | null,
): OnnxModel {
  if (fresh === null) return model;
  const { channelCache, cacheBatchAxis, leftContext } = contract;
  const { output } = cacheOf(contract);
  const shape = (channelCache as readonly (number | null)[]).with(-2, outputFrames).with(cacheBatchAxis, streams);
  const shifted = gatherShifts(model, outputFrames, leftContext + outputFrames);
  return giveFreshFrames(shifted, { output, fresh, shape, layerAxis: 1 - cacheBatchAxis });
}

function cacheOf({ inputs, outputs }: EncoderContract): { readonly input: string; readonly output: string } {
  return { input: inputs[CHANNEL_CACHE]!.name, output: outputs[CHANNEL_CACHE]!.name };
}

/**
 * Whether the weights lie in the graph's own folder. From a graph in memory onnxruntime takes no others, while from its path
 * it follows links, as those of a Hugging Face cache.
 */
async function holdsItsWeights({ files }: ModelContract): Promise<boolean> {
  const folder = await realpath(dirname(files.encoder));
  const weights = await Promise.all(files.weights.map((path) => realpath(path)));
  return weights.every((path) => dirname(path) === folder);
}
