import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { falBackend } from '../backends/fal.ts';
import { probe, probeCostsAtMostUsd } from '../backends/fal/probe.ts';
import { embeddedCorpus } from '../embedded.ts';
import { UserError } from '../errors.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { explainFailure } from './explain-failure.ts';
import { targetOption } from './load-config.ts';

export const probeCommand: CliCommand = {
  name: 'probe',
  define: (command) =>
    command
      .description(`asks the hosted Nemotron what its documentation leaves open; costs at most $${probeCostsAtMostUsd}`)
      .option('--target <url>', 'ask this server instead, such as earshot serve')
      .option('--json', 'print the findings as JSON')
      .addHelpText('after', example('FAL_KEY=… earshot probe')),

  async execute(_args, options, terminal) {
    const target = targetOption(options['target']);
    const key = process.env['FAL_KEY']?.trim() ?? '';
    if (key === '' && target === null)
      throw new UserError('FAL_KEY is not set; set it to a key of fal.ai, or give --target');
    const folder = join(embeddedCorpus, 'audio');
    const names = (await readdir(folder)).filter((name) => name.startsWith('en-US')).sort();
    const findings = probe({
      clips: names.map((name) => join(folder, name)),
      language: 'en-US',
      key,
      target,
      connect: (transport) => {
        const given = { transport, ...(target === null ? { key } : { target }) };
        return falBackend.open(falBackend.settings.parse(given), process.cwd());
      },
    });
    const all = [];
    try {
      for await (const finding of findings) {
        all.push(finding);
        if (!options['json']) terminal.print(`${finding.question}\n  ${finding.finding}`);
      }
    } catch (error) {
      explainFailure(error);
    }
    if (options['json']) terminal.print(JSON.stringify(all, null, 2));
    return exitCodes.done;
  },
};
