import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { endingSignal } from './ending-signal.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('ends a call that nobody answers, however much garbage is collected meanwhile', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const call = fetch(`http://127.0.0.1:${port}`, { signal: endingSignal(200, new AbortController().signal) });
  const collecting = setInterval(collectGarbage, 20);
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  clearInterval(collecting);
  silent.closeAllConnections();
  silent.close();
});

it('ends with the other signal, also with one that has ended already', () => {
  const other = new AbortController();
  const signal = endingSignal(60_000, other.signal);
  expect(signal.aborted).toBe(false);
  other.abort(new Error('enough'));
  expect([signal.reason, endingSignal(60_000, other.signal).reason]).toEqual([
    other.signal.reason,
    other.signal.reason,
  ]);
});
