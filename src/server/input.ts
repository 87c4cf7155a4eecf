import { nemotronLocales } from '../backends/fal/locales.ts';
import type { Acceleration } from '../types.ts';
import { badField } from './refusal.ts';

const accelerations: readonly Acceleration[] = ['none', 'regular', 'high', 'full'];
const languages: readonly string[] = ['auto', ...nemotronLocales];

/** What the endpoint is asked. */
export interface EndpointInput {
  readonly audioUrl: string;
  readonly language: string;
  readonly acceleration: Acceleration;
}

/** @throws Refusal with the endpoint's 422 for a missing field or a value that it does not know. */
export function readInput(body: unknown): EndpointInput {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { audio_url: audioUrl, language = 'auto', acceleration = 'regular' } = fields;
  if (typeof audioUrl !== 'string') throw badField('audio_url', 'Field required', 'missing');
  return {
    audioUrl,
    language: oneOf('language', language, languages),
    acceleration: oneOf('acceleration', acceleration, accelerations) as Acceleration,
  };
}

function oneOf(field: string, value: unknown, allowed: readonly string[]): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  const list = allowed.map((one) => `'${one}'`).join(', ');
  throw badField(field, `Input should be ${list}`, 'literal_error', { expected: allowed });
}

/** The endpoint's own description of itself, for tools that read OpenAPI. */
export function openApiDocument(endpointId: string, origin: string): unknown {
  const base = endpointId.split('/').slice(0, 2).join('/');
  const ref = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const ok = (name: string) => ({ 200: { description: 'The request status or result.', content: ref(name) } });
  const requestId = { name: 'request_id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${endpointId}`,
      version: '1.0.0',
      'x-fal-metadata': { endpointId, category: 'speech-to-text' },
    },
    components: {
      securitySchemes: { apiKeyAuth: { type: 'apiKey', in: 'header', name: 'Authorization' } },
      schemas: {
        QueueStatus: {
          type: 'object',
          required: ['status', 'request_id'],
          properties: {
            status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
            request_id: { type: 'string' },
            response_url: { type: 'string' },
            status_url: { type: 'string' },
            cancel_url: { type: 'string' },
            queue_position: { type: 'integer' },
            logs: { type: 'array', items: { type: 'object' } },
            metrics: { type: 'object' },
          },
        },
        AsrInput: {
          type: 'object',
          required: ['audio_url'],
          properties: {
            audio_url: { type: 'string' },
            language: { type: 'string', enum: languages, default: 'auto' },
            acceleration: { type: 'string', enum: accelerations, default: 'regular' },
          },
        },
        AsrOutput: {
          type: 'object',
          required: ['output'],
          properties: { output: { type: 'string' }, partial: { type: 'boolean', default: false } },
        },
      },
    },
    paths: {
      [`/${endpointId}`]: { post: { requestBody: { content: ref('AsrInput') }, responses: ok('QueueStatus') } },
      [`/${base}/requests/{request_id}`]: { get: { parameters: [requestId], responses: ok('AsrOutput') } },
      [`/${base}/requests/{request_id}/status`]: { get: { parameters: [requestId], responses: ok('QueueStatus') } },
      [`/${base}/requests/{request_id}/cancel`]: { put: { parameters: [requestId], responses: ok('QueueStatus') } },
    },
    servers: [{ url: `${origin}/queue` }],
    security: [{ apiKeyAuth: [] }],
  };
}
