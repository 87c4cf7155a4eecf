import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** A subcommand: its arguments and options, and what it does. Stages are imported when it runs. */
export interface CliCommand {
  readonly name: string;
  define(command: Command): Command;
  /** @returns the exit code. */
  execute(args: readonly unknown[], options: Record<string, unknown>, terminal: Terminal): Promise<number>;
}

/** Adds a runnable example to a command's help. */
export function example(text: string): string {
  return `\nExample:\n  $ ${text}\n`;
}
