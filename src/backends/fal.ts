import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Backend, BackendFacts, Recognizer } from './backend.ts';
import { endpoints, type Endpoint } from './fal/endpoints.ts';
import { FalRecognizer } from './fal/recognizer.ts';
import { recorded } from './fal/record.ts';
import { redactor } from './fal/redact.ts';
import { replayed } from './fal/replay.ts';
import { throughNetwork } from './fal/wire.ts';
import { falSettings, type FalSettings } from './fal/settings.ts';

/** Speech endpoints at fal.ai through its official client, or at any server that speaks its protocol. */
export const falBackend: Backend<typeof falSettings> = {
  kind: 'fal',
  summary: 'hosted endpoints at fal.ai (Nemotron, Whisper, Scribe, …)',
  settings: falSettings,

  inspect(settings: FalSettings): Promise<BackendFacts> {
    const { languages, accelerations, supportsAuto, price } = checkedEndpoint(settings);
    const usdPerSecond = price.unit === 'minute' ? (price.usdPerUnit ?? 0) / 60 : (price.usdPerUnit ?? 0);
    return Promise.resolve({
      languages,
      accelerations,
      supportsAuto,
      usdPerAudioMinute: price.usdPerUnit === null ? null : usdPerSecond * 60,
      ...(price.roundsUp ? { billsWholeMinutes: true } : {}),
      expectedRtf: settings.expectedRtf ?? null,
      concurrency: settings.concurrency,
      location: 'hosted',
      mostAttempts: settings.attempts,
      ...(settings.arrivals ? { arrivals: settings.arrivals } : {}),
    });
  },

  async open(settings: FalSettings, folder: string): Promise<Recognizer> {
    const endpoint = checkedEndpoint(settings);
    const key = settings.key?.trim() ?? '';
    const { target = null, record, replay } = settings;
    if (target === null && replay === undefined && key === '') {
      throw new UserError('a fal backend has no key; set FAL_KEY and write key: ${FAL_KEY}, or give a target');
    }
    const { createFalClient } = await import('@fal-ai/client');
    // What a recording is replayed from has to be in it, uploads included.
    const isRecording = record !== undefined || replay !== undefined;
    const cacheFile = settings.uploadCache === undefined || isRecording ? null : resolve(folder, settings.uploadCache);
    const redact = redactor(key);
    const answering = replay === undefined ? throughNetwork(target) : replayed(resolve(folder, replay));
    const send = record === undefined ? answering : recorded(answering, resolve(folder, record), redact);
    const published = { root: resolve(folder, settings.urlRoot), base: settings.urlBase ?? '' };
    return new FalRecognizer({
      settings,
      endpoint,
      key,
      cacheFile,
      send,
      redact,
      published,
      createClient: createFalClient,
    });
  },
};

/** @throws UserError where the endpoint cannot do what the settings ask. */
function checkedEndpoint({ endpoint: id, transport, send, urlBase }: FalSettings): Endpoint {
  if (send === 'url' && urlBase === undefined) throw new UserError('send: url needs urlBase, where the clips lie');
  const endpoint = endpoints.get(id);
  if (endpoint === undefined)
    throw new UserError(`endpoint ${id} is not known; use ${[...endpoints.keys()].join(', ')}`);
  if (!endpoint.transports.includes(transport)) {
    throw new UserError(`endpoint ${id} has no transport ${transport}; use ${endpoint.transports.join(', ')}`);
  }
  return endpoint;
}
