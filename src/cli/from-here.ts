import { isAbsolute, relative } from 'node:path';

/** Paths as seen from where the command was given, so that the record does not tell how this machine is laid out. */
export function fromHere(argument: string): string {
  return isAbsolute(argument) ? relative(process.cwd(), argument) : argument;
}
