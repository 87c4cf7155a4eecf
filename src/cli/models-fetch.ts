import { fetchModel } from '../engine/fetch-model.ts';
import { modelCache } from '../engine/model-folder.ts';
import { publicModels, type PublicModel } from '../engine/public-models.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { downloadProgress } from './download-progress.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Fetches a public model into the cache folder and prints where it lies. */
export async function modelsFetch(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  const model = find(target);
  terminal.note(`${model.description}; ${model.license}; about ${model.approximateMib} MiB`);
  const { folder, trustedOnFirstUse } = await fetchModel(model, modelCache(), {
    mirror: (options['mirror'] as string | undefined) ?? null,
    hubToken: process.env['HF_TOKEN'] ?? null,
    retryWaitMs: 1000,
    onProgress: downloadProgress(terminal),
  });
  if (trustedOnFirstUse.length > 0) {
    terminal.note(`no digest is published for ${trustedOnFirstUse.join(', ')}; noted as of now`);
  }
  terminal.print(options['json'] ? JSON.stringify({ name: model.name, folder, trustedOnFirstUse }) : folder);
  return exitCodes.done;
}

function find(name: string | undefined): PublicModel {
  const names = publicModels.map((model) => model.name);
  const found = publicModels.find((model) => model.name === name);
  if (found) return found;
  const close = name === undefined ? null : nearest(name, names);
  const hint = close === null ? '' : ` (did you mean ${close}?)`;
  throw new UserError(`models fetch ${name ?? ''}: no such model${hint}; earshot models list names them`);
}
