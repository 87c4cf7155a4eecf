import { resolve } from 'node:path';
import { audioCache } from '../corpora/audio-cache.ts';
import type { Rejection } from '../corpora/corpus.ts';
import { recognizeLayout } from '../corpora/index.ts';
import { inspectCorpus } from '../corpora/inspect.ts';
import { UserError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Says which layout was recognized at a path, what is in it, and every row that cannot be used. */
export async function corporaInspect(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  if (target === undefined) throw new UserError('corpora inspect: no path; give that of a corpus');
  const path = resolve(target);
  const layout = await recognizeLayout(target, path);
  const corpus = await layout.open(path, {
    audioRoot: options['audioRoot'] === undefined ? null : resolve(options['audioRoot'] as string),
    allowPipes: Boolean(options['allowPipes']),
    cacheFolder: audioCache(process.env),
  });
  const isJson = Boolean(options['json']);
  const rejections: Rejection[] = [];
  const remarks: { readonly where: string; readonly remark: string }[] = [];
  // Told as they come: a corpus may have more bad rows than memory.
  const found = await inspectCorpus(
    corpus,
    target,
    (rejection) => {
      if (isJson) rejections.push(rejection);
      else terminal.print(`rejected: ${rejection.where}: ${rejection.reason}`);
    },
    (where, remark) => {
      if (isJson) remarks.push({ where, remark });
      else terminal.print(`remark: ${where}: ${remark}`);
    },
  );
  // Nothing could be measured on: that is to be mended first.
  const exitCode = found.utterances === 0 ? exitCodes.userError : exitCodes.done;
  const { languages, ...sums } = found;
  const { description, license, synthetic } = corpus;
  if (isJson) {
    const facts = { path, layout: layout.name, description, license, synthetic, ...sums };
    terminal.print(
      JSON.stringify({ ...facts, languages: Object.fromEntries(languages), rejections, remarks }, null, 2),
    );
    return exitCode;
  }
  terminal.print(`layout: ${layout.name} (${layout.summary})`);
  if (description !== '') terminal.print(description);
  terminal.print(`license: ${license}${synthetic ? '; synthetic speech' : ''}`);
  terminal.print(`rows: ${found.rows}, usable ${found.utterances}, rejected ${found.rejected}`);
  terminal.print(
    `audio: ${hours(found.audioSeconds)}; speakers: ${found.speakers === 0 ? 'not stated' : found.speakers}`,
  );
  for (const [tag, { utterances, audioSeconds }] of languages) {
    const language = tag || (corpus.language ?? 'not stated');
    terminal.print(`language ${language}: ${utterances} utterances, ${hours(audioSeconds)}`);
  }
  if (found.mislabeled > 0) terminal.print(`files that are not what their name says: ${found.mislabeled}`);
  return exitCode;
}

function hours(seconds: number): string {
  return seconds < 3600 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(2)} h`;
}
