import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { parseConfig, type Config } from '../config.ts';
import { nearest } from '../text/nearest.ts';
import { UserError } from '../errors.ts';

/** A configuration with what the command line changed of it. */
export interface LoadedConfig {
  readonly config: Config;
  readonly path: string;
  /** Where relative paths in it start. */
  readonly folder: string;
}

/** @throws UserError when the file is missing or not valid, with its position. */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)}); give the path of a sweep in YAML`,
    );
  });
  return { config: parseConfig(text, path), path, folder: dirname(resolve(path)) };
}

/** What a command line says of where hosted requests go and whether their exchanges are kept. */
export interface HostedOptions {
  readonly target?: string;
  readonly record?: string;
  readonly replay?: string;
}

/**
 * Gives the fal backends another way to their answers: a server that speaks the protocol, or a recording. No key leaves
 * the machine then.
 * @param folder where paths in the configuration start.
 */
export function retarget(config: Config, { target, record, replay }: HostedOptions, folder: string): Config {
  targetOption(target);
  if (replay !== undefined && (target ?? record) !== undefined)
    throw new UserError('--replay asks nobody, so that --target and --record have nothing to do; give one of them');
  const fromFolder = (path: string) => relative(folder, resolve(path));
  const entries = Object.entries(config.backends).map(([name, entry]) => {
    if (entry.kind !== 'fal') return [name, entry] as const;
    const kept = Object.entries(entry).filter(([field]) => field !== 'key' || (target ?? replay) === undefined);
    const added = {
      ...(target === undefined ? {} : { target }),
      ...(record === undefined ? {} : { record: fromFolder(record) }),
      ...(replay === undefined ? {} : { replay: fromFolder(replay) }),
    };
    return [name, { ...Object.fromEntries(kept), ...added }] as const;
  });
  return { ...config, backends: Object.fromEntries(entries) as Config['backends'] };
}

/**
 * Narrows the matrix by `key=value` pairs; several values of one key are alternatives.
 * @throws UserError for a key or value that the matrix does not have.
 */
export function narrow(config: Config, pairs: readonly string[]): Config {
  const wanted = new Map<string, string[]>();
  for (const pair of pairs) {
    const [, key, value] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    const allowed = Object.keys(config.matrix);
    if (key === undefined || value === undefined || !allowed.includes(key)) {
      throw new UserError(`--only ${pair}: not a dimension and a value; use ${allowed.join('=…, ')}=…`);
    }
    const values = (config.matrix[key as keyof Config['matrix']] as readonly (string | number)[]).map(String);
    if (!values.includes(value)) {
      const close = nearest(value, values);
      const hint = close === null ? '' : ` (did you mean ${close}?)`;
      throw new UserError(`--only ${pair}: the matrix has no such ${key}; use ${values.join(', ')}${hint}`);
    }
    wanted.set(key, [...(wanted.get(key) ?? []), value]);
  }
  const entries = Object.entries(config.matrix).map(([key, values]: [string, readonly (string | number)[]]) => {
    return [key, values.filter((value) => wanted.get(key)?.includes(String(value)) ?? true)];
  });
  return { ...config, matrix: Object.fromEntries(entries) as Config['matrix'] };
}

/** @throws UserError unless the text is the address of a server. */
export function targetOption(given: unknown): string | null {
  if (given === undefined) return null;
  const text = given as string;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new UserError(`--target ${text}: not a URL; use what earshot serve prints`);
}

/** @throws UserError unless the text is a whole number of at least 1. */
export function countOption(name: string, given: unknown): number | null {
  if (given === undefined) return null;
  const text = given as string;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UserError(`${name} ${text}: not a whole number of at least 1`);
}

/** @throws UserError unless the text is a number of at least 0. */
export function amountOption(name: string, given: unknown): number | null {
  if (given === undefined) return null;
  const text = given as string;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new UserError(`${name} ${text}: not a number of at least 0`);
}
