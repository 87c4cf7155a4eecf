import type { RunInfo } from './types.ts';

/** What a run's figures are a function of. */
export type RunFacts = Pick<RunInfo, 'createdAt' | 'configSha256' | 'environment' | 'corpora' | 'recognizers'> &
  Partial<Pick<RunInfo, 'config'>>;

/** One thing that is not the same in two runs. */
export interface RunDifference {
  /** A different machine makes times not comparable; the others may explain a difference of accuracy. */
  readonly kind: 'machine' | 'model' | 'corpus' | 'configuration' | 'version';
  readonly text: string;
}

/** Everything in which two runs differ, the likeliest causes of different results first. */
export function runDifferences(before: RunFacts, after: RunFacts): readonly RunDifference[] {
  return [
    ...modelDifferences(before, after),
    ...configDifferences(before, after),
    ...corpusDifferences(before, after),
    ...versionDifferences(before, after),
    ...machineDifferences(before, after),
  ];
}

/** Whether times of both can be held against each other. */
export function haveOneMachine(before: RunFacts, after: RunFacts): boolean {
  return machineDifferences(before, after).length === 0;
}

function modelDifferences(before: RunFacts, after: RunFacts): RunDifference[] {
  return sharedNames(before.recognizers, after.recognizers).flatMap((name) => {
    const [was, is] = [before.recognizers[name]!, after.recognizers[name]!];
    return [
      ...change('model', `model of ${name}`, was.model, is.model),
      ...change('model', `model files of ${name}`, shortDigest(was.modelSha256), shortDigest(is.modelSha256)),
      ...change('model', `precision of ${name}`, was.precision, is.precision),
    ];
  });
}

function configDifferences(before: RunFacts, after: RunFacts): RunDifference[] {
  if (before.configSha256 === after.configSha256) return [];
  if (before.config === undefined || after.config === undefined) {
    return change('configuration', 'configuration', shortDigest(before.configSha256), shortDigest(after.configSha256));
  }
  const [was, is] = [leaves(before.config), leaves(after.config)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) =>
    change('configuration', path, was.get(path) ?? null, is.get(path) ?? null),
  );
}

function corpusDifferences(before: RunFacts, after: RunFacts): RunDifference[] {
  return after.corpora.flatMap((corpus) => {
    const was = before.corpora.find(({ name }) => name === corpus.name);
    return was === undefined || was.sha256 === corpus.sha256
      ? []
      : change('corpus', `rows of ${corpus.name}`, rowsText(was), rowsText(corpus));
  });
}

function rowsText({ utterances, sha256 }: RunFacts['corpora'][number]): string {
  return `${utterances} (${sha256.slice(0, 12)})`;
}

function versionDifferences({ environment: was }: RunFacts, { environment: is }: RunFacts): RunDifference[] {
  return [
    ...change('version', 'Earshot', was.earshotVersion, is.earshotVersion),
    ...change('version', 'git revision', was.gitRevision?.slice(0, 12) ?? null, is.gitRevision?.slice(0, 12) ?? null),
    ...[...new Set([...Object.keys(was.packages), ...Object.keys(is.packages)])].flatMap((name) =>
      change('version', name, was.packages[name] ?? null, is.packages[name] ?? null),
    ),
  ];
}

function machineDifferences(before: RunFacts, after: RunFacts): RunDifference[] {
  const [was, is] = [before.environment, after.environment];
  return [
    ...change('machine', 'processor', was.cpu, is.cpu),
    ...change('machine', 'cores', String(was.cores), String(is.cores)),
    ...change('machine', 'platform', was.platform, is.platform),
    ...change('machine', 'Node', was.node, is.node),
    ...sharedNames(before.recognizers, after.recognizers).flatMap((name) => {
      const [old, now] = [before.recognizers[name]!, after.recognizers[name]!];
      return [
        ...change('machine', `provider of ${name}`, old.effectiveProvider, now.effectiveProvider),
        ...change('machine', `threads of ${name}`, text(old.threads), text(now.threads)),
        ...change('machine', `processes of ${name}`, String(old.processes ?? 1), String(now.processes ?? 1)),
      ];
    }),
  ];
}

function sharedNames(before: object, after: object): string[] {
  return Object.keys(after).filter((name) => Object.hasOwn(before, name));
}

function change(kind: RunDifference['kind'], what: string, was: string | null, is: string | null): RunDifference[] {
  return was === is ? [] : [{ kind, text: `${what}: ${was ?? 'none'} → ${is ?? 'none'}` }];
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}

function shortDigest(sha256: string | null): string | null {
  return sha256 === null ? null : sha256.slice(0, 12);
}

/** Every value of a configuration by its path, such as `backends.local.precision`. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  );
}
