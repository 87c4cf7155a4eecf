import { createInterface } from 'node:readline';
import { languageTag } from '../corpora/locales.ts';
import { normalize, normalizers, trace } from '../normalizers/index.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { normalizerOption } from './normalizer-option.ts';

export const normalizeCommand: CliCommand = {
  name: 'normalize',
  define: (command) =>
    command
      .description('normalizes lines from stdin as scoring does')
      .option('--normalizer <name>', `one of: ${Object.keys(normalizers).join(', ')}`, 'earshot')
      .requiredOption('--language <tag>', 'BCP 47 tag')
      .option('--trace', 'print which rule changed what')
      .addHelpText('after', example("echo 'It’s 5 o’clock!' | earshot normalize --language en-US --trace")),

  async execute(_args, options, terminal) {
    const normalizer = normalizerOption(options['normalizer']);
    const language = languageTag(options['language'] as string);
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      for (const { rule, before, after } of options['trace'] ? trace(normalizer, line, language) : []) {
        terminal.print(terminal.dim(`  ${rule}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`));
      }
      terminal.print(normalize(normalizer, line, language));
    }
    return exitCodes.done;
  },
};
