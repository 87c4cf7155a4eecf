import { resolve } from 'node:path';
import { audioCache } from '../corpora/audio-cache.ts';
import { openCorpus } from '../corpora/index.ts';
import { makeProbes } from '../corpora/make-probes.ts';
import { surveyCorpus } from '../corpora/survey.ts';
import { embeddedCorpus } from '../embedded.ts';
import { UserError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';
import { countOption } from './load-config.ts';
import type { Terminal } from './terminal.ts';

/** Clips that are made worse, unless a limit says otherwise: they suffice for a slope. */
const CLIPS = 10;

/** Makes a corpus of probes in a new folder, of clips of the embedded corpus or of another one. */
export async function corporaProbes(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  if (target === undefined) throw new UserError('corpora probes: no folder; name a new one');
  const path = resolve((options['corpus'] as string | undefined) ?? embeddedCorpus);
  const seed = countOption('--seed', options['seed']) ?? 1;
  const language = (options['language'] as string | undefined) ?? 'en-US';
  const open = { audioRoot: null, allowPipes: false, cacheFolder: audioCache(process.env) };
  const survey = await surveyCorpus(await openCorpus(path, path, open), {
    name: path,
    languages: [language],
    defaultLanguage: language,
    limit: countOption('--limit', options['limit']) ?? CLIPS,
    seed,
  });
  const count = await makeProbes(survey.selected(), resolve(target), seed);
  terminal.print(`${target}: ${count} probes in ${language}; measure on it as on any corpus`);
  return exitCodes.done;
}
