import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recognizer } from '../backends/backend.ts';
import { nemotronId } from '../backends/fal/endpoints.ts';
import { UserError } from '../errors.ts';
import { EndpointRoutes } from './endpoint-routes.ts';
import { sendJson, type HttpExchange } from './exchange.ts';
import { Faults, type FaultSettings } from './faults.ts';
import { FileStore } from './file-store.ts';
import { openApiDocument } from './input.ts';
import { Jobs, type Job, type JobLimits } from './jobs.ts';
import { Ledger } from './ledger.ts';
import { handlePlatform } from './platform-routes.ts';
import { Refusal } from './refusal.ts';
import { StorageRoutes } from './storage-routes.ts';

export interface ServeOptions {
  readonly recognizer: Recognizer;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly faults: FaultSettings;
  readonly limits: JobLimits;
  readonly ledgerFile: string | null;
  /** The one key that is let in; `null` lets every key in. */
  readonly key: string | null;
}

/** A server that is listening. */
export interface RunningServer {
  readonly url: string;
  readonly ledger: Ledger;
  /** Every request so far, with the times that a client should come to measure. */
  readonly jobs: readonly Job[];
  /** Takes nothing new, finishes what is under way for at most so long, and closes the recognizer. */
  close(graceMs: number): Promise<void>;
}

/** What a request may ask for when the command line says nothing else. */
export const usualLimits: JobLimits = {
  concurrency: 2,
  maxJobs: 1000,
  maxAudioSeconds: 600,
  maxBytes: 100_000_000,
  timeoutMs: 120_000,
  allowsPrivateUrls: false,
};

/** So many files of the largest size are kept in memory; older ones are then gone. */
const storedFiles = 10;

/** The host's names, by the path under which this server answers in their place. */
const hostPrefixes: Readonly<Record<string, string>> = {
  'queue.fal.run': '/queue',
  'fal.run': '/run',
  'rest.fal.ai': '/rest',
};

/** Speaks fal's protocol in front of a recognizer. @throws UserError when the address cannot be listened on. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { recognizer, host, port, limits } = options;
  const store = new FileStore({ maxBytes: limits.maxBytes, maxTotalBytes: storedFiles * limits.maxBytes });
  const ledger = new Ledger(options.ledgerFile);
  const faults = new Faults(options.faults);
  let url = '';
  const origin = () => url;
  const jobs = new Jobs({ recognizer, store, ledger, faults, limits, origin });
  const endpoint = new EndpointRoutes({
    endpointId: nemotronId,
    jobs,
    faults,
    // A data URI is a third longer than what it holds.
    maxBodyBytes: Math.ceil(limits.maxBytes * 1.4),
    origin,
    key: options.key,
  });
  const storage = new StorageRoutes({ store, faults, maxBytes: limits.maxBytes, key: options.key, origin });

  const route = async (exchange: HttpExchange): Promise<void> => {
    const { method, path } = exchange;
    if (method === 'GET' && path === '/health') {
      sendJson(exchange, 200, { status: 'ok', model: recognizer.info.model, endpoint: nemotronId });
      return;
    }
    if (method === 'GET' && path === '/openapi.json') {
      sendJson(exchange, 200, openApiDocument(nemotronId, url));
      return;
    }
    if (handlePlatform(exchange, ledger, options.key)) return;
    if ((await endpoint.handle(exchange)) || (await storage.handle(exchange))) return;
    throw new Refusal(404, { detail: `Path ${path} not found` }, { 'x-fal-billable-units': '0' });
  };
  const server = createServer((request, response) => void answer(request, response, route));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new UserError(
          `cannot listen on ${host}:${port} (${error.code ?? error.message}); choose another --port or --host`,
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  url = `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
  return {
    url,
    ledger,
    get jobs() {
      return jobs.all;
    },
    async close(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve));
      const patience = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([jobs.idle(), patience]);
      server.closeAllConnections();
      await closed;
      store.close();
      await recognizer.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  route: (exchange: HttpExchange) => Promise<void>,
) {
  const exchange = { request, response, method: request.method ?? 'GET', path: '' };
  try {
    await route({ ...exchange, path: pathOf(request) });
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const refusal = error instanceof Refusal ? error : new Refusal(500, { detail: 'Internal Server Error' });
    sendJson(exchange, refusal.status, refusal.body, refusal.headers);
    // Who is still sending reads the answer afterwards.
    request.resume();
  }
}

/** Through `/proxy` the real path stands in a header, with the host's own name. */
function pathOf(request: IncomingMessage): string {
  const { url = '/' } = request;
  if (!URL.canParse(url, 'http://localhost')) throw new Refusal(400, { detail: 'The path cannot be read' });
  const { pathname } = new URL(url, 'http://localhost');
  const target = request.headers['x-fal-target-url'];
  if (pathname !== '/proxy' || typeof target !== 'string' || !URL.canParse(target)) return pathname;
  const asked = new URL(target);
  return (hostPrefixes[asked.hostname] ?? '/unknown') + asked.pathname;
}
