import { createFalClient, type FalClient } from '@fal-ai/client';

const prefixes: Readonly<Record<string, string>> = {
  'queue.fal.run': '/queue',
  'fal.run': '/run',
  'rest.fal.ai': '/rest',
};

/** The official client as anybody would use it; only its hosts are other ones. */
export function stockClient(url: string): FalClient {
  return createFalClient({
    credentials: 'local',
    requestMiddleware: (request) => {
      const { hostname, pathname, search } = new URL(request.url);
      return Promise.resolve({ ...request, url: url + prefixes[hostname]! + pathname + search });
    },
  });
}
