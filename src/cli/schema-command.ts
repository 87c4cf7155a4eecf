import { configJsonSchema } from '../config.ts';
import { UserError } from '../errors.ts';
import { gateJsonSchema } from '../gate-rules.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

const schemas = { sweep: configJsonSchema, gate: gateJsonSchema } as const;

export const schemaCommand: CliCommand = {
  name: 'schema',
  define: (command) =>
    command
      .description('prints the JSON Schema of sweeps or of a gate, for editors')
      .argument('[what]', `one of: ${Object.keys(schemas).join(', ')}`, 'sweep')
      .addHelpText('after', example('earshot schema > earshot.schema.json')),

  execute([what], _options, terminal) {
    const name = what as string;
    if (!Object.hasOwn(schemas, name)) throw new UserError(`schema ${name}: use ${Object.keys(schemas).join(', ')}`);
    terminal.print(JSON.stringify(schemas[name as keyof typeof schemas](), null, 2));
    return Promise.resolve(exitCodes.done);
  },
};
