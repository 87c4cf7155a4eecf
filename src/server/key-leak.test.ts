import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { startEarshot, writeSweep } from './__fixtures__/sweep.ts';

const key = 'key-1f0c9f3e:5ecbd1b2a7';

/** Preloaded into the process: what is meant for the host goes to a server on the loopback, key and all. */
const reroute = `
const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { hostname, pathname, search } = new URL(input);
  if (!/(^|\\.)fal\\.(run|ai)$/.test(hostname)) throw new Error('a request would have left for ' + hostname);
  return real(process.env.EARSHOT_TEST_HOST + '/' + hostname + pathname + search, init);
};`;
const preload = `--import=data:text/javascript,${encodeURIComponent(reroute)}`;

type Answer = (response: ServerResponse, echo: string, request: IncomingMessage) => void;

function json(status: number): Answer {
  return (response, echo) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail: `cannot let ${echo} in` }));
  };
}

/** Every way in which the host may answer, each repeating the key as a careless one would. */
const answers: Readonly<Record<string, Answer>> = {
  401: json(401),
  402: json(402),
  403: json(403),
  404: json(404),
  422: (response, echo) => {
    response.writeHead(422, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail: [{ loc: ['body'], msg: `seen with ${echo}`, type: 'value_error' }] }));
  },
  429: json(429),
  500: json(500),
  html: (response, echo) => {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end(`<p>${echo}</p>`);
  },
  truncated: (response, echo) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write(`{"request_id": "${echo}`, () => response.destroy());
  },
  nonsense: (response, echo) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ surprise: echo }));
  },
  reset: (_, __, request) => request.socket.resetAndDestroy(),
};

describe('the key', () => {
  let mode = '';
  const seen = new Set<string | undefined>();
  const host = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.add(authorization);
    request.resume().on('end', () => answers[mode]!(response, authorization ?? '', request));
  });
  beforeAll(() => new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    host.closeAllConnections();
    host.close();
  });

  it.each(Object.keys(answers))('stays secret when the answer is %s', { timeout: 240_000 }, async (answer) => {
    mode = answer;
    seen.clear();
    const settings = { key: '${FAL_KEY}', attempts: 1, send: 'inline' };
    const transports = ['run', 'queue', 'stream'].map((transport) => [transport, { ...settings, transport }]);
    const sweep = writeSweep(2, Object.fromEntries(transports) as Record<string, object>);
    const { port } = host.address() as AddressInfo;
    const environment = {
      FAL_KEY: key,
      EARSHOT_TEST_HOST: `http://127.0.0.1:${port}`,
      NODE_OPTIONS: preload,
    };
    const { ended } = startEarshot(['run', sweep.config, '--out', sweep.out], environment);
    const { exitCode, output } = await ended;
    expect(seen, 'the host was asked with it').toContain(`Key ${key}`);
    expect(exitCode, output).toBe(/^40[1234]$/.test(answer) ? 2 : 3);
    expect(output).not.toContain(key);
    // Where the account was refused nothing was run, and nothing is left.
    for (const file of existsSync(sweep.out) ? readdirSync(sweep.out) : [])
      expect(readFileSync(join(sweep.out, file), 'utf8'), file).not.toContain(key);
  });
});
