import { z } from 'zod';
import { seededRandom, type Random } from '../stats/random.ts';

/** What can go wrong, and where. Requests that start work can also meet any `status-<code>`. */
export const faultNames = [
  'too-many-requests',
  'hang',
  'reset-before-acceptance',
  'reset-after-acceptance',
  'html-502',
  'truncated-json',
  'job-failed',
  'failed-state',
  'unknown-state',
  'back-to-queue',
  'status-stream-drop',
  'status-unavailable',
  'result-unavailable',
  'missing-billable-units',
  'empty-output',
  'split-character',
  'stream-drop',
  'event-error',
  'partial-last',
  'storage-too-many-requests',
  'slow-upload',
  'upload-unavailable',
  'upload-reset',
  'expired-file',
] as const;

const durationMs = z.number().min(0);
const distribution = z.union([
  z.strictObject({ constant: durationMs }),
  z.strictObject({ uniform: z.tuple([durationMs, durationMs]) }),
  z.strictObject({ exponential: durationMs.describe('Mean.') }),
  z.strictObject({ lognormal: z.strictObject({ median: durationMs, sigma: z.number().min(0) }) }),
]);

/** Bounds of a part of a template are not looked at. */
const statusFault = z
  .templateLiteral(['status-', z.int()])
  .refine((name) => /^status-[45]\d\d$/u.test(name), 'status-400 to status-599');

/** The content of a faults file. */
export const faultsSchema = z.strictObject({
  seed: z.int().min(0).default(1),
  rates: z
    .partialRecord(
      z.union([z.enum(faultNames), statusFault], {
        error: `one of ${faultNames.join(', ')}, status-400 to status-599`,
      }),
      z.number().min(0).max(1),
    )
    .default({}),
  retryAfterSeconds: z.number().min(0).default(1),
  slowUploadMs: durationMs.default(500),
  latency: z
    .strictObject({
      queueMs: distribution.default({ constant: 0 }),
      inferenceMs: distribution.default({ constant: 0 }),
    })
    .default({ queueMs: { constant: 0 }, inferenceMs: { constant: 0 } }),
});

export type FaultSettings = z.output<typeof faultsSchema>;
type Distribution = z.output<typeof distribution>;
export type FaultName = keyof FaultSettings['rates'];

/** Draws faults and added latencies from one seeded sequence each, so that adding a fault does not move the others. */
export class Faults {
  readonly settings: FaultSettings;
  readonly #sources = new Map<string, Random>();

  constructor(settings: FaultSettings) {
    this.settings = settings;
  }

  happens(name: FaultName): boolean {
    const rate = this.settings.rates[name] ?? 0;
    return rate > 0 && this.#uniform(name) < rate;
  }

  /** The status that a request is refused with, if it is. */
  refusal(): number | null {
    for (const name of Object.keys(this.settings.rates) as FaultName[]) {
      const code = /^status-(\d{3})$/.exec(name)?.[1];
      if (code !== undefined && this.happens(name)) return Number(code);
    }
    return null;
  }

  queueMs(): number {
    return this.#sample('queueMs', this.settings.latency.queueMs);
  }

  inferenceMs(): number {
    return this.#sample('inferenceMs', this.settings.latency.inferenceMs);
  }

  #sample(name: string, shape: Distribution): number {
    if ('constant' in shape) return shape.constant;
    const chance = this.#uniform(name);
    if ('uniform' in shape) return shape.uniform[0] + chance * (shape.uniform[1] - shape.uniform[0]);
    if ('exponential' in shape) return -shape.exponential * Math.log(1 - chance);
    // Box and Muller.
    const normal = Math.sqrt(-2 * Math.log(1 - chance)) * Math.cos(2 * Math.PI * this.#uniform(name));
    return shape.lognormal.median * Math.exp(shape.lognormal.sigma * normal);
  }

  #uniform(name: string): number {
    let source = this.#sources.get(name);
    if (source === undefined) {
      const offset = Buffer.from(name).reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 0);
      source = seededRandom((this.settings.seed + offset) | 0);
      this.#sources.set(name, source);
    }
    return source() / 2 ** 32;
  }
}
