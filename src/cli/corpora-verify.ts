import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkSums, writeSums } from '../corpora/check-sums.ts';
import { audioCache } from '../corpora/audio-cache.ts';
import { openCorpus } from '../corpora/index.ts';
import { digestCorpus } from '../corpora/digest-corpus.ts';
import { UserError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Decodes every clip of a corpus, compares its files with their noted digests, and prints the digest of it all. */
export async function corporaVerify(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  if (target === undefined) throw new UserError('corpora verify: no name or path; give that of a corpus');
  const path = resolve(existsSync(target) ? target : join('datasets', target));
  const corpus = await openCorpus(target, path, {
    audioRoot: null,
    allowPipes: false,
    cacheFolder: audioCache(process.env),
  });
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  if (options['write']) terminal.note(`noted ${await writeSums(folder)} digests in ${join(folder, 'SHA256SUMS')}`);
  const sums = await checkSums(folder);
  for (const { where, reason } of sums?.problems ?? []) terminal.print(`changed: ${where}: ${reason}`);
  const found = await digestCorpus(corpus, target, ({ where, reason }) =>
    terminal.print(`rejected: ${where}: ${reason}`),
  );
  const changed = sums?.problems.length ?? 0;
  terminal.print(
    sums === null
      ? 'no SHA256SUMS to compare with; --write notes them'
      : `${sums.checked} noted files, ${changed} of them changed`,
  );
  terminal.print(`${found.utterances} utterances decoded, ${found.rejected} rejected`);
  terminal.print(`sha256 over rows and samples: ${found.sha256}`);
  return changed + found.rejected > 0 ? exitCodes.someFailed : exitCodes.done;
}
