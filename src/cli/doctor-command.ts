import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedCorpus, embeddedModel } from '../embedded.ts';
import { describeEnvironment } from '../environment.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** Keys that a backend may need; only their presence is ever shown. */
const keys = ['FAL_KEY'];

const cudaRemedy =
  '(cd node_modules/onnxruntime-node && node script/install.js --onnxruntime-node-install=cuda12) downloads the CUDA provider';

export const doctorCommand: CliCommand = {
  name: 'doctor',
  define: (command) =>
    command
      .description('says what this machine can do')
      .option('--json', 'print the findings as JSON')
      .addHelpText('after', example('earshot doctor')),

  async execute(_args, options, terminal) {
    const { checkProviders } = await import('../engine/providers.ts');
    const disk = await statfs(process.cwd());
    const findings = {
      environment: await describeEnvironment(process.cwd()),
      freeDiskGiB: Math.round(((disk.bavail * disk.bsize) / 2 ** 30) * 10) / 10,
      providers: await checkProviders(join(embeddedModel, 'joiner.onnx')),
      keys: Object.fromEntries(keys.map((name) => [name, Boolean(process.env[name])])),
      embedded: { model: existsSync(embeddedModel), corpus: existsSync(embeddedCorpus) },
    };
    if (options['json']) {
      terminal.print(JSON.stringify(findings, null, 2));
      return exitCodes.done;
    }
    const { environment: machine, providers } = findings;
    terminal.print(`earshot ${machine.earshotVersion}, node ${machine.node}, ${machine.platform}`);
    terminal.print(
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB memory, ${findings.freeDiskGiB} GiB disk free`,
    );
    for (const { provider, usable, reason } of providers) {
      terminal.print(`execution provider ${provider}: ${usable ? 'ran a graph' : `not usable: ${reason ?? ''}`}`);
    }
    if (providers.some(({ provider, usable }) => provider === 'cuda' && !usable)) {
      terminal.print(terminal.dim(`with an NVIDIA GPU: ${cudaRemedy}`));
    }
    for (const [name, present] of Object.entries(findings.keys))
      terminal.print(`${name}: ${present ? 'set' : 'not set'}`);
    terminal.print(
      `embedded model: ${findings.embedded.model ? 'present' : 'missing'}, corpus: ${findings.embedded.corpus ? 'present' : 'missing'}`,
    );
    return exitCodes.done;
  },
};
