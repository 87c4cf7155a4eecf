import { z } from 'zod';
import { backends } from './backends/index.ts';
import { quote, suggest } from './config-issues.ts';
import { strata } from './corpora/sample.ts';
import { UserError } from './errors.ts';
import { normalizers } from './normalizers/index.ts';
import { parseYaml } from './parse-yaml.ts';
import { intervalMethods } from './stats/bootstrap.ts';
import type { Acceleration, IntervalMethod, LanguageHint } from './types.ts';

const accelerations = ['none', 'regular', 'high', 'full'] as const satisfies readonly Acceleration[];
const languageHints = ['given', 'auto'] as const satisfies readonly LanguageHint[];

/** A matrix dimension may be written as one value or as a list. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item.transform((value) => [value]), z.array(item).min(1)]);
}

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a BCP 47 tag such as en-US')
  .meta({ description: 'A BCP 47 language tag, such as en-US.' });

const entryName = z
  .string()
  .regex(/^[\w.-]+$/, 'letters, digits, dot, dash and underscore')
  // What is known of a backend or corpus is kept in objects by its name.
  .refine((name) => !(name in {}), 'any name but those that every object of JavaScript has, as "constructor"');

const [firstBackend, ...otherBackends] = Object.values(backends).map((backend) =>
  backend.settings.extend({ kind: z.literal(backend.kind).meta({ description: backend.summary }) }).strict(),
);

const configSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'Ignored; lets editors find the schema.' }),
    name: entryName.meta({ description: 'Names the run and its default folder.' }),
    question: z.string().optional().meta({ description: 'What the sweep is to answer; opens the report.' }),
    seed: z.int().min(0).default(1).meta({ description: 'Seeds selection, order and resampling.' }),
    corpora: z
      .record(
        entryName,
        z.strictObject({
          path: z.string().meta({ description: 'Manifest or folder, relative to this file.' }),
          language: languageTag.optional().meta({ description: 'For a corpus whose rows do not name theirs.' }),
          standIns: z
            .record(languageTag, languageTag)
            .optional()
            .meta({ description: 'By language: the tag of the rows that stand in for it, such as pt-PT: pt-BR.' }),
          where: z
            .object({ minSeconds: z.number().optional(), maxSeconds: z.number().optional() })
            .catchall(oneOrMore(z.union([z.string(), z.number(), z.boolean()])))
            .optional()
            .meta({
              description: 'Which rows: minSeconds, maxSeconds, speaker or any other field with the values to keep.',
            }),
          stratify: oneOrMore(z.enum(strata))
            .optional()
            .meta({ description: 'What a sample keeps in proportion, where a limit makes one.' }),
          channels: z
            .union([z.literal('mix'), oneOrMore(z.int().min(0))])
            .default('mix')
            .meta({
              description:
                'What is heard of recordings with several channels: mix, or the numbers from 0 of those to hear, each as an utterance of its own.',
            }),
          onBadRow: z
            .enum(['refuse', 'skip'])
            .default('refuse')
            .meta({ description: 'Whether a row that cannot be used stops the sweep or is left out.' }),
          measure: z
            .boolean()
            .default(false)
            .meta({ description: 'Whether clips are decoded beforehand for slices of loudness, clipping and noise.' }),
          assumed: z
            .strictObject({
              utterances: z.int().min(1),
              secondsEach: z.number().positive(),
              tokensEach: z.number().positive(),
            })
            .optional()
            .meta({
              description: 'What a plan takes each language to hold while nothing is at the path: not fetched yet.',
            }),
          audioRoot: z.string().optional().meta({ description: 'Folder that all audio must lie in.' }),
          allowPipes: z.boolean().default(false).meta({ description: 'Whether a Kaldi wav.scp may run commands.' }),
        }),
      )
      .refine((corpora) => Object.keys(corpora).length > 0, 'at least one corpus')
      .meta({ description: 'What to measure on, by name.' }),
    backends: z
      .record(entryName, z.discriminatedUnion('kind', [firstBackend!, ...otherBackends]))
      .refine((entries) => Object.keys(entries).length > 0, 'at least one backend')
      .superRefine((entries, context) => {
        // The configuration is copied into results and reports, which travel.
        for (const [name, entry] of Object.entries(entries)) {
          const { key } = entry as { readonly key?: string };
          if (key === undefined || /^\$\{\w+\}$/.test(key)) continue;
          const message =
            'a secret stands in the file; use a reference such as ${FAL_KEY} and set it in the environment';
          context.addIssue({ code: 'custom', path: [name, 'key'], message, input: '…' });
        }
      })
      .meta({ description: 'What to measure, by name.' }),
    matrix: z
      .strictObject({
        language: oneOrMore(languageTag),
        acceleration: oneOrMore(z.enum(accelerations)).default(['none']),
        backend: oneOrMore(entryName).optional().meta({ description: 'Names of backends; all when left out.' }),
        corpus: oneOrMore(entryName).optional().meta({ description: 'Names of corpora; all when left out.' }),
        languageHint: oneOrMore(z.enum(languageHints)).default(['given']),
        concurrency: oneOrMore(z.int().min(1).max(1000))
          .optional()
          .meta({ description: "Requests in flight at once; as each backend's entry says when left out." }),
      })
      .meta({ description: 'Every combination of these becomes a cell.' }),
    limit: z.int().min(1).optional().meta({ description: 'Utterances per cell, the same ones in every cell.' }),
    scoring: z
      .strictObject({
        normalizer: z.enum(Object.keys(normalizers) as [string, ...string[]]).default('earshot'),
        marginPoints: z
          .number()
          .min(0)
          .default(0.5)
          .meta({ description: 'Differences of the error rate below so many percentage points do not matter.' }),
        characters: z
          .enum(['code-point', 'grapheme'])
          .default('code-point')
          .meta({ description: 'What the character error rate counts.' }),
        intervals: z
          .enum(Object.keys(intervalMethods) as [IntervalMethod, ...IntervalMethod[]])
          .default('percentile')
          .meta({ description: 'How intervals of error rates are made of the resampled blocks.' }),
        alternations: z
          .boolean()
          .default(false)
          .meta({ description: "Whether references are in NIST's notation: {a / b / @} and (uh)." }),
        overlay: z
          .string()
          .optional()
          .meta({ description: 'File of accepted references, relative to this file; corpora stay as they are.' }),
      })
      .prefault({}),
    published: z
      .array(
        z.strictObject({
          corpus: entryName.optional(),
          language: languageTag,
          acceleration: z.enum(accelerations).optional(),
          metric: z.enum(['wer', 'cer']),
          value: z.number().min(0).meta({ description: 'A fraction, such as 0.0791.' }),
          source: z.string().meta({ description: 'Who published it, and where.' }),
        }),
      )
      .optional()
      .meta({ description: 'Figures of others, to be drawn beside ours; never mixed with them.' }),
    choose: z
      .strictObject({
        take: z
          .enum(['fastest', 'cheapest', 'most-accurate'])
          .default('fastest')
          .meta({ description: 'Which of the settings that keep to the limits is recommended.' }),
        maxErrorLossPoints: z.number().min(0).optional().meta({
          description:
            'Percentage points of error rate that a setting may lose against the longest chunk of the first backend; scoring.marginPoints when left out.',
        }),
        maxLatencyMs: z.number().min(0).optional().meta({ description: 'Of the median.' }),
        maxFirstTextMs: z
          .number()
          .min(0)
          .optional()
          .meta({ description: 'Of the median, from the start of the audio.' }),
        maxWordDelayMs: z.number().min(0).optional().meta({ description: 'Of the median, from the end of each word.' }),
        maxCostPerMinuteUsd: z.number().min(0).optional(),
      })
      .optional()
      .meta({ description: 'What the setting to take has to keep to; the report opens with the answer.' }),
    capacity: z
      .strictObject({
        from: z.int().min(1).max(1000).default(1).meta({ description: 'Streams that the search begins with.' }),
        most: z.int().min(1).max(1000).default(256).meta({ description: 'Streams that it does not go beyond.' }),
      })
      .optional()
      .meta({
        description:
          'Instead of one load, search how many streams in real time fit: 99 of 100 chunks done within the length of a chunk.',
      }),
    budget: z.strictObject({ maxUsd: z.number().min(0) }).optional(),
  })
  .meta({ title: 'An Earshot sweep' });

type ParsedConfig = z.output<typeof configSchema>;

/** Settings of one backend, validated by the schema of its kind. */
export type BackendEntry = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A validated sweep: every default filled in, every name resolved, environment references still unresolved. */
export interface Config extends Omit<ParsedConfig, '$schema' | 'matrix' | 'backends'> {
  readonly backends: Readonly<Record<string, BackendEntry>>;
  readonly matrix: {
    readonly language: readonly string[];
    readonly acceleration: readonly Acceleration[];
    readonly backend: readonly string[];
    readonly corpus: readonly string[];
    readonly languageHint: readonly LanguageHint[];
    /** Absent: every backend has the load of its own entry. */
    readonly concurrency?: readonly number[];
  };
}

/** JSON Schema (draft 2020-12) of what a person may write, for editors. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

/**
 * Parses and validates the text of a configuration file.
 * @param file name for messages.
 * @throws UserError with `file:line:column`, the bad value and what is allowed.
 */
export function parseConfig(text: string, file: string): Config {
  const { data, at } = parseYaml(text, file, configSchema);
  return resolveNames(data, at);
}

function resolveNames(parsed: ParsedConfig, at: (...path: (string | number)[]) => string): Config {
  const { matrix, ...rest } = parsed;
  const known = (dimension: 'backend' | 'corpus', names: readonly string[] | undefined, entries: object) => {
    const allowed = Object.keys(entries);
    for (const [index, name] of (names ?? []).entries()) {
      if (allowed.includes(name)) continue;
      const path = Array.isArray(matrix[dimension]) ? ['matrix', dimension, index] : ['matrix', dimension];
      throw new UserError(`matrix.${dimension}: ${quote(name)} is not defined; ${suggest(name, allowed)}`, at(...path));
    }
    return [...new Set(names ?? allowed)];
  };
  if (rest.capacity) refuseCapacity(parsed, at);
  return {
    ...rest,
    backends: rest.backends as Readonly<Record<string, BackendEntry>>,
    matrix: {
      language: [...new Set(matrix.language)],
      acceleration: [...new Set(matrix.acceleration)],
      backend: known('backend', matrix.backend, parsed.backends),
      corpus: known('corpus', matrix.corpus, parsed.corpora),
      languageHint: [...new Set(matrix.languageHint)],
      ...(matrix.concurrency ? { concurrency: [...new Set(matrix.concurrency)] } : {}),
    },
  };
}

/** @throws UserError where there is nothing to search the capacity of. */
function refuseCapacity({ backends, matrix }: ParsedConfig, at: (...path: (string | number)[]) => string): void {
  if (matrix.concurrency) {
    throw new UserError('capacity searches the streams at once itself; leave matrix.concurrency out', at('capacity'));
  }
  for (const name of matrix.backend ?? Object.keys(backends)) {
    const { mode } = (backends[name] ?? {}) as { readonly mode?: string };
    if (mode === 'real-time') continue;
    throw new UserError(
      `capacity counts streams in real time, which backend ${quote(name)} does not make; give it mode: real-time, or name others in matrix.backend`,
      at('capacity'),
    );
  }
}

/**
 * Replaces `${NAME}` in every string of a value by the environment's NAME.
 * Done only when a backend is opened, so that what is stored keeps the reference and never the secret.
 * @throws UserError naming the variable that is not set.
 */
export function resolveReferences<Value>(
  value: Value,
  environment: Readonly<Record<string, string | undefined>>,
): Value {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found === undefined)
        throw new UserError(`environment variable ${name} is not set; the configuration refers to it`);
      return found;
    }) as Value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => resolveReferences(item, environment)) as Value;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveReferences(item as unknown, environment)]),
    ) as Value;
  }
  return value;
}
