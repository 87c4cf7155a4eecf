import { configJsonSchema } from '../config.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

export const schemaCommand: CliCommand = {
  name: 'schema',
  define: (command) =>
    command
      .description('prints the JSON Schema of sweeps, for editors')
      .addHelpText('after', example('earshot schema > earshot.schema.json')),

  execute(_args, _options, terminal) {
    terminal.print(JSON.stringify(configJsonSchema(), null, 2));
    return Promise.resolve(exitCodes.done);
  },
};
