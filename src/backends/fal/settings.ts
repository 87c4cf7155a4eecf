import { z } from 'zod';
import { endpoints, nemotronId } from './endpoints.ts';

const ids = [...endpoints.keys()] as [string, ...string[]];

/** What the configuration says of a hosted endpoint. */
export const falSettings = z.strictObject({
  endpoint: z.enum(ids).default(nemotronId).describe('Id of the endpoint at fal.'),
  transport: z
    .enum(['run', 'queue', 'stream'])
    .default('queue')
    .describe('One open request (run), submit and watch and fetch (queue), or partial transcripts (stream).'),
  key: z.string().optional().describe('A reference such as ${FAL_KEY}; never the key itself.'),
  target: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('A server that speaks the protocol, such as earshot serve.'),
  concurrency: z.int().min(1).default(2).describe('Requests in flight; a new account may have 2.'),
  arrivals: z
    .strictObject({ kind: z.enum(['constant', 'poisson']), perSecond: z.number().positive() })
    .optional()
    .describe('Open loop: requests leave by the clock, whether earlier ones are answered or not.'),
  send: z
    .enum(['upload', 'inline', 'url'])
    .default('upload')
    .describe('Each clip uploaded once, with every request as a data URI, or as the URL under which it lies already.'),
  urlBase: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('For send: url: where the files of urlRoot can be fetched without a key.'),
  urlRoot: z.string().default('.').describe('For send: url: folder of the clips, relative to this file.'),
  inlineLimitBytes: z
    .int()
    .min(0)
    .default(5_000_000)
    .describe('Larger clips are uploaded even where inline is asked for.'),
  uploadCache: z.string().optional().describe('File that remembers uploads across runs, relative to this file.'),
  uploadsExpireAfterHours: z.number().positive().default(24).describe('When the host deletes uploaded clips.'),
  pollIntervalMs: z
    .int()
    .min(10)
    .optional()
    .describe('Ask for the state so often instead of following its event stream.'),
  timeoutSeconds: z.number().positive().max(290).default(120).describe('Longest time for one HTTP exchange.'),
  attempts: z.int().min(1).max(20).default(5).describe('Tries for one answer, the first included.'),
  hostRetries: z.boolean().default(false).describe('Let the host try again by itself, unseen and inside the latency.'),
  resendUnknown: z
    .boolean()
    .default(false)
    .describe('Send again where nobody knows whether the first sending was billed; may pay twice.'),
  record: z
    .string()
    .optional()
    .describe('File that exchanges are appended to, without secrets; relative to this file.'),
  replay: z.string().optional().describe('File that record wrote: answers come from it, and no request leaves.'),
  expectedRtf: z.number().positive().optional().describe('Real-time factor to estimate a plan with.'),
});

export type FalSettings = z.output<typeof falSettings>;
