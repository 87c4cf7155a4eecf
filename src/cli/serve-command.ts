import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { backendOfKind } from '../backends/index.ts';
import { embeddedModel } from '../embedded.ts';
import { UserError } from '../errors.ts';
import { parseYaml } from '../parse-yaml.ts';
import { faultsSchema, type FaultSettings } from '../server/faults.ts';
import { startServer, usualLimits } from '../server/serve.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { stopOnInterrupt } from './interrupt.ts';
import { amountOption, countOption } from './load-config.ts';

const graceMs = 10_000;

export const serveCommand: CliCommand = {
  name: 'serve',
  define: (command) =>
    command
      .description("speaks fal's protocol in front of a local model")
      .option('--model <name|dir>', 'a fetched public model, or a folder', embeddedModel)
      .option('--precision <name>', 'fp32 or int8; fp32 where the folder has both')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--port <n>', 'port to listen on; 0 takes a free one', '0')
      .option('--faults <file>', 'YAML or JSON: what goes wrong, how often, and added latency')
      .option('--ledger <file>', 'append what would be billed, as JSON lines')
      .option('--key <key>', 'let only this key in')
      .option('--concurrency <n>', 'requests in progress at once', String(usualLimits.concurrency))
      .option('--max-audio-seconds <n>', 'longest audio', String(usualLimits.maxAudioSeconds))
      .option('--max-bytes <n>', 'largest upload', String(usualLimits.maxBytes))
      .option('--timeout-seconds <n>', 'longest recognition', String(usualLimits.timeoutMs / 1000))
      .option('--allow-private-urls', 'fetch audio from this machine and its networks too')
      .addHelpText('after', example('earshot serve --port 8080 --faults faults.yaml')),

  async execute(_args, options, terminal) {
    const port = amountOption('--port', options['port'])!;
    if (!Number.isInteger(port) || port > 65_535) throw new UserError(`--port ${port}: use 0 to 65535`);
    const faults = await readFaults(options['faults'] as string | undefined);
    const limits = {
      ...usualLimits,
      concurrency: countOption('--concurrency', options['concurrency'])!,
      maxAudioSeconds: limitOption('--max-audio-seconds', options['maxAudioSeconds']),
      maxBytes: countOption('--max-bytes', options['maxBytes'])!,
      timeoutMs: limitOption('--timeout-seconds', options['timeoutSeconds']) * 1000,
      allowsPrivateUrls: Boolean(options['allowPrivateUrls']),
    };
    const backend = backendOfKind('onnx');
    const settings = backend.settings.parse({ model: options['model'], precision: options['precision'] });
    await backend.inspect(settings, process.cwd());
    const recognizer = await backend.open(settings, process.cwd());
    const ledger = options['ledger'] as string | undefined;
    const server = await startServer({
      recognizer,
      host: options['host'] as string,
      port,
      faults,
      limits,
      ledgerFile: ledger === undefined ? null : resolve(ledger),
      key: (options['key'] as string | undefined) ?? null,
    }).catch(async (error: unknown) => {
      await recognizer.close();
      throw error;
    });
    terminal.print(`listening on ${server.url}`);
    const interrupt = stopOnInterrupt(terminal);
    await new Promise((stop) => interrupt.signal.addEventListener('abort', stop));
    await server.close(graceMs);
    interrupt.release();
    return exitCodes.done;
  },
};

/** Under a limit of 0 nothing would be answered. */
function limitOption(name: string, given: unknown): number {
  const limit = amountOption(name, given)!;
  if (limit === 0) throw new UserError(`${name} 0: give a number above 0`);
  return limit;
}

async function readFaults(path: string | undefined): Promise<FaultSettings> {
  if (path === undefined) return faultsSchema.parse({});
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)}); give a file of faults`,
    );
  });
  return parseYaml(text, path, faultsSchema).data;
}
