#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { packageManifest } from '../environment.ts';
import { UserError } from '../errors.ts';
import { commands } from './commands.ts';
import { inertText } from './inert-text.ts';
import { exitCodes } from './exit-codes.ts';
import { createTerminal } from './terminal.ts';

/** Parses the arguments, runs one command and says how it ended. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('earshot')
    .description('Benchmarks speech recognition: error rates, latency, real-time factor, cost, and how sure they are.')
    .configureHelp({ showGlobalOptions: true })
    .option('--quiet', 'no progress or remarks')
    .option('--no-color', 'no color, as with NO_COLOR')
    .exitOverride();
  let exitCode: number = exitCodes.done;
  for (const command of commands) {
    const sub = command.define(program.command(command.name)).exitOverride();
    sub.action(async () => {
      const { quiet, color } = program.opts<{ quiet?: boolean; color: boolean }>();
      const terminal = createTerminal({ quiet: quiet ?? false, color });
      exitCode = await command.execute(sub.processedArgs, sub.opts(), terminal);
    });
  }
  program.version(packageManifest().version);
  try {
    await program.parseAsync(argv.slice(2), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.userError;
    if (error instanceof UserError) {
      process.stderr.write(
        `earshot: ${inertText(`${error.where === null ? '' : `${error.where}: `}${error.message}`)}\n`,
      );
      return exitCodes.userError;
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.bug;
  }
}

// A reader that has seen enough (`earshot plan … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});
process.exitCode = await main(process.argv);
