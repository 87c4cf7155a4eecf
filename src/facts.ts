import { resolve } from 'node:path';
import type { BackendFacts } from './backends/backend.ts';
import { backends } from './backends/index.ts';
import { resolveReferences, type Config } from './config.ts';
import { openCorpus } from './corpora/index.ts';
import { surveyCorpus, type CorpusSurvey } from './corpora/survey.ts';

/** The facts that a plan rests on, with the corpora ready to be streamed. */
export interface GatheredFacts {
  readonly corpora: ReadonlyMap<string, CorpusSurvey>;
  readonly backends: ReadonlyMap<string, BackendFacts>;
}

/**
 * Surveys the corpora and inspects the backends that the matrix uses. Spends nothing.
 * @param folder where relative paths of the configuration start.
 * @param environment where `${NAME}` references are looked up.
 */
export async function gatherFacts(
  config: Config,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GatheredFacts> {
  const inspected = new Map<string, BackendFacts>();
  for (const name of config.matrix.backend) {
    const settings = resolveReferences(config.backends[name]!, environment);
    inspected.set(name, await backends[settings.kind].inspect(settings, folder));
  }
  const corpora = new Map<string, CorpusSurvey>();
  for (const name of config.matrix.corpus) {
    const { path, language } = config.corpora[name]!;
    const corpus = await openCorpus(name, resolve(folder, path));
    corpora.set(
      name,
      await surveyCorpus(corpus, {
        name,
        languages: config.matrix.language,
        defaultLanguage: language ?? null,
        limit: config.limit ?? null,
        seed: config.seed,
      }),
    );
  }
  return { corpora, backends: inspected };
}
