import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { publicModels } from './public-models.ts';

/** Where fetched models lie: `EARSHOT_CACHE`, else a folder of the user's. */
export function modelCache(): string {
  return process.env['EARSHOT_CACHE'] ?? join(homedir(), '.cache', 'earshot', 'models');
}

/**
 * The folder that is meant by a path, relative to a base, or by the name of a public model that was fetched. A folder
 * that is there is meant before a model of that name.
 *
 * @throws UserError saying how to fetch a model that was not, and for what is neither.
 */
export function modelFolder(model: string, base: string): string {
  const given = resolve(base, model);
  if (existsSync(given)) return given;
  const published = publicModels.find(({ name }) => name === model);
  if (published === undefined) {
    const close = nearest(
      model,
      publicModels.map(({ name }) => name),
    );
    throw new UserError(
      `there is no model folder ${given}${close === null ? '' : ` (did you mean ${close}?)`}; ` +
        'give a folder, or a name of those that earshot models list shows',
    );
  }
  const fetched = join(modelCache(), model);
  if (existsSync(fetched)) return fetched;
  throw new UserError(
    `${model} was not fetched yet: earshot models fetch ${model} does it, about ${published.approximateMib} MiB`,
  );
}
