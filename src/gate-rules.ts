import { z } from 'zod';
import { languageTag, oneOrMore } from './config.ts';
import { metrics } from './metrics/index.ts';
import { parseYaml, type ParsedYaml } from './parse-yaml.ts';
import type { Cell } from './types.ts';

const names = oneOrMore(z.string()).optional();

/** Which cells a rule is about; all when left out. */
const where = {
  language: names,
  acceleration: names,
  backend: names,
  corpus: names,
  languageHint: names,
  concurrency: oneOrMore(z.int()).optional(),
};

const metricNames = ['errorRate', ...Object.keys(metrics)] as [string, ...string[]];

const threshold = z
  .strictObject({
    metric: z.enum(metricNames).meta({
      description: 'A metric of summary.json, in its unit; errorRate is the WER or CER that a language is counted in.',
    }),
    max: z.number().min(0).optional(),
    min: z.number().min(0).optional(),
    by: z.enum(['value', 'interval']).default('value').meta({
      description: 'Whether the measured value decides, or its whole interval has to lie within.',
    }),
    ...where,
  })
  .refine(({ max, min }) => (max === undefined) !== (min === undefined), 'give either max or min')
  .refine(({ metric, max }) => (max ?? 0) <= 1 || !isFraction(metric), 'a fraction such as 0.25')
  .refine(({ metric, min }) => (min ?? 0) <= 1 || !isFraction(metric), 'a fraction such as 0.99');

const tradeoff = z
  .strictObject({
    allowPoints: z.number().min(0).meta({ description: 'The margin, in points, that then holds.' }),
    timesFaster: z
      .number()
      .min(1)
      .optional()
      .meta({ description: 'So many times faster on the same clips, by the low end of the interval of the median.' }),
    timesCheaper: z.number().min(1).optional().meta({ description: 'So many times cheaper on the same clips.' }),
    ...where,
  })
  .refine(
    ({ timesFaster, timesCheaper }) => timesFaster !== undefined || timesCheaper !== undefined,
    'give timesFaster or timesCheaper',
  );

const regression = z.strictObject({
  marginPoints: z.number().min(0).default(0.5).meta({
    description: 'A cell must not be worse than the baseline by so many percentage points of the error rate.',
  }),
  margins: z.record(languageTag, z.number().min(0)).default({}).meta({ description: 'The same, by language.' }),
  minPaired: z.number().min(0).max(1).default(0.98).meta({
    description: 'Share of what the baseline answered that has to be answered here too; with less nothing is decided.',
  }),
});

const rulesSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'Ignored; lets editors find the schema.' }),
    cells: z.strictObject(where).default({}).meta({ description: 'Which cells the gate looks at; all when left out.' }),
    thresholds: z.array(threshold).default([]).meta({ description: 'Limits that hold without a baseline.' }),
    regression: regression
      .prefault({})
      .meta({ description: 'Non-inferiority to the baseline, adjusted by Holm for all cells.' }),
    tradeoffs: z
      .array(tradeoff)
      .default([])
      .meta({ description: 'What a gain in speed or cost may cost in accuracy.' }),
    undecided: z.enum(['fail', 'pass', 'exit-4']).default('exit-4').meta({
      description:
        'What happens where the data cannot tell: exit code 1, 0 or 4. Where nothing at all was compared, it is never 0.',
    }),
  })
  .meta({ title: 'Rules of an Earshot gate' });

export type GateRules = z.output<typeof rulesSchema>;
export type Threshold = GateRules['thresholds'][number];
type Where = GateRules['cells'];

/** @throws UserError with `file:line:column`, the bad value and what is allowed. */
export function parseGateRules(text: string, file: string): ParsedYaml<GateRules> {
  return parseYaml(text, file, rulesSchema);
}

/** What holds without a file of rules: no cell is worse by half a point. */
export function defaultGateRules(): GateRules {
  return rulesSchema.parse({});
}

/** JSON Schema of what a person may write. */
export function gateJsonSchema(): unknown {
  return z.toJSONSchema(rulesSchema, { io: 'input' });
}

/** Whether a rule is about a cell. */
export function concerns(rule: Where, cell: Cell): boolean {
  const isNamed = (['language', 'acceleration', 'backend', 'corpus', 'languageHint'] as const).every(
    (dimension) => rule[dimension]?.includes(cell[dimension]) ?? true,
  );
  return isNamed && (rule.concurrency?.includes(cell.concurrency ?? 0) ?? true);
}

function isFraction(metric: string): boolean {
  return metric === 'errorRate' || metrics[metric as keyof typeof metrics].unit === 'fraction';
}
