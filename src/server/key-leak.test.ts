import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dirname, join } from 'node:path';
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
  'an event of an error': (response, echo) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`event: error\ndata: ${JSON.stringify({ detail: `seen with ${echo}` })}\n\n`);
  },
  nothing: () => undefined,
};

const settings = { key: '${FAL_KEY}', attempts: 1, send: 'inline', timeoutSeconds: 3 };
const transports = ['run', 'queue', 'stream'].map((transport) => [transport, { ...settings, transport }]);
const writeOwnSweep = () => writeSweep(2, Object.fromEntries(transports) as Record<string, object>);

/** Every file below a folder that holds the key. */
function leaks(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files.filter(
    (file) => statSync(join(folder, file)).isFile() && readFileSync(join(folder, file)).includes(key),
  );
}

describe('the key', () => {
  let mode = '';
  const seen = new Set<string | undefined>();
  const environment = (at = `http://127.0.0.1:${(host.address() as AddressInfo).port}`) => {
    return { FAL_KEY: key, EARSHOT_TEST_HOST: at, NODE_OPTIONS: preload };
  };
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
    const sweep = writeOwnSweep();
    const { ended } = startEarshot(['run', sweep.config, '--out', sweep.out], environment());
    const { exitCode, output } = await ended;
    expect(seen, 'the host was asked with it').toContain(`Key ${key}`);
    expect(exitCode, output).toBe(/^40[1234]$/.test(answer) ? 2 : 3);
    expect(output).not.toContain(key);
    expect(leaks(dirname(sweep.config))).toEqual([]);
  });

  it('stays secret when nobody is there', { timeout: 240_000 }, async () => {
    const sweep = writeOwnSweep();
    const { ended } = startEarshot(['run', sweep.config, '--out', sweep.out], environment('http://127.0.0.1:1'));
    const { exitCode, output } = await ended;
    expect([2, 3]).toContain(exitCode);
    expect(output).not.toContain(key);
    expect(leaks(dirname(sweep.config))).toEqual([]);
  });

  it.each(['nothing', 'nonsense'])(
    'is in no recording, no argument of a process and nothing that a kill leaves, when the answer is %s',
    { timeout: 240_000 },
    async (answer) => {
      mode = answer;
      seen.clear();
      const sweep = writeOwnSweep();
      const recording = join(dirname(sweep.config), 'exchanges.jsonl');
      const args = ['run', sweep.config, '--out', sweep.out, '--record', recording];
      const { child, ended } = startEarshot(args, environment());
      while (!seen.has(`Key ${key}`)) await new Promise((resolve) => setTimeout(resolve, 10));
      for (const pid of processesFrom(child.pid!)) expect(commandLine(pid)).not.toContain(key);
      if (answer === 'nothing') child.kill('SIGKILL');
      const { output } = await ended;
      expect(output).not.toContain(key);
      if (answer === 'nonsense') expect(readFileSync(recording, 'utf8')).toContain('surprise');
      expect(leaks(dirname(sweep.config))).toEqual([]);
    },
  );
});

/** The process and all that it started. */
function processesFrom(pid: number): number[] {
  const listed = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(listed) ? readFileSync(listed, 'utf8').trim().split(' ').filter(Boolean) : [];
  return [pid, ...children.flatMap((child) => processesFrom(Number(child)))];
}

/** Empty for a process that has just ended, and where the system does not tell. */
function commandLine(pid: number): string {
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
