import { join } from 'node:path';
import { fetchCorpus } from '../corpora/sources/fetch-corpus.ts';
import { publicCorpora } from '../corpora/sources/index.ts';
import type { PublicCorpus } from '../corpora/sources/source.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { downloadProgress } from './download-progress.ts';
import { exitCodes } from './exit-codes.ts';
import { countOption } from './load-config.ts';
import type { Terminal } from './terminal.ts';

/** Fetches a public corpus, or a part of it. */
export async function corporaFetch(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  const corpus = find(target);
  const request = {
    language: choose('--language', options['language'] as string | undefined, corpus.languages),
    split: choose('--split', (options['split'] as string | undefined) ?? corpus.splits[0], corpus.splits),
    limit: countOption('--limit', options['limit']),
    seed: countOption('--seed', options['seed']) ?? 1,
    archive: (options['archive'] as string | undefined) ?? null,
  };
  const folder = (options['out'] as string | undefined) ?? join('datasets', corpus.name);
  terminal.note(`${corpus.description}; ${corpus.license}; ${corpus.size}; ${corpus.homepage}`);
  const { utterances, refusedMembers } = await fetchCorpus(corpus, request, folder, {
    mirror: (options['mirror'] as string | undefined) ?? null,
    hubToken: process.env['HF_TOKEN'] ?? null,
    retryWaitMs: 1000,
    secret: (name) => process.env[name] ?? null,
    onProgress: downloadProgress(terminal),
  });
  for (const member of refusedMembers) terminal.complain(`not unpacked, since it leads out of the folder: ${member}`);
  const count = utterances === null ? 'whole files' : `${utterances} utterances`;
  terminal.print(`${folder}: ${count} of ${corpus.name}, ${request.split}, ${request.language}`);
  terminal.note(`look at it by: earshot corpora inspect ${folder}`);
  return exitCodes.done;
}

function find(name: string | undefined): PublicCorpus {
  const names = publicCorpora.map((corpus) => corpus.name);
  const found = publicCorpora.find((corpus) => corpus.name === name);
  if (found) return found;
  const close = name === undefined ? null : nearest(name, names);
  const hint = close === null ? '' : ` (did you mean ${close}?)`;
  throw new UserError(`corpora fetch ${name ?? ''}: no such corpus; use ${names.join(', ')}${hint}`);
}

/** The only one, where there is one. */
function choose(option: string, value: string | undefined, allowed: readonly string[]): string {
  if (value === undefined && allowed.length === 1) return allowed[0]!;
  if (value !== undefined && allowed.includes(value)) return value;
  const problem = value === undefined ? 'missing' : `${value} is not there`;
  throw new UserError(`${option}: ${problem}; use ${allowed.join(', ')}`);
}
