import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { filesIn, graphName, precisionsIn, type Precision } from '../model-files.ts';
import { readOnnxHeader } from '../onnx-header.ts';
import { names } from './checks.ts';
import type { Contract, ModelContract } from './contract.ts';
import { onnxruntimeGenai } from './onnxruntime-genai.ts';
import { parakeetRs } from './parakeet-rs.ts';
import { sherpaOnnx } from './sherpa-onnx.ts';

/** Every contract that the engine can run. */
const contracts: readonly Contract[] = [sherpaOnnx, parakeetRs, onnxruntimeGenai];

/** Files that only exports for the transformers-based runtime have, which keep keys and values of each layer apart. */
const TRANSFORMERS_FILE = /^(nemotron_onnx_config\.json|encoder_\d+ms(_first)?\.onnx)$/;

/** Other public encoders that the engine cannot run, by an input that no others have. */
const foreign: readonly { readonly input: RegExp; readonly what: string }[] = [
  { input: /^input_features$/, what: 'an export for the transformers-based runtime' },
  { input: /^x_\d+_\d+$/, what: 'an export for QNN, which runs on chips of Qualcomm alone' },
];

/**
 * Reads what a model folder holds. Its contract is told from the inputs of the encoder and the files beside it; types,
 * layouts and dimensions come from the graphs. Loads no inference runtime.
 *
 * @throws UserError for missing or damaged files and for graphs of no contract that is known.
 */
export async function readContract(folder: string, precision: Precision): Promise<ModelContract> {
  const contract = await contractOf(folder, precision);
  return contract.read(folder, precision);
}

async function contractOf(folder: string, precision: Precision): Promise<Contract> {
  const present = await filesIn(folder);
  const theirs = present.find((name) => TRANSFORMERS_FILE.test(name));
  if (theirs !== undefined) {
    throw new UserError(
      `with ${theirs}, ${folder} is an export for the transformers-based runtime, which the engine cannot run`,
    );
  }
  // An encoder of the other precision tells the contract too; what is missing of this one is for the contract to say.
  const candidates = [precision, ...(await precisionsIn(folder))].map((each) => graphName('encoder', each));
  const name = candidates.find((each) => present.includes(each));
  // A folder without any encoder lacks first of all what the commonest contract asks for.
  if (name === undefined) return sherpaOnnx;
  const path = join(folder, name);
  const encoder = await readOnnxHeader(path);
  const other = foreign.find(({ input }) => encoder.inputs.some((value) => input.test(value.name)));
  if (other) throw new UserError(`${path} is ${other.what}; the engine cannot run it`);
  if (names(encoder.inputs) === 'audio_signal, length') {
    throw new UserError(
      `${path} takes no caches: its model hears whole clips, which backends of kind sherpa-onnx can run`,
    );
  }
  const contract = contracts.find((candidate) => candidate.matches(encoder, present));
  if (contract) return contract;
  const known = contracts.map((candidate) => candidate.name).join(', ');
  throw new UserError(`${path} is an encoder for none of ${known}: it has inputs ${names(encoder.inputs)}`);
}
