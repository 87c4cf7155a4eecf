import { isAbsolute, relative } from 'node:path';

/** The call as it was given, without the program, for a page or a run to say how it was made. */
export function ownCommand(): readonly string[] {
  return process.argv.slice(2).map(fromHere);
}

/** Paths as seen from where the command was given, so that the record does not tell how this machine is laid out. */
function fromHere(argument: string): string {
  return isAbsolute(argument) ? relative(process.cwd(), argument) : argument;
}
