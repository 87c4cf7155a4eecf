import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FloatType, GraphContract, ModelContract } from './contracts/contract.ts';
import { readContract } from './contracts/index.ts';
import { accelerationsOf, chunkGeometry, ENCODER_FRAME_SECONDS, LOOK_AHEADS } from './geometry.ts';
import type { WeightPrecision } from './onnx-header.ts';
import { pathsOf, precisionsIn, type Precision } from './model-files.ts';

/** What can be told of a model folder without running it. */
export interface ModelFacts {
  readonly layout: ModelContract['layout'];
  /** Of the encoder's weights, whatever its file is called. */
  readonly precision: WeightPrecision | null;
  /** The `precision` in a configuration that takes these graphs, by the names of the files. */
  readonly setting: Precision;
  readonly description: string;
  readonly chunks: readonly ChunkFacts[];
  /** As the export spells them; `null` for a model that takes no language. */
  readonly languages: readonly string[] | null;
  readonly supportsAuto: boolean;
  readonly pieces: number;
  readonly melCount: number;
  readonly floatType: FloatType;
  /** Features go in time by mel bands instead of mel bands by time. */
  readonly takesTimeFirst: boolean;
  /** Encoder frames of 80 ms that attention looks back. */
  readonly leftContext: number;
  readonly warnings: readonly string[];
  readonly graphs: readonly GraphFacts[];
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

interface ChunkFacts {
  readonly chunkMs: number;
  /** Encoder frames. */
  readonly lookAhead: number;
  readonly windowFrames: number;
  /** `null` for a size that no acceleration stands for. */
  readonly acceleration: string | null;
}

interface GraphFacts extends GraphContract {
  readonly file: string;
}

/**
 * Reads the facts of every set of graphs in a model folder. Reads headers alone, whatever the size of the weights.
 *
 * @throws UserError as `readContract` does.
 */
export async function inspectModel(folder: string): Promise<readonly ModelFacts[]> {
  const precisions = await precisionsIn(folder);
  return Promise.all(precisions.map(async (precision) => factsOf(await readContract(folder, precision), precision)));
}

async function factsOf(contract: ModelContract, setting: Precision): Promise<ModelFacts> {
  const { files, encoder, head } = contract;
  const graph = (path: string, { inputs, outputs }: GraphContract): GraphFacts => ({
    file: basename(path),
    inputs,
    outputs,
  });
  const heads =
    head.kind === 'split'
      ? [graph(files.decoder, head.decoder), graph(files.joiner!, head.joiner)]
      : [graph(files.decoder, head)];
  return {
    layout: contract.layout,
    precision: contract.precision,
    setting,
    description: contract.description,
    chunks: contract.lookAheads.map(chunkFacts),
    languages: contract.languages,
    supportsAuto: contract.supportsAuto,
    pieces: contract.vocabulary.pieces.length - 1,
    melCount: encoder.melCount,
    floatType: encoder.floatType,
    takesTimeFirst: encoder.takesTimeFirst,
    leftContext: encoder.leftContext,
    warnings: contract.warnings,
    graphs: [graph(files.encoder, encoder), ...heads],
    files: await Promise.all(
      pathsOf(files).map(async (path) => ({ name: basename(path), bytes: (await stat(path)).size })),
    ),
  };
}

function chunkFacts(lookAhead: number): ChunkFacts {
  const { outputFrames, windowFrames } = chunkGeometry(lookAhead);
  const [acceleration] = accelerationsOf(Object.values(LOOK_AHEADS).filter((named) => named === lookAhead));
  const chunkMs = Math.round(outputFrames * ENCODER_FRAME_SECONDS * 1000);
  return { chunkMs, lookAhead, windowFrames, acceleration: acceleration ?? null };
}
