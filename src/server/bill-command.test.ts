import { afterEach, expect, it } from 'vitest';
import { serveLocally } from './__fixtures__/local-server.ts';
import { startEarshot, writeSweep } from './__fixtures__/sweep.ts';
import type { RunningServer } from './serve.ts';

const servers: RunningServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close(0))));

async function serve(key: string | null): Promise<RunningServer> {
  const server = await serveLocally({}, { key });
  servers.push(server);
  return server;
}

const earshot = (args: readonly string[], environment?: NodeJS.ProcessEnv) => startEarshot(args, environment).ended;

it('holds bills against the books of a server, and says in a line why it cannot', { timeout: 120_000 }, async () => {
  const open = await serve(null);
  const { config, out } = writeSweep(2, { hosted: { target: open.url } });
  expect((await earshot(['run', config, '--out', out, '--quiet'])).exitCode).toBe(0);
  const booked = await earshot(['bill', out, '--booked', '--target', open.url]);
  expect([booked.exitCode, booked.output]).toEqual([0, expect.stringMatching(/hosted +2 /)]);

  const closed = await serve('another');
  await open.close(0);
  servers.splice(servers.indexOf(open), 1);
  const trials = [
    [
      closed.url,
      /^earshot: 127\.0\.0\.1:\d+ refuses the key \(401\): Cannot access application: invalid key; a server other than fal is sent the key local; start it with that one, or with none\n$/,
    ],
    [open.url, /^earshot: 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\); is the network up\?\n$/],
    ['http://127.0.0.1:9', /^earshot: 127\.0\.0\.1:9 cannot be reached \(bad port\); is the network up\?\n$/],
    ['localhost', /^earshot: --target localhost: not a URL; use what earshot serve prints\n$/],
  ] as const;
  for (const [target, line] of trials) {
    for (const args of [['bill', out, '--booked'], ['probe']]) {
      const { exitCode, output } = await earshot([...args, '--target', target], { FAL_KEY: '', FAL_ADMIN_KEY: '' });
      expect([exitCode, output], `${args[0]} ${target}`).toEqual([2, expect.stringMatching(line)]);
    }
  }
  const { exitCode, output } = await earshot(['bill', out, '--booked'], { FAL_ADMIN_KEY: '' });
  expect([exitCode, output]).toEqual([2, expect.stringContaining('--booked needs FAL_ADMIN_KEY')]);
});
