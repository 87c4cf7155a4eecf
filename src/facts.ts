import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BackendFacts } from './backends/backend.ts';
import { backendOfKind } from './backends/index.ts';
import { resolveReferences, type Config } from './config.ts';
import { assumedSurvey } from './corpora/assumed.ts';
import { audioCache } from './corpora/audio-cache.ts';
import { howToGet, openCorpus } from './corpora/index.ts';
import { surveyCorpus, type CorpusSurvey } from './corpora/survey.ts';
import { UserError } from './errors.ts';

/** The facts that a plan rests on, with the corpora ready to be streamed. */
export interface GatheredFacts {
  readonly corpora: ReadonlyMap<string, CorpusSurvey>;
  readonly backends: ReadonlyMap<string, BackendFacts>;
  /** By name of a corpus that is not there, whose content is assumed: what to do about it. */
  readonly assumed: ReadonlyMap<string, string>;
}

interface GatherOptions {
  /** Where relative paths of the configuration start. */
  readonly folder: string;
  /** Where `${NAME}` references are looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a corpus that is not there may be what its entry assumes: for plans. */
  readonly mayAssume: boolean;
}

/**
 * Surveys the corpora and inspects the backends that the matrix uses. Spends nothing.
 */
export async function gatherFacts(config: Config, options: GatherOptions): Promise<GatheredFacts> {
  const { folder, environment, mayAssume } = options;
  const inspected = new Map<string, BackendFacts>();
  for (const name of config.matrix.backend) {
    // Facts need no secret, so that a plan can be made without one.
    const settings = resolveReferences({ ...config.backends[name]!, key: undefined }, environment);
    inspected.set(name, await backendOfKind(settings.kind).inspect(settings, folder));
  }
  const corpora = new Map<string, CorpusSurvey>();
  const assumed = new Map<string, string>();
  for (const name of config.matrix.corpus) {
    const entry = config.corpora[name]!;
    const path = resolve(folder, entry.path);
    if (mayAssume && entry.assumed && !existsSync(path)) {
      corpora.set(name, assumedSurvey(entry.assumed, config.matrix.language, config.limit ?? null));
      assumed.set(name, howToGet(path));
    } else corpora.set(name, await survey(name, config, options));
  }
  return { corpora, backends: inspected, assumed };
}

/** @throws UserError for a corpus with unusable rows, unless its entry says to skip them. */
async function survey(
  name: string,
  { corpora, matrix, limit, seed }: Config,
  { folder, environment }: GatherOptions,
): Promise<CorpusSurvey> {
  const entry = corpora[name]!;
  const path = resolve(folder, entry.path);
  const corpus = await openCorpus(name, path, {
    audioRoot: entry.audioRoot === undefined ? null : resolve(folder, entry.audioRoot),
    allowPipes: entry.allowPipes,
    cacheFolder: audioCache(environment),
  });
  const found = await surveyCorpus(corpus, {
    name,
    languages: matrix.language,
    defaultLanguage: entry.language ?? null,
    limit: limit ?? null,
    seed,
    where: entry.where ?? {},
    stratify: entry.stratify ?? [],
    standIns: entry.standIns ?? {},
    channels: entry.channels,
    measure: entry.measure,
  });
  const { count, first } = found.rejected;
  if (first === null || entry.onBadRow === 'skip') return found;
  const more = count > 1 ? ` (and ${count - 1} more; earshot corpora inspect ${path} lists them)` : '';
  throw new UserError(`${first.reason}; or leave bad rows out by onBadRow: skip${more}`, first.where);
}

/** A line for each corpus with rows that are left out, with their number. */
export function leftOutRows({ corpora }: GatheredFacts): readonly string[] {
  return [...corpora].flatMap(([name, { rejected }]) => {
    const { count, first } = rejected;
    return first === null ? [] : [`corpus ${name}: ${count} rows left out, first ${first.where}: ${first.reason}`];
  });
}
