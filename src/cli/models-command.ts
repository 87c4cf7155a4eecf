import { UserError } from '../errors.ts';
import { example, type CliCommand } from './command.ts';
import { modelsFetch } from './models-fetch.ts';
import { modelsInspect } from './models-inspect.ts';
import { modelsList } from './models-list.ts';
import type { Terminal } from './terminal.ts';

/** What can be done with models. @returns the exit code. */
type Action = (target: string | undefined, options: Record<string, unknown>, terminal: Terminal) => Promise<number>;

const actions: Readonly<Record<string, Action>> = { list: modelsList, fetch: modelsFetch, inspect: modelsInspect };

export const modelsCommand: CliCommand = {
  name: 'models',
  define: (command) =>
    command
      .description('what there is to measure with: list, fetch NAME, inspect NAME|DIR')
      .argument('[action]', `one of: ${Object.keys(actions).join(', ')}`, 'list')
      .argument('[target]', 'name of a public model, or folder of any')
      .option('--mirror <url>', 'fetch: another origin with the same paths')
      .option('--json', 'print facts as JSON')
      .addHelpText('after', example('earshot models inspect models/tiny-fastconformer')),

  execute([action, target], options, terminal) {
    const chosen = Object.hasOwn(actions, action as string) ? actions[action as string] : undefined;
    if (chosen === undefined) {
      throw new UserError(`models ${String(action)}: not an action; use ${Object.keys(actions).join(', ')}`);
    }
    return chosen(target as string | undefined, options, terminal);
  },
};
