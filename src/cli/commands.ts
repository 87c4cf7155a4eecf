import type { CliCommand } from './command.ts';
import { planCommand } from './plan-command.ts';
import { runCommand } from './run-command.ts';

/** Every subcommand, in the order of the help. */
export const commands: readonly CliCommand[] = [runCommand, planCommand];
